package dev.lowland.jmh.guard;

import dev.lowland.core.kernel.KernelSet;
import dev.lowland.core.kernel.MatrixForm;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kernels whose twins differ, at sizes that are met in training, on memory of their own. */
final class TwinWork {
    private static final int SIZE = 1003;
    private static final int LANES = 64;

    private final KernelSet k;
    private final Map<String, Runnable> work = new LinkedHashMap<>();

    private TwinWork(KernelSet kernels) {
        k = kernels;
    }

    /** Name to work, in the same order for every set. */
    static Map<String, Runnable> of(KernelSet kernels) {
        TwinWork made = new TwinWork(kernels);
        made.addProducts();
        made.addElementwise();
        made.addReductions();
        made.addUpdates();
        return made.work;
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
                work.put(name, () -> k.multiply(form, false, s[0], s[1], s[2], a, 0, b, 0, c, 0));
            }
            work.put(
                    "multiplyLanes " + form,
                    () -> k.multiplyLanes(form, false, 4, 20, 10, LANES, a, 0, false, b, 0, false, c, 0));
        }
        work.put("multiply NN add 64x64x64", () -> k.multiply(MatrixForm.NN, true, 64, 64, 64, a, 0, b, 0, c, 0));
    }

    private void addElementwise() {
        double[] x = numbers(SIZE);
        double[] positive = new double[SIZE];
        k.square(SIZE, x, positive);
        double[] y = numbers(SIZE);
        double[] out = new double[SIZE];
        work.put("add", () -> k.add(SIZE, x, y, out));
        work.put("multiply entries", () -> k.multiply(SIZE, x, y, out));
        work.put("exp", () -> k.exp(SIZE, x, out));
        work.put("expm1", () -> k.expm1(SIZE, x, out));
        work.put("log", () -> k.log(SIZE, positive, out));
        work.put("log1p", () -> k.log1p(SIZE, positive, out));
        work.put("tanh", () -> k.tanh(SIZE, x, out));
        work.put("sigmoid", () -> k.sigmoid(SIZE, x, out));
        work.put("softplus", () -> k.softplus(SIZE, x, out));
        work.put("erf", () -> k.erf(SIZE, x, out));
        work.put("sin", () -> k.sin(SIZE, x, out));
        work.put("cos", () -> k.cos(SIZE, x, out));
        work.put("relu", () -> k.relu(SIZE, x, out));
        work.put("step", () -> k.step(SIZE, x, out));
        work.put("sign", () -> k.sign(SIZE, x, out));
    }

    private void addReductions() {
        double[] x = numbers(SIZE);
        double[] y = numbers(SIZE);
        double[] out = new double[SIZE];
        work.put("dot", () -> out[0] = k.dot(SIZE, x, 0, y, 0));
        work.put("sum", () -> out[0] = k.sum(SIZE, x, 0));
        work.put("sumMiddle columns", () -> k.sumMiddle(1, 100, 10, x, out));
        work.put("sumMiddle rows", () -> k.sumMiddle(10, 100, 1, x, out));
        double[] laned = numbers(20 * LANES);
        work.put("sumLanes", () -> k.sumLanes(1, 20, LANES, laned, out));
    }

    private void addUpdates() {
        double[] gradient = numbers(SIZE);
        double[] velocity = new double[SIZE];
        double[] parameters = numbers(SIZE);
        work.put("axpy", () -> k.axpy(SIZE, 1e-9, gradient, 0, parameters, 0));
        work.put("sgdStep", () -> k.sgdStep(SIZE, 1e-9, gradient, parameters));
        work.put("heavyBallStep", () -> k.heavyBallStep(SIZE, 1e-9, 0.5, gradient, velocity, parameters));
    }
}
