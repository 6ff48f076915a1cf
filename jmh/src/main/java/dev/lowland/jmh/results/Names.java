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
    static final String MKL = "mkl";
    static final String NETLIB = "netlib";
    static final String OJALGO = "ojalgo";
    static final String EJML = "ejml";
    static final String JAVA_17 = "java17";

    static final List<String> FUNCTIONS =
            List.copyOf(ElementwiseFunction.of(Kernels.scalar()).keySet());
    /** The functions that libraries in C are timed with, and those of them that SLEEF has. */
    static final List<String> FUNCTIONS_IN_C = List.of("exp", "log", "tanh", "sin", "expm1", "log1p", "erf", "sigmoid");

    static final List<String> FUNCTIONS_OF_SLEEF = FUNCTIONS_IN_C.subList(0, FUNCTIONS_IN_C.size() - 1);

    /** Entries of the arrays of those programs. */
    static final int SIZE_IN_C = 1000;

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

    /** What is measured again where vectors have 256 bits. */
    static final List<String> NARROW = List.of(
            gemm("64x64x64", "NN", VECTOR),
            gemm("256x256x256", "NN", VECTOR),
            gemm("256x256x256", "NT", VECTOR),
            kernel("exp", SIZE_IN_C, VECTOR),
            kernel("tanh", SIZE_IN_C, VECTOR),
            step("mlp-small 1"),
            step("mlp-small 8"),
            step("mlp-middle 32"),
            step("conv 16"),
            ensemble("quadratic", 1),
            ensemble("network1", 1),
            ensemble("network8", 1),
            derivative("hessianVector", "mlp-middle"));

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

    /** A step of the small network once more, beside an ensemble of them. */
    static String single(String batch) {
        return "single/mlp-small/" + batch;
    }

    /** A measurement of ours once more, right before that of {@link #narrow}. */
    static String wide(String name) {
        return "avx512/" + name;
    }

    /** A measurement of ours again, where vectors have 256 bits. */
    static String narrow(String name) {
        return "avx2/" + name;
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
