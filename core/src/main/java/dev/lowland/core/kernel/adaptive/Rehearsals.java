package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What each kernel does at its rehearsal: the least work that comes to all its loops, those for what is left after
 * whole vectors and tiles included. A loop that was left out would be uncompiled when the gate opens.
 */
final class Rehearsals {
    private static final int ROWS = 3;
    private static final int INNER = 25;

    /** In the place of an inner axis: as many terms as the stage says. */
    private static final int TERMS = 0;

    private static final int LANES = 27;
    private static final long STREAM = 5L << 32;
    private static final long[] KEYS = new long[LANES];
    private static final long[] STREAMS = new long[LANES];

    /** Rows, columns and inner axis: tiles of all heights, panels in place and copied, outer products, lines. */
    private static final int[][] SMALL_PRODUCTS = {
        {15, 24, TERMS},
        {23, 20, TERMS},
        {15, 20, 1},
        {41, 1, 1},
        {3, 70, TERMS},
        {3, 20, 41},
        {20, 3, 41},
        {70, 1, TERMS}
    };

    /** The same with more numbers than a cache holds. */
    private static final int[][] LARGE_PRODUCTS = {
        {15, 24, TERMS},
        {17, 168, TERMS},
        {168, 50, TERMS},
        {23, 20, TERMS},
        {3, 168, TERMS},
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

    private static final Map<String, Rehearsal> ALL = all();

    private Rehearsals() {}

    /** That of a gate, by its name. */
    static Rehearsal of(String gate) {
        return Objects.requireNonNull(ALL.get(gate), gate);
    }

    private static Map<String, Rehearsal> all() {
        Map<String, Rehearsal> all = new HashMap<>();
        for (MatrixForm form : MatrixForm.values()) {
            all.put(Gates.name(form), (kernels, stage) -> products(SMALL_PRODUCTS, form, kernels, stage));
            all.put(Gates.largeName(form), (kernels, stage) -> products(LARGE_PRODUCTS, form, kernels, stage));
        }
        all.put("multiplyLanes", Rehearsals::multiplyLanes);
        all.put("exp", function(KernelSet::exp));
        all.put("log", ofPositive(KernelSet::log));
        all.put("log1p", ofPositive(KernelSet::log1p));
        all.put("expm1", function(KernelSet::expm1));
        all.put("tanh", function(KernelSet::tanh));
        all.put("sechSquare", function(KernelSet::sechSquare));
        all.put("tanhAndSlope", Rehearsals::tanhAndSlope);
        all.put("sigmoid", function(KernelSet::sigmoid));
        all.put("softplus", function(KernelSet::softplus));
        all.put("sin", function(KernelSet::sin));
        all.put("cos", function(KernelSet::cos));
        all.put("erf", function(KernelSet::erf));
        all.put("gaussian", function(KernelSet::gaussian));
        all.put("normalDensity", function(KernelSet::normalDensity));
        all.put("normalCdf", function(KernelSet::normalCdf));
        all.put("addRepeated", repeated(KernelSet::addRepeated));
        all.put("multiplyRepeated", repeated(KernelSet::multiplyRepeated));
        all.put("subtractRepeated", repeated(KernelSet::subtractRepeated));
        all.put("subtractFromRepeated", repeated(KernelSet::subtractFromRepeated));
        all.put("dot", Rehearsals::dot);
        all.put("sum", Rehearsals::sum);
        all.put("sumMiddle", Rehearsals::sumMiddle);
        all.put("sumLanes", Rehearsals::sumLanes);
        all.put("axpy", Rehearsals::axpy);
        all.put("fillUniform", fill(KernelSet::fillUniform));
        all.put("fillGaussian", fill(KernelSet::fillGaussian));
        all.put("fillSigns", Rehearsals::fillSigns);
        all.put("fillIndices", Rehearsals::fillIndices);
        all.put("fillLanesUniform", fillLanes(KernelSet::fillLanesUniform));
        all.put("fillLanesGaussian", fillLanes(KernelSet::fillLanesGaussian));
        all.put("fillLanesSigns", Rehearsals::fillLanesSigns);
        all.put("fillLanesIndices", Rehearsals::fillLanesIndices);
        all.put("convolve", images(KernelSet::convolve));
        all.put("convolveToImage", images(KernelSet::convolveToImage));
        all.put("convolveToFilters", Rehearsals::convolveToFilters);
        return all;
    }

    /** A kernel on arrays of its own, in every way that callers may reach it. */
    @FunctionalInterface
    interface Rehearsal {

        /** Calls the kernel of a set on the arrays of a stage; returns how much work that is. */
        long run(KernelSet kernels, Stage stage);
    }

    /** A kernel of one array. */
    @FunctionalInterface
    private interface Function {
        void run(KernelSet kernels, int n, double[] x, double[] out);
    }

    /** A kernel of an array and one that repeats. */
    @FunctionalInterface
    private interface Repeated {
        void run(
                KernelSet kernels,
                int outer,
                int n,
                int inner,
                double[] x,
                int xOffset,
                double[] r,
                int rOffset,
                double[] out,
                int outOffset);
    }

    /** A kernel that draws numbers. */
    @FunctionalInterface
    private interface Fill {
        void run(KernelSet kernels, long key, long stream, long position, int count, double[] out, int start, int step);
    }

    /** A kernel that draws numbers for lanes. */
    @FunctionalInterface
    private interface FillLanes {
        void run(
                KernelSet kernels,
                long[] keys,
                long[] streams,
                long position,
                int count,
                int lanes,
                double[] out,
                int start);
    }

    /** A convolution of two arrays. */
    @FunctionalInterface
    private interface Convolution {
        void run(
                KernelSet kernels,
                Window window,
                int channels,
                int filters,
                int lanes,
                double[] first,
                int firstOffset,
                boolean firstShared,
                double[] second,
                int secondOffset,
                boolean secondShared,
                double[] out,
                int outOffset);
    }

    private static long products(int[][] shapes, MatrixForm form, KernelSet kernels, Stage stage) {
        long work = 0;
        for (int[] p : shapes) {
            int inner = p[2] == TERMS ? stage.inner() : p[2];
            kernels.multiply(form, false, p[0], p[1], inner, stage.x(), 0, stage.y(), 0, stage.out(), 0);
            kernels.multiply(form, true, p[0], p[1], inner, stage.x(), 0, stage.y(), 0, stage.out(), 0);
            work += 2L * p[0] * p[1] * inner;
        }
        return work;
    }

    private static long multiplyLanes(KernelSet kernels, Stage stage) {
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

    private static Rehearsal function(Function function) {
        return (kernels, stage) -> {
            function.run(kernels, stage.n(), stage.x(), stage.out());
            return stage.n();
        };
    }

    private static Rehearsal ofPositive(Function function) {
        return (kernels, stage) -> {
            function.run(kernels, stage.n(), stage.positive(), stage.out());
            return stage.n();
        };
    }

    private static long tanhAndSlope(KernelSet kernels, Stage stage) {
        kernels.tanhAndSlope(stage.n(), stage.x(), stage.out(), stage.slope());
        return stage.n();
    }

    private static Rehearsal repeated(Repeated kernel) {
        return (kernels, stage) -> {
            kernel.run(kernels, ROWS, 1, stage.n(), stage.x(), 0, stage.y(), 0, stage.out(), 0);
            kernel.run(kernels, ROWS, INNER, LANES, stage.x(), 0, stage.y(), 0, stage.out(), 0);
            return (long) ROWS * (stage.n() + INNER * LANES);
        };
    }

    private static long dot(KernelSet kernels, Stage stage) {
        stage.out()[0] = kernels.dot(stage.n(), stage.x(), 0, stage.y(), 0);
        return stage.n();
    }

    private static long sum(KernelSet kernels, Stage stage) {
        stage.out()[0] = kernels.sum(stage.n(), stage.x(), 0);
        return stage.n();
    }

    private static long sumMiddle(KernelSet kernels, Stage stage) {
        kernels.sumMiddle(ROWS, INNER, stage.n() / 2, stage.x(), stage.out());
        kernels.sumMiddle(ROWS, stage.n(), 1, stage.x(), stage.out());
        return (long) ROWS * stage.n() * (INNER / 2 + 1);
    }

    private static long sumLanes(KernelSet kernels, Stage stage) {
        kernels.sumLanes(ROWS, INNER, LANES, stage.x(), stage.out());
        return (long) ROWS * INNER * LANES;
    }

    private static long axpy(KernelSet kernels, Stage stage) {
        kernels.axpy(stage.n(), 0.5, stage.x(), 0, stage.out(), 0);
        return stage.n();
    }

    private static Rehearsal fill(Fill kernel) {
        return (kernels, stage) -> {
            kernel.run(kernels, 1, STREAM, 1, stage.n(), stage.out(), 0, 1);
            return stage.n();
        };
    }

    private static Rehearsal fillLanes(FillLanes kernel) {
        return (kernels, stage) -> {
            kernel.run(kernels, KEYS, STREAMS, 1, INNER, LANES, stage.out(), 0);
            return (long) INNER * LANES;
        };
    }

    private static long fillSigns(KernelSet kernels, Stage stage) {
        kernels.fillSigns(1, STREAM, 0, 8 * stage.n(), stage.out(), 0, 1);
        return 8L * stage.n();
    }

    private static long fillIndices(KernelSet kernels, Stage stage) {
        kernels.fillIndices(1, STREAM, 1, stage.n(), INNER, stage.indices(), 0, 1);
        return stage.n();
    }

    private static long fillLanesSigns(KernelSet kernels, Stage stage) {
        kernels.fillLanesSigns(KEYS, STREAMS, 1, 4 * INNER, LANES, stage.out(), 0);
        return 4L * INNER * LANES;
    }

    private static long fillLanesIndices(KernelSet kernels, Stage stage) {
        kernels.fillLanesIndices(KEYS, STREAMS, 1, INNER, LANES, INNER, stage.indices(), 0);
        return (long) INNER * LANES;
    }

    private static Rehearsal images(Convolution kernel) {
        return (kernels, stage) -> images(kernel, kernels, stage);
    }

    private static long convolveToFilters(KernelSet kernels, Stage stage) {
        return images(filters(false), kernels, stage) + images(filters(true), kernels, stage);
    }

    private static Convolution filters(boolean add) {
        return (kernels, window, channels, filters, lanes, x, i, xShared, y, j, yShared, f, k) ->
                kernels.convolveToFilters(window, add, channels, filters, lanes, x, i, xShared, y, j, yShared, f, k);
    }

    private static long images(Convolution kernel, KernelSet kernels, Stage stage) {
        double[] x = stage.x();
        double[] y = stage.y();
        long work = 0;
        for (Image i : IMAGES) {
            work += i.work();
            kernel.run(
                    kernels,
                    i.window,
                    i.channels,
                    i.filters,
                    i.lanes,
                    x,
                    0,
                    i.firstShared,
                    y,
                    0,
                    i.secondShared,
                    stage.out(),
                    0);
        }
        return work;
    }
}
