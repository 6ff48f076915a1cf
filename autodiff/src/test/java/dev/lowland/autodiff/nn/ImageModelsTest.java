package dev.lowland.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.ConvBlock.Pooling;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Rows;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of images: their sizes, their values from the definition, and their third order against differences. */
class ImageModelsTest {

    private static ConvNet convnet() {
        return Models.convnet(
                2,
                6,
                6,
                2,
                ConvBlock.of(4, 3).withGroupNorm(2).withPooling(Pooling.MAX),
                ConvBlock.of(6, 3).withGroupNorm(3).withPooling(Pooling.AVERAGE),
                ConvBlock.of(4, 1));
    }

    @Test
    void sizesAreThoseOfTheDocumentation() {
        ConvNet net = convnet();
        assertEquals(72, net.inputSize());
        assertEquals(2, net.outputSize());
        assertEquals((4 * 18 + 8) + (6 * 36 + 12) + (4 * 6 + 4) + (4 + 1) * 2, net.parameterCount());
        ConvNet known = Models.convnet(
                3,
                32,
                32,
                10,
                ConvBlock.of(16, 3).withGroupNorm(4),
                ConvBlock.of(32, 3).withPooling(Pooling.GLOBAL));
        assertEquals((16 * 27 + 32) + (32 * 144 + 32) + 33 * 10, known.parameterCount());
        ResNet residual = Models.resnet(3, 8, 8, 10, 2, 2, 4, 6);
        int first = 2 * (2 * (4 * 36 + 8));
        int second = (6 * 36 + 12) + (6 * 54 + 12) + (6 * 4 + 12) + 2 * (6 * 54 + 12);
        assertEquals((4 * 27 + 8) + first + second + 7 * 10, residual.parameterCount());
    }

    /** A network small enough to be written out: 1×2×2 images, one 2×2 filter with bias, tanh, and one output. */
    @Test
    void aNetworkOfOneFilterIsTheFormulaOfIt() {
        ConvNet net =
                Models.convnet(1, 2, 2, 1, ConvBlock.of(1, 2).withPadding(0)).withActivation(Activation.TANH);
        Values values = new Values(1);
        Node theta = values.input("theta", Shape.of(7, 1), 0.1, -0.2, 0.3, 0.4, 0.5, 2, -1);
        Node x = values.input("x", Shape.of(2, 4), 1, 2, 3, 4, -1, 0, 0, 1);
        double[] found = values.evaluate(net.predict(theta, x));
        double first = 2 * Math.tanh(0.1 - 0.4 + 0.9 + 1.6 + 0.5) - 1;
        double second = 2 * Math.tanh(-0.1 + 0.4 + 0.5) - 1;
        assertArrayEquals(new double[] {first, second}, found, 1e-15);
    }

    @Test
    void everySampleIsPredictedByItselfAlone() {
        for (Model model : List.of(convnet(), Models.resnet(2, 5, 4, 3, 2, 1, 4, 8))) {
            Values values = new Values(2);
            Node theta = values.gaussian("theta", Shape.of(model.parameterCount(), 1));
            Node x = values.gaussian("x", Shape.of(3, model.inputSize()));
            double[] together = values.evaluate(model.predict(theta, x));
            assertEquals(3 * model.outputSize(), together.length);
            for (int b = 0; b < 3; b++) {
                double[] alone = values.evaluate(model.predict(theta, Ops.slice(x, Axis.ROWS, b, 1)));
                for (int j = 0; j < alone.length; j++) {
                    assertEquals(alone[j], together[b * alone.length + j], 1e-13);
                }
            }
            assertEquals(0, values.evaluate(model.predict(theta, Ops.slice(x, Axis.ROWS, 0, 0))).length);
        }
    }

    @Test
    void aResidualBlockWithZeroScaleIsItsShortcut() {
        ResNet net = Models.resnet(1, 3, 3, 1, 1, 1, 2);
        int stem = 2 * 9 + 4;
        int convolution = 2 * 18 + 4;
        Values values = new Values(3);
        Node theta = values.gaussian("theta", Shape.of(net.parameterCount(), 1));
        double[] entries = values.of(theta);
        for (int i = 0; i < 4; i++) {
            entries[stem + 2 * convolution - 4 + i] = 0;
        }
        Node x = values.gaussian("x", Shape.of(2, 9));
        double[] found = values.evaluate(net.predict(theta, x));
        ConvNet same =
                Models.convnet(1, 3, 3, 1, ConvBlock.of(2, 3).withGroupNorm(1).withPooling(Pooling.GLOBAL));
        Node without = values.input("short", Shape.of(same.parameterCount(), 1), new double[same.parameterCount()]);
        System.arraycopy(entries, 0, values.of(without), 0, stem);
        System.arraycopy(entries, entries.length - 3, values.of(without), stem, 3);
        assertArrayEquals(values.evaluate(same.predict(without, x)), found, 1e-14);
    }

    /**
     * ∇_θ Σ_j D²L[w_j, w_j] by reverse over jet, against differences of Hessian-vector products: Σ_j d/dε ∇²L(θ + ε
     * w_j) w_j, central and extrapolated.
     */
    private static double thirdOrderError(Model model, BiFunction<Node, Node, Node> loss, double step) {
        int size = model.parameterCount();
        Values values = new Values(4);
        Node theta = values.gaussian("theta", Shape.of(size, 1));
        Node x = values.gaussian("x", Shape.of(3, model.inputSize()));
        Node y = values.gaussian("y", Shape.of(3, model.outputSize()));
        Node directions = values.gaussian("directions", Shape.of(2, size, 1));
        for (int i = 0; i < size; i++) {
            values.of(theta)[i] *= 0.5;
        }
        Node value = loss.apply(model.predict(theta, x), y);
        Node v = values.gaussian("v", Shape.of(size, 1));
        Node jet = Jet2.collapsed(value, theta, directions);
        Program third = Program.compile(List.of(theta, x, y, directions), List.of(Reverse.gradient(jet, theta)));
        Program hvp = Program.compile(List.of(theta, x, y, v), List.of(Forward.hvp(value, theta, v)));
        double[] found = new double[size];
        double[][] in = {values.of(theta), values.of(x), values.of(y), values.of(directions)};
        third.run(third.newWorkspace(), in, new double[][] {found});
        double[] expected = new double[size];
        double[] weights = {64 / 45.0, -20 / 45.0, 1 / 45.0};
        for (int j = 0; j < 2; j++) {
            for (int level = 0; level < 3; level++) {
                double h = step * (1 << level);
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] product = new double[size];
                    double[] moved = values.of(theta).clone();
                    double[] w = java.util.Arrays.copyOfRange(values.of(directions), j * size, (j + 1) * size);
                    for (int i = 0; i < size; i++) {
                        moved[i] += sign * h * w[i];
                    }
                    hvp.run(hvp.newWorkspace(), new double[][] {moved, in[1], in[2], w}, new double[][] {product});
                    for (int i = 0; i < size; i++) {
                        expected[i] += sign * weights[level] * product[i] / (2 * h);
                    }
                }
            }
        }
        double error = 0;
        double norm = 0;
        for (int i = 0; i < size; i++) {
            error += (expected[i] - found[i]) * (expected[i] - found[i]);
            norm += expected[i] * expected[i];
        }
        assertTrue(norm > 1e-4, "third derivatives of size " + norm + " show nothing");
        System.out.printf("third order of %s: relative error %.1e, norm %.1e%n", model, Math.sqrt(error / norm), norm);
        return Math.sqrt(error / norm);
    }

    private static Node square(Node predictions, Node targets) {
        return Ops.mean(Ops.square(Ops.subtract(predictions, targets)));
    }

    @Test
    void thirdOrderOfAGroupNormConvolutionalNetwork() {
        ConvNet smooth = Models.convnet(
                        2,
                        6,
                        6,
                        2,
                        ConvBlock.of(4, 3).withGroupNorm(2).withPooling(Pooling.AVERAGE),
                        ConvBlock.of(6, 3).withGroupNorm(3).withStride(2))
                .withActivation(Activation.SILU);
        assertTrue(thirdOrderError(smooth, ImageModelsTest::square, 1e-3) < 1e-7);
    }

    @Test
    void thirdOrderWithReluAndMaximaAwayFromTheirKinks() {
        assertTrue(thirdOrderError(convnet(), ImageModelsTest::square, 1e-6) < 1e-7);
    }

    @Test
    void thirdOrderOfAResidualNetwork() {
        ResNet net = Models.resnet(2, 4, 4, 2, 2, 1, 4, 6).withActivation(Activation.GELU);
        assertTrue(thirdOrderError(net, ImageModelsTest::square, 1e-3) < 1e-7);
    }

    /** 3 × 32 × 32 images, 5,000 parameters, softmax cross-entropy. */
    @Test
    @Tag("long")
    void thirdOrderAtTheScaleOfRealImages() {
        ConvNet net = Models.convnet(
                        3,
                        32,
                        32,
                        10,
                        ConvBlock.of(16, 3).withGroupNorm(4),
                        ConvBlock.of(32, 3).withGroupNorm(8).withPooling(Pooling.GLOBAL))
                .withActivation(Activation.SILU);
        BiFunction<Node, Node, Node> loss = (f, y) -> Ops.mean(Rows.crossEntropyOf(f, Rows.softmax(y)));
        assertTrue(thirdOrderError(net, loss, 1e-3) < 1e-7);
    }

    @Test
    void badNetworksAreRefusedByName() {
        refused(() -> Models.convnet(0, 4, 4, 1), "convnet: channels is 0, must be at least 1");
        refused(() -> Models.convnet(1, 4, 4, 0), "convnet: outputs is 0, must be at least 1");
        refused(
                () -> ConvBlock.of(4, 3).withGroupNorm(3),
                "convnet: groups is 3 for 4 filters, must be a divisor of the filters");
        refused(() -> ConvBlock.of(0, 3), "convnet: filters is 0, must be at least 1");
        refused(() -> Models.convnet(1, 4, 4, 1, ConvBlock.of(2, 9).withPadding(0)), "window: filter is 9×9");
        refused(() -> Models.convnet(1, 1, 1, 1, ConvBlock.of(2, 1).withPooling(Pooling.MAX)), "window: filter is 2×2");
        refused(() -> Models.resnet(1, 4, 4, 1, 2, 1), "resnet: number of stages is 0, must be at least 1");
        refused(
                () -> Models.resnet(1, 4, 4, 1, 2, 1, 3),
                "resnet: groups is 2 for 3 filters, must be a divisor of the filters");
        refused(() -> Models.resnet(1, 4, 4, 1, 2, 0, 4), "resnet: blocks per stage is 0, must be at least 1");
        refused(() -> Models.convnet(70_000, 70_000, 1, 1), "convnet: channels·height·width is 4900000000, must be");
        refused(() -> Models.resnet(1, 4, 4, 1_000_000_000, 1, 1, 4), "resnet: number of parameters is 5000000");
        Values values = new Values(5);
        ConvNet net = convnet();
        Node theta = values.gaussian("theta", Shape.of(net.parameterCount(), 1));
        refused(
                () -> net.predict(theta, values.gaussian("x", Shape.of(2, 71))),
                "must be one matrix of 72 columns, a row for each sample");
    }

    private static void refused(org.junit.jupiter.api.function.Executable call, String part) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
