package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;

/**
 * What each kernel does at its rehearsal: the least work that comes to all its loops, those for what is left after
 * whole vectors and tiles included. A loop that was left out would be uncompiled when the gate opens.
 *
 * <p>The inner axes are as long as it takes for a loop to be compiled by its turns as soon as by its calls.
 */
final class Rehearsals {
    private static final int ROWS = 3;
    private static final int INNER = 25;
    private static final int LANES = 27;
    private static final long STREAM = 5L << 32;
    private static final long[] KEYS = new long[LANES];
    private static final long[] STREAMS = new long[LANES];

    /** Rows, columns and inner axis: tiles of all heights, panels in place and copied, outer products, lines. */
    private static final int[][] SMALL_PRODUCTS = {
        {15, 24, INNER},
        {23, 20, INNER},
        {15, 20, 1},
        {41, 1, 1},
        {3, 70, INNER},
        {3, 20, 41},
        {20, 3, 41},
        {70, 1, INNER}
    };

    /** The same with more numbers than a cache holds. */
    private static final int[][] LARGE_PRODUCTS = {
        {15, 24, INNER},
        {17, 168, INNER},
        {168, 50, INNER},
        {23, 20, INNER},
        {3, 168, INNER},
        {3, 104, 41},
        {104, 3, 41}
    };

    /** Rows and columns; the inner axis; lanes in pairs of vectors, and not. */
    private static final int[][] LANED_PRODUCTS = {{7, 9, 9, 16}, {9, 7, 9, LANES}, {7, 9, 1, LANES}, {9, 7, 1, 16}};

    /** Tiles of all heights; rows of whole vectors, and shorter; strides; more terms than a block takes; lanes. */
    private static final Image[] IMAGES = {
        new Image(Window.of(19, 19, 3).withPadding(1), 2, 13, 1, false, false),
        new Image(Window.of(19, 19, 3).withPadding(1).withStride(2), 2, 13, 1, false, false),
        new Image(Window.of(5, 5, 3), 60, 9, 1, false, false),
        new Image(Window.of(5, 5, 3), 9, 60, 1, false, false),
        new Image(Window.of(5, 5, 3), 2, 3, LANES, false, false),
        new Image(Window.of(5, 5, 3), 2, 3, LANES, true, false),
        new Image(Window.of(5, 5, 3), 2, 3, LANES, false, true)
    };

    /** A convolution, of lanes that share an operand or do not. */
    private record Image(
            Window window, int channels, int filters, int lanes, boolean firstShared, boolean secondShared) {
        long work() {
            return (long) channels * filters * window.filterSize() * window.outputSize() * lanes;
        }
    }

    private Rehearsals() {}

    /** Products small enough to be read where they lie, of one form, set or added. */
    static Gate.Rehearsal smallProducts(MatrixForm form, boolean add) {
        return (kernels, stage) -> products(SMALL_PRODUCTS, form, add, kernels, stage);
    }

    /** Products whose operands are copied, of one form, set and added. */
    static Gate.Rehearsal largeProducts(MatrixForm form) {
        return (kernels, stage) -> products(LARGE_PRODUCTS, form, false, kernels, stage)
                + products(LARGE_PRODUCTS, form, true, kernels, stage);
    }

    private static long products(int[][] shapes, MatrixForm form, boolean add, KernelSet kernels, Stage stage) {
        long work = 0;
        for (int[] p : shapes) {
            kernels.multiply(form, add, p[0], p[1], p[2], stage.x(), 0, stage.y(), 0, stage.out(), 0);
            work += (long) p[0] * p[1] * p[2];
        }
        return work;
    }

    static long multiplyLanes(KernelSet kernels, Stage stage) {
        double[] x = stage.x();
        double[] y = stage.y();
        double[] out = stage.out();
        long work = 0;
        for (int[] p : LANED_PRODUCTS) {
            work += 6L * p[0] * p[1] * p[2] * p[3];
            for (int way = 0; way < 6; way++) {
                boolean left = way % 3 == 1;
                boolean right = way % 3 == 2;
                kernels.multiplyLanes(MatrixForm.NN, way < 3, p[0], p[1], p[2], p[3], x, 0, left, y, 0, right, out, 0);
            }
        }
        return work;
    }

    static long exp(KernelSet kernels, Stage stage) {
        kernels.exp(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long expm1(KernelSet kernels, Stage stage) {
        kernels.expm1(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long tanh(KernelSet kernels, Stage stage) {
        kernels.tanh(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long sechSquare(KernelSet kernels, Stage stage) {
        kernels.sechSquare(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long sigmoid(KernelSet kernels, Stage stage) {
        kernels.sigmoid(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long softplus(KernelSet kernels, Stage stage) {
        kernels.softplus(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long sin(KernelSet kernels, Stage stage) {
        kernels.sin(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long cos(KernelSet kernels, Stage stage) {
        kernels.cos(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long erf(KernelSet kernels, Stage stage) {
        kernels.erf(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long gaussian(KernelSet kernels, Stage stage) {
        kernels.gaussian(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long normalDensity(KernelSet kernels, Stage stage) {
        kernels.normalDensity(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long normalCdf(KernelSet kernels, Stage stage) {
        kernels.normalCdf(stage.n(), stage.x(), stage.out());
        return stage.n();
    }

    static long log(KernelSet kernels, Stage stage) {
        kernels.log(stage.n(), stage.positive(), stage.out());
        return stage.n();
    }

    static long log1p(KernelSet kernels, Stage stage) {
        kernels.log1p(stage.n(), stage.positive(), stage.out());
        return stage.n();
    }

    static long tanhAndSlope(KernelSet kernels, Stage stage) {
        kernels.tanhAndSlope(stage.n(), stage.x(), stage.out(), stage.slope());
        return stage.n();
    }

    static long addRepeated(KernelSet kernels, Stage stage) {
        kernels.addRepeated(ROWS, 1, stage.n(), stage.x(), 0, stage.y(), 0, stage.out(), 0);
        kernels.addRepeated(ROWS, INNER, LANES, stage.x(), 0, stage.y(), 0, stage.out(), 0);
        return (long) ROWS * (stage.n() + INNER * LANES);
    }

    static long multiplyRepeated(KernelSet kernels, Stage stage) {
        kernels.multiplyRepeated(ROWS, 1, stage.n(), stage.x(), 0, stage.y(), 0, stage.out(), 0);
        kernels.multiplyRepeated(ROWS, INNER, LANES, stage.x(), 0, stage.y(), 0, stage.out(), 0);
        return (long) ROWS * (stage.n() + INNER * LANES);
    }

    static long subtractRepeated(KernelSet kernels, Stage stage) {
        kernels.subtractRepeated(ROWS, 1, stage.n(), stage.x(), 0, stage.y(), 0, stage.out(), 0);
        kernels.subtractRepeated(ROWS, INNER, LANES, stage.x(), 0, stage.y(), 0, stage.out(), 0);
        return (long) ROWS * (stage.n() + INNER * LANES);
    }

    static long subtractFromRepeated(KernelSet kernels, Stage stage) {
        kernels.subtractFromRepeated(ROWS, 1, stage.n(), stage.x(), 0, stage.y(), 0, stage.out(), 0);
        kernels.subtractFromRepeated(ROWS, INNER, LANES, stage.x(), 0, stage.y(), 0, stage.out(), 0);
        return (long) ROWS * (stage.n() + INNER * LANES);
    }

    static long dot(KernelSet kernels, Stage stage) {
        stage.out()[0] = kernels.dot(stage.n(), stage.x(), 0, stage.y(), 0);
        return stage.n();
    }

    static long sum(KernelSet kernels, Stage stage) {
        stage.out()[0] = kernels.sum(stage.n(), stage.x(), 0);
        return stage.n();
    }

    static long sumMiddle(KernelSet kernels, Stage stage) {
        kernels.sumMiddle(ROWS, INNER, stage.n() / 2, stage.x(), stage.out());
        kernels.sumMiddle(ROWS, stage.n(), 1, stage.x(), stage.out());
        return (long) ROWS * stage.n() * (INNER / 2 + 1);
    }

    static long sumLanes(KernelSet kernels, Stage stage) {
        kernels.sumLanes(ROWS, INNER, LANES, stage.x(), stage.out());
        return (long) ROWS * INNER * LANES;
    }

    static long axpy(KernelSet kernels, Stage stage) {
        kernels.axpy(stage.n(), 0.5, stage.x(), 0, stage.out(), 0);
        return stage.n();
    }

    static long fillUniform(KernelSet kernels, Stage stage) {
        kernels.fillUniform(1, STREAM, 1, stage.n(), stage.out(), 0, 1);
        return stage.n();
    }

    static long fillGaussian(KernelSet kernels, Stage stage) {
        kernels.fillGaussian(1, STREAM, 1, stage.n(), stage.out(), 0, 1);
        return stage.n();
    }

    static long fillSigns(KernelSet kernels, Stage stage) {
        kernels.fillSigns(1, STREAM, 0, 8 * stage.n(), stage.out(), 0, 1);
        return 8L * stage.n();
    }

    static long fillIndices(KernelSet kernels, Stage stage) {
        kernels.fillIndices(1, STREAM, 1, stage.n(), INNER, stage.indices(), 0, 1);
        return stage.n();
    }

    static long fillLanesUniform(KernelSet kernels, Stage stage) {
        kernels.fillLanesUniform(KEYS, STREAMS, 1, INNER, LANES, stage.out(), 0);
        return (long) INNER * LANES;
    }

    static long fillLanesGaussian(KernelSet kernels, Stage stage) {
        kernels.fillLanesGaussian(KEYS, STREAMS, 1, INNER, LANES, stage.out(), 0);
        return (long) INNER * LANES;
    }

    static long fillLanesSigns(KernelSet kernels, Stage stage) {
        kernels.fillLanesSigns(KEYS, STREAMS, 1, 4 * INNER, LANES, stage.out(), 0);
        return 4L * INNER * LANES;
    }

    static long fillLanesIndices(KernelSet kernels, Stage stage) {
        kernels.fillLanesIndices(KEYS, STREAMS, 1, INNER, LANES, INNER, stage.indices(), 0);
        return (long) INNER * LANES;
    }

    static long convolve(KernelSet kernels, Stage stage) {
        long work = 0;
        for (Image i : IMAGES) {
            work += i.work();
            kernels.convolve(
                    i.window,
                    i.channels,
                    i.filters,
                    i.lanes,
                    stage.x(),
                    0,
                    i.firstShared,
                    stage.y(),
                    0,
                    i.secondShared,
                    stage.out(),
                    0);
        }
        return work;
    }

    static long convolveToImage(KernelSet kernels, Stage stage) {
        long work = 0;
        for (Image i : IMAGES) {
            work += i.work();
            kernels.convolveToImage(
                    i.window,
                    i.channels,
                    i.filters,
                    i.lanes,
                    stage.x(),
                    0,
                    i.firstShared,
                    stage.y(),
                    0,
                    i.secondShared,
                    stage.out(),
                    0);
        }
        return work;
    }

    static long convolveToFilters(KernelSet kernels, Stage stage) {
        long work = 0;
        for (Image i : IMAGES) {
            work += 2 * i.work();
            for (boolean add : new boolean[] {false, true}) {
                kernels.convolveToFilters(
                        i.window,
                        add,
                        i.channels,
                        i.filters,
                        i.lanes,
                        stage.x(),
                        0,
                        i.firstShared,
                        stage.y(),
                        0,
                        i.secondShared,
                        stage.out(),
                        0);
            }
        }
        return work;
    }
}
