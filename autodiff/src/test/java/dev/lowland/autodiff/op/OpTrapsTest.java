package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What other engines get wrong: ties, signed zeros, NaN from branches not taken, empty and single batches, overflowing
 * sizes, bad shapes.
 */
class OpTrapsTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Values values = new Values(1);

    private Node row(double... entries) {
        return values.input("row", Shape.of(1, entries.length), entries);
    }

    /** f, f′, f″, f‴ entry by entry, by forward mode, and the same by reverse mode; they must agree. */
    private double[][] derivatives(UnaryOperator<Node> f, Node x, int order) {
        double[][] found = new double[order + 1][];
        Node forward = f.apply(x);
        Node reverse = forward;
        for (int k = 0; k <= order; k++) {
            found[k] = values.evaluate(forward);
            bits(found[k], values.evaluate(reverse), "order " + k + " by reverse mode");
            forward = Forward.jvp(forward, x, Ops.ones(x));
            reverse = Reverse.gradient(Ops.sum(reverse), x);
        }
        bits(found[2], values.evaluate(Jet2.collapsed(f.apply(x), x, Ops.ones(x))), "order 2 by 2-jet");
        return found;
    }

    private static void bits(double[] expected, double[] found, String what) {
        assertEquals(expected.length, found.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    Double.doubleToLongBits(expected[i] + 0.0),
                    Double.doubleToLongBits(found[i] + 0.0),
                    what + " at " + i);
        }
    }

    @Test
    void maxOfZeroIsReluAtEveryOrderWhereverTheZeroStands() {
        Node x = row(-2, -0.0, 0.0, 3, Double.MIN_VALUE, NAN, INFINITY, -INFINITY);
        Node zero = values.graph.constant(0);
        Node zeros = values.graph.constant(Shape.of(1, 8), new double[8]);
        double[][] relu = derivatives(Ops::relu, x, 3);
        List<UnaryOperator<Node>> same = List.of(
                n -> Choices.max(n, zero),
                n -> Choices.max(zero, n),
                n -> Choices.max(zeros, n),
                n -> Choices.max(Ops.broadcast(zero, Shape.of(1, 8)), n),
                n -> Ops.negate(Choices.min(zeros, Ops.negate(n))));
        for (UnaryOperator<Node> max : same) {
            double[][] found = derivatives(max, x, 3);
            for (int k = 0; k <= 3; k++) {
                bits(relu[k], found[k], "order " + k);
            }
        }
        assertEquals(0L, Double.doubleToLongBits(values.evaluate(Choices.max(x, zero))[1]), "max(−0, 0) is +0");
    }

    @Test
    void tiesGoToTheSecondOperand() {
        Node x = row(1, 0.0, -0.0);
        Node y = row(1, -0.0, 0.0);
        for (boolean larger : new boolean[] {true, false}) {
            Node chosen = larger ? Choices.max(x, y) : Choices.min(x, y);
            double[] value = values.evaluate(chosen);
            assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(value[1]));
            assertEquals(0L, Double.doubleToLongBits(value[2]));
            List<Node> gradients = Reverse.vjp(chosen, Ops.ones(chosen), List.of(x, y));
            assertArrayEquals(new double[3], values.evaluate(gradients.get(0)));
            assertArrayEquals(new double[] {1, 1, 1}, values.evaluate(gradients.get(1)));
        }
        Node same = Choices.max(x, x);
        assertArrayEquals(new double[] {1, 1, 1}, values.evaluate(Reverse.gradient(Ops.sum(same), x)));
        Node tie = row(2, 5, 5, 1);
        Node largest = Choices.max(tie, Axis.COLUMNS);
        assertArrayEquals(new double[] {0, 0, 1, 0}, values.evaluate(Reverse.gradient(largest, tie)));
        Node pooled = Images.maxPool(Ops.reshape(tie, Shape.of(1, 1, 4)), Window.of(2, 2, 2));
        assertArrayEquals(new double[] {0, 0, 1, 0}, values.evaluate(Reverse.gradient(pooled, tie)));
    }

    @Test
    void signedZerosPassThroughWhateverOnlyMovesThem() {
        Node x = values.input("x", Shape.of(2, 2), -0.0, 1, 2, -0.0);
        List<Node> moved = List.of(
                Axes.concat(Axis.ROWS, x, x),
                Axes.permute(x, Axis.ROWS, Axis.COLUMNS, Axis.GROUPS),
                Axes.gather(x, Axis.ROWS, 0, 1),
                Choices.stopGradient(x),
                Choices.select(Ops.ones(x), x, Ops.ones(x)),
                Choices.take(x, Axis.COLUMNS, Ops.zeros(Ops.sumColumns(x))),
                Axes.split(x, Axis.ROWS, 1, 1).get(0));
        for (Node node : moved) {
            assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(values.evaluate(node)[0]), node + "");
        }
    }

    @Test
    void aBranchNotTakenLeavesNoNaNAtAnyOrder() {
        Node x = row(-4, -1, 0.0, 1e-300, 2, -INFINITY);
        UnaryOperator<Node> safeLog =
                n -> Choices.selectSafe(Choices.greater(n, n.graph().constant(0)), n, Ops::log, 1, Ops::zeros, 0);
        double[][] found = derivatives(safeLog, x, 3);
        for (int k = 0; k <= 3; k++) {
            for (int i : new int[] {0, 1, 2, 5}) {
                assertEquals(0, found[k][i], "order " + k + " at " + i);
            }
        }
        assertEquals(2.0 / 8, found[3][4], 1e-16);
        UnaryOperator<Node> unsafe =
                n -> Choices.select(Choices.greater(n, n.graph().constant(0)), Ops.log(n), Ops.zeros(n));
        assertEquals(0, values.evaluate(unsafe.apply(x))[2], "the value is safe");
        Node slope = Reverse.gradient(Ops.sum(unsafe.apply(x)), x);
        assertTrue(Double.isNaN(values.evaluate(slope)[2]), "0 · ∞: what selectSafe is for");
        Node root = row(0);
        UnaryOperator<Node> norm =
                n -> Choices.selectSafe(Choices.greater(n, n.graph().constant(0)), n, Ops::sqrt, 1, Ops::zeros, 0);
        for (double[] derivative : derivatives(norm, root, 3)) {
            assertArrayEquals(new double[1], derivative);
        }
    }

    @Test
    void aNaNThatChoosesIsNotHidden() {
        Node x = row(NAN, 1, NAN);
        Node y = row(0, NAN, NAN);
        for (Node node : List.of(Choices.max(x, y), Choices.min(x, y), Choices.greater(x, y))) {
            for (double value : values.evaluate(node)) {
                assertTrue(Double.isNaN(value), node + "");
            }
        }
        assertTrue(Double.isNaN(values.evaluate(Choices.max(x, Axis.COLUMNS))[0]));
        assertTrue(Double.isNaN(values.evaluate(Rows.logSumExp(x))[0]));
        Node image = Ops.reshape(row(1, NAN, 3, 4), Shape.of(1, 1, 4));
        assertTrue(Double.isNaN(values.evaluate(Images.maxPool(image, Window.of(2, 2, 2)))[0]));
        assertTrue(Double.isNaN(values.evaluate(Choices.select(row(NAN), row(1), row(1)))[0]));
    }

    @Test
    void rowsOfLargeAndInfiniteScoresDoNotOverflow() {
        Node x = values.input("x", Shape.of(4, 2), 1000, 999, -1000, -1001, -INFINITY, 5, -INFINITY, -INFINITY);
        double log = Math.log1p(Math.exp(-1));
        assertArrayEquals(
                new double[] {1000 + log, -1000 + log, 5, -INFINITY}, values.evaluate(Rows.logSumExp(x)), 1e-12);
        double[] softmax = values.evaluate(Rows.softmax(x));
        double[] logSoftmax = values.evaluate(Rows.logSoftmax(x));
        double p = 1 / (1 + Math.exp(-1));
        assertArrayEquals(new double[] {p, 1 - p, p, 1 - p, 0, 1}, java.util.Arrays.copyOf(softmax, 6), 1e-15);
        assertArrayEquals(
                new double[] {-log, -1 - log, -log, -1 - log, -INFINITY, 0},
                java.util.Arrays.copyOf(logSoftmax, 6),
                1e-15);
        Node first = Ops.sliceRows(x, 0, 2);
        Node gradient = Reverse.gradient(Ops.sum(Rows.logSumExp(first)), x);
        assertArrayEquals(new double[] {p, 1 - p, p, 1 - p, 0, 0, 0, 0}, values.evaluate(gradient), 1e-15);
        double far = 800;
        Node pair = row(0, far);
        Node loss = Rows.crossEntropy(pair, values.graph.constant(0));
        assertEquals(far, values.evaluate(loss)[0]);
        assertArrayEquals(new double[] {-1, 1}, values.evaluate(Reverse.gradient(loss, pair)));
    }

    @Test
    void integerPowersAreExactAtZeroAtEveryOrder() {
        Node x = row(0, -0.0, -2);
        double[][] cube = derivatives(n -> Ops.power(n, 3), x, 5);
        assertArrayEquals(new double[] {0, -0.0, -8}, cube[0]);
        assertArrayEquals(new double[] {0, 0, 12}, cube[1]);
        assertArrayEquals(new double[] {0, -0.0, -12}, cube[2]);
        assertArrayEquals(new double[] {6, 6, 6}, cube[3]);
        assertArrayEquals(new double[3], cube[4]);
        assertArrayEquals(new double[3], cube[5]);
    }

    @Test
    void emptyBatchesAndSingleSamples() {
        Window window = Window.of(3, 3, 2);
        Node filters = values.gaussian("filters", Shape.of(2, 8));
        for (int batch : new int[] {0, 1}) {
            Node images = values.gaussian("images", Shape.of(batch, 2, 9));
            Node rows = values.gaussian("rows", Shape.of(batch, 3));
            Node labels = values.input("labels", Shape.of(batch, 1), new double[batch]);
            Node ones = values.graph.filled(Shape.of(2, 1), 1);
            Node response = Images.convolve(images, filters, window);
            List<Node> results = new ArrayList<>(List.of(
                    response,
                    Images.maxPool(images, window),
                    Images.averagePool(images, window),
                    Images.globalAverage(images),
                    Images.flatten(images),
                    Images.groupNorm(images, 2, ones, ones, 1e-5),
                    Rows.softmax(rows),
                    Rows.logSumExp(rows),
                    Rows.crossEntropy(rows, labels),
                    Axes.permute(images, Axis.ROWS, Axis.COLUMNS, Axis.GROUPS),
                    Axes.concat(Axis.GROUPS, images, images),
                    Choices.max(images, Axis.COLUMNS)));
            for (Node result : results) {
                assertEquals(result.shape().size(), values.evaluate(result).length);
                assertEquals(batch == 0, result.shape().size() == 0, result + "");
                Node slope = Reverse.gradient(Ops.sum(result), images);
                assertEquals(batch * 18, values.evaluate(slope).length);
            }
            double[] gradient = values.evaluate(Reverse.gradient(Ops.sum(Ops.square(response)), filters));
            assertEquals(16, gradient.length);
            assertEquals(batch == 0, java.util.Arrays.stream(gradient).allMatch(g -> g == 0));
            double[] second = values.evaluate(Jet2.collapsed(Ops.sum(Ops.square(response)), filters, filters));
            assertEquals(batch == 0, second[0] == 0);
        }
    }

    @Test
    void aColumnAgainstARowIsAnOuterProductAndANumberFitsEither() {
        Node number = values.input("number", Shape.of(1, 1), 2);
        Node column = values.input("column", Shape.of(2, 1), 3, 5);
        Node wide = values.input("wide", Shape.of(1, 3), 7, 11, 13);
        Node product = Ops.multiply(Ops.multiply(column, wide), number);
        assertEquals(Shape.of(2, 3), product.shape());
        assertArrayEquals(new double[] {42, 66, 78, 70, 110, 130}, values.evaluate(product));
        List<Node> slopes = Reverse.vjp(product, Ops.ones(product), List.of(number, column, wide));
        assertArrayEquals(new double[] {248}, values.evaluate(slopes.get(0)));
        assertArrayEquals(new double[] {62, 62}, values.evaluate(slopes.get(1)));
        assertArrayEquals(new double[] {16, 16, 16}, values.evaluate(slopes.get(2)));
        Node larger = Choices.max(column, wide);
        assertEquals(Shape.of(2, 3), larger.shape());
        Node stacked = Vmap.map(product, column, Stacks.tile(column, 2));
        assertEquals(Shape.of(2, 2, 3), stacked.shape());
        assertArrayEquals(new double[] {130, 42}, java.util.Arrays.copyOfRange(values.evaluate(stacked), 5, 7));
    }

    @Test
    void sizesThatOverflowAreRefusedBeforeAnythingIsMade() {
        Node wide = values.graph.filled(Shape.of(1, 1 << 20), 1);
        Node tall = values.graph.filled(Shape.of(1 << 20, 1), 1);
        refused(() -> Ops.multiply(wide, tall), "must be of at most 2147483647 entries");
        refused(() -> Ops.matmul(tall, wide), "must be of at most 2147483647 entries");
        refused(() -> Stacks.tile(Stacks.tile(wide, 1 << 10), 1 << 10), "must be of at most 2147483647 entries");
        refused(
                () -> Axes.concat(Axis.GROUPS, Stacks.tile(wide, 1 << 10), Stacks.tile(wide, 1 << 10)),
                "must be of at most 2147483647 entries");
        refused(() -> new Window(1 << 16, 1 << 16, 1, 1, 1, 0), "must be at most 2147483647 pixels");
        refused(() -> Shape.of(2, 1, 1).stacked(Integer.MAX_VALUE), "must be of at most 2147483647 entries");
        Node long1 = values.graph.input("long", Shape.of(1 << 30, 1));
        Node long2 = values.graph.input("longer", Shape.of(1 << 30, 1));
        refused(
                () -> Axes.concat(Axis.ROWS, long1, long2),
                "the length of all parts is 2147483648, must be at most 2147483647");
        Node none = values.graph.input("none", Shape.of(1 << 20, 1 << 12, 0));
        Node channels = values.graph.input("channels", Shape.of(1 << 12, 1));
        refused(
                () -> Images.groupNorm(none, 1 << 12, channels, channels, 1),
                "the number of groups of all images is 4294967296, must be at most 2147483647");
        Permute turned = new Permute(1 << 20, 1, 1, 0, Shape.of(1 << 20, 1, 0));
        Node empty = values.graph.input("empty", Shape.of(1 << 20, 1, 0));
        refused(
                () -> turned.batched(1 << 12, new Node[] {empty}, new boolean[] {true}),
                "the outer axis of all problems is 4294967296, must be at most 2147483647");
        Window taps = new Window(1, 1, 1 << 15, 1 << 15, 1, (1 << 15) - 1);
        ConvolveToFilters filters = new ConvolveToFilters(taps, 1 << 20);
        Node images = values.graph.input("images", Shape.of(0, 4, 1));
        Node responses = values.graph.input("responses", Shape.of(0, 1, 1 << 30));
        refused(
                () -> new ConvolveToFilters(taps, 1).shape(images, responses),
                "the number of taps of all channels is 4294967296, must be at most 2147483647");
        refused(
                () -> filters.batched(1 << 12, new Node[] {images, responses}, new boolean[] {true, true}),
                "the number of banks of all problems is 4294967296, must be at most 2147483647");
        Node smallest = Ops.power(tall, Integer.MIN_VALUE);
        refused(
                () -> new Power(Integer.MIN_VALUE).derivative(tall, smallest),
                "the exponent of what is differentiated is -2147483648, must be at least -2147483647");
        refused(
                () -> new Layout(Kernels.scalar(), List.of(), Shape.of(1 << 20, 1), 1 << 12, List.of(), List.of(), 0)
                        .count(),
                "the numbers of 1048576×1 in 4096 lanes is 4294967296, must be at most 2147483647");
        Window huge = new Window(1, 1, 1 << 16, 1 << 16, 1, (1 << 16) - 1);
        refused(huge::filterSize, "the number of taps is 4294967296, must be at most 2147483647");
        refused(huge::outputSize, "the number of positions is 4294967296, must be at most 2147483647");
    }

    @Test
    void badShapesAreRefusedWithOpOperandsAndRule() {
        Node images = values.gaussian("images", Shape.of(2, 3, 12));
        Node filters = values.gaussian("filters", Shape.of(1, 4, 12));
        Node banks = values.gaussian("banks", Shape.of(3, 4, 12));
        Window window = Window.of(3, 4, 2);
        Node number = values.graph.constant(1);
        refused(() -> Images.convolve(images, filters, Window.of(4, 4, 2)), "images has one column a pixel");
        refused(() -> Images.convolve(images, banks, window), "banks of filters, 3, divides that of images, 2");
        refused(() -> Images.convolve(images, Ops.transpose(filters), window), "channels · taps = 3·4");
        refused(() -> Images.convolveToImage(images, filters, Window.of(4, 5, 2)), "one filter a row of the response");
        refused(
                () -> Images.convolveToFilters(images, values.gaussian("one", Shape.of(1, 1, 6)), window),
                "as many images");
        refused(() -> Images.groupNorm(images, 2, number, number, 1), "number of groups, 2, divides");
        refused(() -> Images.groupNorm(images, 3, number, number, 1), "scale and shift are 3×1");
        Node perChannel = values.gaussian("scale", Shape.of(3, 1));
        refused(() -> Images.groupNorm(images, 3, perChannel, perChannel, 0), "epsilon is 0.0, must be positive");
        refused(() -> Axes.concat(Axis.ROWS), "the number of parts is 0, must be at least 1");
        refused(() -> Axes.concat(Axis.ROWS, images, filters), "equal lengths but along ROWS");
        refused(
                () -> Axes.split(images, Axis.ROWS, 1, 1),
                "must be split in lengths that add up to that of ROWS, not in [1, 1]");
        refused(
                () -> Axes.permute(images, Axis.ROWS, Axis.ROWS, Axis.GROUPS),
                "must be permuted by naming each axis once");
        refused(
                () -> Axes.gather(images, Axis.ROWS, 0, 3),
                "taken at positions in [0, 3), the length of the axis, not at 3");
        refused(() -> Axes.gather(images, Axis.ROWS, -1), "not at -1");
        refused(
                () -> Axes.scatterAdd(images, Axis.ROWS, 2, 0, 1, 2),
                "taken at positions in [0, 2), the length of the axis, not at 2");
        refused(() -> Axes.scatterAdd(images, Axis.ROWS, 5, 0, 1), "one position an entry along ROWS, not 2");
        refused(() -> Choices.take(images, Axis.ROWS, filters), "equal lengths but along ROWS");
        refused(() -> Choices.put(images, Axis.ROWS, filters, 2), "equal lengths but along ROWS");
        refused(() -> Choices.select(images, filters, filters), "or one of them 1");
        refused(() -> Choices.argMax(values.gaussian("empty", Shape.of(2, 0)), Axis.COLUMNS), "n ≥ 1");
        refused(
                () -> values.graph.apply(new Select(), images, filters, filters),
                "must be of one shape: mask and both values");
        refused(() -> values.graph.apply(new Greater(), images, filters), "must be of one shape, after");
        Node labels = values.input("labels", Shape.of(1, 1), 3);
        refused(() -> values.evaluate(Rows.crossEntropy(row(1, 2, 3), labels)), "whole number in [0, 3)");
    }

    @Test
    void planesOfAWrongSizeAreRefusedByEveryFunctionOfImages() {
        Window window = Window.of(3, 4, 2);
        Node images = values.gaussian("images", Shape.of(2, 3, 12));
        Node responses = values.gaussian("responses", Shape.of(2, 5, 6));
        Node filters = values.gaussian("filters", Shape.of(5, 12));
        Node narrow = values.gaussian("narrow", Shape.of(2, 3, 11));
        Node three = values.gaussian("three", Shape.of(3, 5, 6));
        assertEquals(responses.shape(), Images.convolve(images, filters, window).shape());
        assertEquals(
                images.shape(),
                Images.convolveToImage(responses, filters, window).shape());
        assertEquals(
                filters.shape(),
                Images.convolveToFilters(images, responses, window).shape());
        String pixels = "narrow has one column a pixel of the window's plane, 12";
        refused(() -> Images.convolve(narrow, filters, window), pixels);
        refused(() -> Images.convolveToFilters(narrow, responses, window), pixels);
        refused(() -> Images.convolveToFilters(images, narrow, window), pixels.replace("12", "6"));
        refused(() -> Images.convolveToImage(narrow, filters, window), pixels.replace("12", "6"));
        refused(() -> Images.sumPool(narrow, window), pixels);
        refused(() -> Images.maxPool(narrow, window), pixels);
        refused(() -> values.graph.apply(new SpreadWindows(window), narrow), pixels.replace("12", "6"));
        refused(() -> Images.convolveToFilters(images, three, window), "there are as many images as responses");
        refused(
                () -> values.graph.apply(new ConvolveToFilters(window, 3), images, responses),
                "banks of filters, 3, divides that of images, 2");
        refused(
                () -> values.graph.apply(new ConvolveToFilters(window, 0), images, responses),
                "banks of filters, 0, divides that of images, 2");
        Node banks = values.gaussian("banks", Shape.of(2, 5, 12));
        Node odd = values.gaussian("odd", Shape.of(5, 13));
        refused(() -> Images.convolveToImage(three, banks, window), "banks of filters, 2, divides that of images, 3");
        refused(() -> Images.convolveToImage(responses, odd, window), "channels · 4 taps");
        refused(
                () -> Images.convolveToImage(responses, values.gaussian("four", Shape.of(4, 12)), window),
                "one filter a row of the response");
    }

    private static void refused(Executable call, String part) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(", must be ") && message.contains(part), message);
    }

    @Test
    void comparisonsHaveNothingToDifferentiate() {
        Node x = row(1, 2);
        Node mask = Choices.greater(x, Ops.zeros(x));
        Greater greater = new Greater();
        for (Executable rule :
                List.<Executable>of(() -> greater.push(mask, 0, x, 1), () -> greater.pull(mask, 0, mask))) {
            String message = assertThrows(IllegalArgumentException.class, rule).getMessage();
            assertEquals("greater: the operand is a control, must be one that the value is linear in", message);
        }
        assertArrayEquals(new double[2], values.evaluate(Reverse.gradient(Ops.sum(mask), x)));
    }

    @Test
    void spreadingIsTheTransposeOfSummingAndTheOtherWayRound() {
        Window window = Window.of(4, 3, 2).withStride(2).withPadding(1);
        Node x = values.gaussian("x", Shape.of(2, 3, window.inputSize()));
        Node y = values.gaussian("y", Shape.of(2, 3, window.outputSize()));
        Node spread = values.graph.apply(new SpreadWindows(window), y);
        Node seen = Images.sumPool(x, window);
        assertEquals(values.evaluate(Ops.dot(spread, x))[0], values.evaluate(Ops.dot(y, seen))[0], 1e-13);
        Node back = Reverse.gradient(Ops.dot(spread, x), y);
        assertArrayEquals(values.evaluate(seen), values.evaluate(back));
        Node forth = Reverse.gradient(Ops.dot(seen, y), x);
        assertArrayEquals(values.evaluate(spread), values.evaluate(forth));
    }

    @Test
    void oneBankOfFiltersServesAllProblemsWithoutBeingCopied() {
        Window window = Window.of(3, 3, 2);
        Node images = values.gaussian("images", Shape.of(2, 2, 9));
        Node responses = values.gaussian("responses", Shape.of(2, 3, 4));
        Node one = values.gaussian("one", Shape.of(3, 8));
        Node two = values.gaussian("two", Shape.of(2, 3, 8));
        for (Node bank : List.of(one, two)) {
            Node forth = Images.convolve(images, bank, window);
            Node back = Images.convolveToImage(responses, bank, window);
            Node forthOfMany = Vmap.map(forth, images, Stacks.tile(images, 3));
            Node backOfMany = Vmap.map(back, responses, Stacks.tile(responses, 3));
            assertEquals(bank == one, forthOfMany.operand(1).equals(bank), forthOfMany + "");
            assertEquals(bank == one, backOfMany.operand(1).equals(bank), backOfMany + "");
            assertArrayEquals(
                    values.evaluate(Stacks.tile(forth, 3)),
                    values.evaluate(forthOfMany),
                    "equal problems, equal results");
            assertArrayEquals(values.evaluate(Stacks.tile(back, 3)), values.evaluate(backOfMany));
        }
        Node many = Vmap.map(Images.convolve(images, one, window), one, Stacks.tile(one, 3));
        assertEquals(Shape.of(6, 3, 4), many.shape());
    }

    @Test
    void oppositeRearrangementsCancelInTheGraph() {
        Node x = values.gaussian("x", Shape.of(2, 3, 4));
        Node there = Axes.permute(x, Axis.ROWS, Axis.GROUPS, Axis.COLUMNS);
        assertEquals(x, Axes.permute(there, Axis.ROWS, Axis.GROUPS, Axis.COLUMNS));
        assertEquals(x, Axes.permute(x, Axis.GROUPS, Axis.ROWS, Axis.COLUMNS));
        Node flat = values.gaussian("flat", Shape.of(1, 3, 4));
        assertTrue(Axes.permute(flat, Axis.ROWS, Axis.GROUPS, Axis.COLUMNS).op() instanceof Reshape);
        assertEquals(x, Axes.concat(Axis.ROWS, x));
        Node stopped = Choices.stopGradient(x);
        assertEquals(stopped, Choices.stopGradient(stopped));
        Node constant = values.graph.constant(3);
        assertEquals(constant, Choices.stopGradient(constant));
        assertEquals(x, Ops.power(x, 1));
    }

    @Test
    void whatIsStoppedHasNoDerivativeInAnyMode() {
        Node x = row(0.7, -1.2);
        double[][] found = derivatives(n -> Ops.multiply(n, Choices.stopGradient(Ops.exp(n))), x, 2);
        assertArrayEquals(new double[] {Math.exp(0.7), Math.exp(-1.2)}, found[1], 1e-15);
        assertArrayEquals(new double[2], found[2]);
    }
}
