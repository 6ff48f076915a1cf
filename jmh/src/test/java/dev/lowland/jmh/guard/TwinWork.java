package dev.lowland.jmh.guard;

import dev.lowland.core.kernel.contract.ElementwiseFunction;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The kernels at sizes that are met in training. Both twins work on the same memory: two arrays that lie badly to each
 * other cost a factor of two, whatever the kernel.
 */
final class TwinWork {
    private static final int SIZE = 1003;
    private static final int LANES = 64;

    /** The same work by both twins. */
    record Pair(Runnable scalar, Runnable vector) {}

    private final KernelSet scalar;
    private final KernelSet vector;
    private final Map<String, Pair> work = new LinkedHashMap<>();

    private TwinWork(KernelSet scalar, KernelSet vector) {
        this.scalar = scalar;
        this.vector = vector;
    }

    /** Name to work. */
    static Map<String, Pair> of(KernelSet scalar, KernelSet vector) {
        TwinWork made = new TwinWork(scalar, vector);
        made.addProducts();
        made.addConvolutions();
        made.addElementwise();
        made.addReductions();
        made.addUpdates();
        made.addRandom();
        return made.work;
    }

    private void add(String name, Consumer<KernelSet> call) {
        work.put(name, new Pair(() -> call.accept(scalar), () -> call.accept(vector)));
    }

    private static double[] numbers(int count) {
        double[] out = new double[count];
        RandomStream.of(1, 0, Purpose.TEST).fillGaussian(0, count, out, 0, 1);
        return out;
    }

    private void addProducts() {
        double[] a = numbers(128 * 784);
        double[] b = numbers(128 * 784);
        double[] c = new double[128 * 784];
        int[][] shapes = {{8, 8, 8}, {20, 20, 10}, {64, 64, 64}, {100, 30, 70}, {32, 128, 784}};
        for (MatrixForm form : new MatrixForm[] {MatrixForm.NN, MatrixForm.TN, MatrixForm.NT}) {
            for (int[] s : shapes) {
                String name = "multiply " + form + " " + s[0] + "x" + s[1] + "x" + s[2];
                add(name, k -> k.multiply(form, false, s[0], s[1], s[2], a, 0, b, 0, c, 0));
            }
            add(
                    "multiplyLanes " + form,
                    k -> k.multiplyLanes(form, false, 4, 20, 10, LANES, a, 0, false, b, 0, false, c, 0));
        }
        add("multiply NN add 64x64x64", k -> k.multiply(MatrixForm.NN, true, 64, 64, 64, a, 0, b, 0, c, 0));
    }

    private void addConvolutions() {
        double[] x = numbers(16 * 32 * 32);
        double[] y = numbers(32 * 32 * 32);
        double[] f = numbers(32 * 16 * 9);
        double[] out = new double[32 * 32 * 32];
        int[][] shapes = {{1, 2, 6, 1}, {2, 3, 9, 1}, {3, 16, 32, 1}, {16, 32, 15, 2}};
        for (int[] s : shapes) {
            Window w = Window.of(s[2], s[2], 3).withPadding(1).withStride(s[3]);
            String name = s[0] + " to " + s[1] + " " + w;
            add("convolve " + name, k -> k.convolve(w, s[0], s[1], 1, x, 0, false, f, 0, false, out, 0));
            add("convolveToImage " + name, k -> k.convolveToImage(w, s[0], s[1], 1, y, 0, false, f, 0, false, out, 0));
            add(
                    "convolveToFilters " + name,
                    k -> k.convolveToFilters(w, false, s[0], s[1], 1, x, 0, false, y, 0, false, out, 0));
        }
    }

    private void addElementwise() {
        double[] x = numbers(SIZE);
        double[] positive = new double[SIZE];
        scalar.square(SIZE, x, positive);
        double[] out = new double[SIZE];
        double[] slope = new double[SIZE];
        add("tanhAndSlope", k -> k.tanhAndSlope(SIZE, x, out, slope));
        Map<String, ElementwiseFunction> vectors = ElementwiseFunction.of(vector);
        ElementwiseFunction.of(scalar).forEach((name, function) -> {
            double[] from = function.isDefinedBelowZero() ? x : positive;
            ElementwiseFunction other = vectors.get(name);
            work.put(name, new Pair(() -> function.apply(SIZE, from, out), () -> other.apply(SIZE, from, out)));
        });
    }

    private void addReductions() {
        double[] x = numbers(SIZE);
        double[] y = numbers(SIZE);
        double[] out = new double[SIZE];
        add("dot", k -> out[0] = k.dot(SIZE, x, 0, y, 0));
        add("sum", k -> out[0] = k.sum(SIZE, x, 0));
        add("sumMiddle columns", k -> k.sumMiddle(1, 100, 10, x, out));
        add("sumMiddle rows", k -> k.sumMiddle(10, 100, 1, x, out));
        double[] laned = numbers(20 * LANES);
        add("sumLanes", k -> k.sumLanes(1, 20, LANES, laned, out));
    }

    private void addUpdates() {
        double[] gradient = numbers(SIZE);
        double[] velocity = new double[SIZE];
        double[] parameters = numbers(SIZE);
        add("axpy", k -> k.axpy(SIZE, 1e-9, gradient, 0, parameters, 0));
        add("sgdStep", k -> k.sgdStep(SIZE, 1e-9, gradient, parameters));
        add("heavyBallStep", k -> k.heavyBallStep(SIZE, 1e-9, 0.5, gradient, velocity, parameters));
    }

    private void addRandom() {
        double[] out = new double[64 * LANES];
        int[] indices = new int[64 * LANES];
        long[] keys = new long[LANES];
        long[] streams = new long[LANES];
        add("fillUniform", k -> k.fillUniform(1, 2, 3, SIZE, out, 0, 1));
        add("fillGaussian", k -> k.fillGaussian(1, 2, 3, SIZE, out, 0, 1));
        add("fillSigns", k -> k.fillSigns(1, 2, 3, 64 * LANES, out, 0, 1));
        add("fillIndices", k -> k.fillIndices(1, 2, 3, SIZE, 100, indices, 0, 1));
        add("fillLanesUniform", k -> k.fillLanesUniform(keys, streams, 3, 16, LANES, out, 0));
        add("fillLanesGaussian", k -> k.fillLanesGaussian(keys, streams, 3, 16, LANES, out, 0));
        add("fillLanesSigns", k -> k.fillLanesSigns(keys, streams, 3, 64, LANES, out, 0));
        add("fillLanesIndices", k -> k.fillLanesIndices(keys, streams, 3, 16, LANES, 100, indices, 0));
    }
}
