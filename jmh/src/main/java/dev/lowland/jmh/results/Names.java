package dev.lowland.jmh.results;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.ElementwiseFunction;
import java.util.List;

/** The names that measurements are kept under, and the sizes they are taken at. */
final class Names {
    private Names() {}

    static final List<String> SHAPES = List.of(
            "16x16x16",
            "32x32x32",
            "64x64x64",
            "128x128x128",
            "256x256x256",
            "512x512x512",
            "32x128x784",
            "128x10x512",
            "64x64x576");
    static final List<String> FORMS = List.of("NN", "TN", "NT");

    static final String VECTOR = "vector";
    static final String SCALAR = "scalar";
    static final String OPENBLAS = "openblas";
    static final String EJML = "ejml";
    static final String JAVA_17 = "java17";

    static final List<String> FUNCTIONS =
            List.copyOf(ElementwiseFunction.of(Kernels.scalar()).keySet());
    static final List<String> REDUCTIONS = List.of("dot", "sum", "columnSums");
    static final List<String> UPDATES = List.of("sgd", "heavyBall", "axpy");
    static final List<Integer> SIZES = List.of(1000, 100_000);
    static final List<String> RANDOMS = List.of("rademacher", "gaussian", "uniform", "index");

    static final List<String> STEPS = List.of(
            "quadratic all",
            "deep-linear 1",
            "matrix-sensing 8",
            "mlp-small 1",
            "mlp-small 8",
            "mlp-middle 32",
            "conv 16");

    static final List<Integer> LARGE_BATCHES = List.of(1024, 4096);

    static final List<Integer> GROWING_WIDTHS = List.of(6, 12, 22, 40, 70, 126, 223, 397, 706);
    static final List<Integer> GROWING_BATCHES = List.of(1, 4, 16, 64, 256, 1024);
    static final int GROWTH_BATCH = 32;
    static final int GROWTH_WIDTH = 64;

    static String gemm(String shape, String form, String who) {
        return "gemm/" + shape + "/" + form + "/" + who;
    }

    static String kernel(String function, int size, String kernels) {
        return "kernel/" + function + "/" + size + "/" + kernels;
    }

    static String random(String law) {
        return "random/" + law;
    }

    static String step(String problem) {
        return "step/" + problem.replace(' ', '/');
    }

    static String largeBatch(int batch, int threads) {
        return "batch/" + batch + "/" + threads;
    }

    static String libtorch(String problem) {
        return "libtorch/" + problem.replace(' ', '/');
    }

    static String nd4j(String problem) {
        return "nd4j/" + problem.replace(' ', '/');
    }

    static String limit(String program) {
        return "c/" + program;
    }

    static String derivative(String which, String family) {
        return "derivative/" + which + "/" + family;
    }

    static String ensemble(String which, int threads) {
        return "ensemble/" + which + "/" + threads;
    }

    static String lanes(String problem) {
        return "lanes/" + problem.replace(' ', '/');
    }

    static String growth(int width, int batch) {
        return "growth/" + width + "/" + batch;
    }

    static int[] dimensions(String shape) {
        String[] parts = shape.split("x", -1);
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
    }

    /** Whether no side is shorter than 64. */
    static boolean isLarge(String shape) {
        int[] d = dimensions(shape);
        return d[0] >= 64 && d[1] >= 64 && d[2] >= 64;
    }
}
