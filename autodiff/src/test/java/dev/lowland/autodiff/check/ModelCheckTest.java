package dev.lowland.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.ConvBlock;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.autodiff.op.Ops;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCheckTest {

    private static final String ALONE = "the same whatever the other samples are";

    /** A model of one's own, of two inputs and as many parameters and outputs as it says. */
    private record Own(int parameterCount, int outputSize, BinaryOperator<Node> expression) implements Model {
        @Override
        public String kind() {
            return "own";
        }

        @Override
        public int inputSize() {
            return 2;
        }

        @Override
        public Node predict(Node parameters, Node inputs) {
            return expression.apply(parameters, inputs);
        }
    }

    private static Node linear(Node theta, Node x) {
        return Ops.matmul(x, Ops.reshape(theta, Shape.of(2, theta.shape().size() / 2)));
    }

    static Stream<Model> models() {
        return Stream.of(
                Models.linear(3),
                Models.quadratic(4),
                Models.deepLinear(3, 2, 2),
                Models.matrixSensing(2, 3, 2),
                Models.mlp(784, 64, 10),
                Models.mlp(3, 5, 2).withActivation(Activation.GELU),
                Models.convnet(2, 6, 6, 3, ConvBlock.of(4, 3).withGroupNorm(2).withPooling(ConvBlock.Pooling.MAX)),
                Models.resnet(1, 8, 8, 2, 2, 1, 4, 8),
                new Own(2, 1, ModelCheckTest::linear),
                new Own(4, 2, (theta, x) -> Ops.sqrt(linear(theta, x))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void passesModelsOfIndependentSamples(Model model) {
        CheckReport report = ModelCheck.of(model).withSamples(50).run();
        assertTrue(report.passed(), report.toString());
        assertEquals("check of model " + model.kind() + ": nothing wrong", report.toString());
        report.require("test");
    }

    static Stream<BinaryOperator<Node>> mixing() {
        return Stream.of(
                (theta, x) -> {
                    Node f = linear(theta, x);
                    Node mean = Ops.scale(Ops.sum(f), 1.0 / f.shape().rows());
                    return Ops.subtract(f, Ops.multiply(mean, Ops.ones(f)));
                },
                (theta, x) -> Ops.scale(linear(theta, x), 1.0 / x.shape().rows()),
                (theta, x) -> Ops.add(linear(theta, x), Ops.scale(Ops.sum(x), 1e-6)),
                // the first sample has no other before it
                (theta, x) -> {
                    Node f = linear(theta, x);
                    int rows = x.shape().rows();
                    return rows == 1
                            ? f
                            : Ops.subtract(f, Ops.multiply(Ops.sliceRows(f, 0, 1), Ops.scale(Ops.ones(f), 1e-3)));
                });
    }

    @ParameterizedTest
    @MethodSource("mixing")
    void refusesModelsThatMixSamples(BinaryOperator<Node> expression) {
        Model model = new Own(2, 1, expression);
        CheckReport report = ModelCheck.of(model).run();
        assertEquals(1, report.faults().size(), report.toString());
        assertEquals(
                "what the model own predicts for a sample",
                report.faults().get(0).part());
        assertEquals(ALONE, report.faults().get(0).rule());
        String message = assertThrows(IllegalArgumentException.class, () -> report.require("objective"))
                .getMessage();
        assertTrue(message.startsWith("objective: what the model own predicts for a sample is "), message);
        assertTrue(message.endsWith(" beside others, must be " + ALONE), message);
        assertEquals(
                report.faults(),
                ModelCheck.of(model).withTolerance(1e-9).withSeed(1).run().faults());
    }

    /** How much mixing passes is the caller's to say. */
    @Test
    void toleratesWhatItIsTold() {
        Model model = new Own(2, 1, (theta, x) -> Ops.add(linear(theta, x), Ops.scale(Ops.sum(x), 1e-6)));
        assertTrue(ModelCheck.of(model).withTolerance(1e-3).run().passed());
        assertTrue(!ModelCheck.of(model).withSeed(7).run().passed());
    }

    @Test
    void refusesShapesAndSizes() {
        faults("what the model own predicts is 50×3, must be 50×1", new Own(6, 1, ModelCheckTest::linear));
        faults(
                "what the model own predicts is 1×50, must be 50×1",
                new Own(2, 1, (theta, x) -> Ops.transpose(linear(theta, x))));
        faults("number of parameters of the model own is 0, must be at least 1", new Own(0, 1, ModelCheckTest::linear));
        faults("number of outputs of the model own is -1, must be at least 1", new Own(2, -1, ModelCheckTest::linear));
    }

    @Test
    void refusesBlocksThatDoNotCoverTheParameters() {
        faults(
                "the end of the blocks of the model blocks is 2, must be 4, the number of parameters",
                blocks(new ParameterBlock("a", 0, 2)));
        faults(
                "the start of block b (2) is 3, must be 2",
                blocks(new ParameterBlock("a", 0, 2), new ParameterBlock("b", 3, 2)));
    }

    private static Model blocks(ParameterBlock... blocks) {
        return new Model() {
            @Override
            public String kind() {
                return "blocks";
            }

            @Override
            public int parameterCount() {
                return 4;
            }

            @Override
            public int inputSize() {
                return 2;
            }

            @Override
            public int outputSize() {
                return 2;
            }

            @Override
            public List<ParameterBlock> blocks() {
                return List.of(blocks);
            }

            @Override
            public Node predict(Node parameters, Node inputs) {
                return linear(parameters, inputs);
            }
        };
    }

    private static void faults(String text, Model model) {
        CheckReport report = ModelCheck.of(model).withSamples(50).run();
        assertEquals("check of model " + model.kind() + ": 1 wrong\n  " + text, report.toString());
    }

    @Test
    void refusesItsOwnArguments() {
        ModelCheck check = ModelCheck.of(Models.linear(1));
        assertThrows(IllegalArgumentException.class, () -> check.withSamples(0));
        assertThrows(IllegalArgumentException.class, () -> check.withTolerance(0));
    }
}
