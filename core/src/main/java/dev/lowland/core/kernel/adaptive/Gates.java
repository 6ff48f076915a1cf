package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A gate for each kernel of which the vector twin has code of its own; products have one for each form, and another for
 * large operands.
 *
 * <p>Each with the nanoseconds that an entry or a term takes in plain Java, about.
 */
final class Gates {
    static final WarmUp WARM_UP = new WarmUp(Gates::twin);

    private static final double NANOS_OF_A_TERM = 0.15;
    private static final double NANOS_OF_A_LANE = 0.5;
    private static final double NANOS_OF_A_PAIR = 1;
    private static final double NANOS_OF_A_PIXEL = 0.6;

    static final Gate NN = products(MatrixForm.NN);
    static final Gate NT = products(MatrixForm.NT);
    static final Gate TN = products(MatrixForm.TN);
    static final Gate TT = products(MatrixForm.TT);
    static final Gate LARGE_NN = largeProducts(MatrixForm.NN);
    static final Gate LARGE_NT = largeProducts(MatrixForm.NT);
    static final Gate LARGE_TN = largeProducts(MatrixForm.TN);
    static final Gate LARGE_TT = largeProducts(MatrixForm.TT);
    static final Gate LANED_PRODUCTS = gate("multiplyLanes", NANOS_OF_A_LANE);

    static final Gate EXP = gate("exp", 7);
    static final Gate LOG = gate("log", 6);
    static final Gate LOG1P = gate("log1p", 8);
    static final Gate EXPM1 = gate("expm1", 9);
    static final Gate TANH = gate("tanh", 9);
    static final Gate SECH_SQUARE = gate("sechSquare", 9);
    static final Gate TANH_AND_SLOPE = gate("tanhAndSlope", 11);
    static final Gate SIGMOID = gate("sigmoid", 9);
    static final Gate SOFTPLUS = gate("softplus", 14);
    static final Gate SIN = gate("sin", 10);
    static final Gate COS = gate("cos", 10);
    static final Gate ERF = gate("erf", 14);
    static final Gate GAUSSIAN = gate("gaussian", 8);
    static final Gate NORMAL_DENSITY = gate("normalDensity", 8);
    static final Gate NORMAL_CDF = gate("normalCdf", 16);

    static final Gate ADD_REPEATED = gate("addRepeated", NANOS_OF_A_PAIR);
    static final Gate MULTIPLY_REPEATED = gate("multiplyRepeated", NANOS_OF_A_PAIR);
    static final Gate SUBTRACT_REPEATED = gate("subtractRepeated", NANOS_OF_A_PAIR);
    static final Gate SUBTRACT_FROM_REPEATED = gate("subtractFromRepeated", NANOS_OF_A_PAIR);

    static final Gate DOT = gate("dot", 0.7);
    static final Gate SUM = gate("sum", 0.6);
    static final Gate SUM_MIDDLE = gate("sumMiddle", 0.7);
    static final Gate SUM_LANES = gate("sumLanes", 0.7);
    static final Gate AXPY = gate("axpy", 0.7);

    static final Gate FILL_UNIFORM = gate("fillUniform", 6);
    static final Gate FILL_GAUSSIAN = gate("fillGaussian", 14);
    static final Gate FILL_SIGNS = gate("fillSigns", 1);
    static final Gate FILL_INDICES = gate("fillIndices", 6);
    static final Gate FILL_LANES_UNIFORM = gate("fillLanesUniform", 6);
    static final Gate FILL_LANES_GAUSSIAN = gate("fillLanesGaussian", 14);
    static final Gate FILL_LANES_SIGNS = gate("fillLanesSigns", 1);
    static final Gate FILL_LANES_INDICES = gate("fillLanesIndices", 6);

    static final Gate RESPONSES = gate("convolve", NANOS_OF_A_PIXEL);
    static final Gate IMAGES = gate("convolveToImage", NANOS_OF_A_PIXEL);
    static final Gate FILTER_SUMS = gate("convolveToFilters", NANOS_OF_A_PIXEL);

    /** Every one. */
    static final List<Gate> ALL = List.of(
            NN,
            NT,
            TN,
            TT,
            LARGE_NN,
            LARGE_NT,
            LARGE_TN,
            LARGE_TT,
            LANED_PRODUCTS,
            EXP,
            LOG,
            LOG1P,
            EXPM1,
            TANH,
            SECH_SQUARE,
            TANH_AND_SLOPE,
            SIGMOID,
            SOFTPLUS,
            SIN,
            COS,
            ERF,
            GAUSSIAN,
            NORMAL_DENSITY,
            NORMAL_CDF,
            ADD_REPEATED,
            MULTIPLY_REPEATED,
            SUBTRACT_REPEATED,
            SUBTRACT_FROM_REPEATED,
            DOT,
            SUM,
            SUM_MIDDLE,
            SUM_LANES,
            AXPY,
            FILL_UNIFORM,
            FILL_GAUSSIAN,
            FILL_SIGNS,
            FILL_INDICES,
            FILL_LANES_UNIFORM,
            FILL_LANES_GAUSSIAN,
            FILL_LANES_SIGNS,
            FILL_LANES_INDICES,
            RESPONSES,
            IMAGES,
            FILTER_SUMS);

    /** Numbers of an operand from which on a product is large. */
    private static final long LARGE = 4096;

    /** So many times as many terms make it large, too. */
    private static final int TERMS = 32;

    private static final AtomicReference<Supplier<Optional<KernelSet>>> LOADER = new AtomicReference<>(Optional::empty);

    private Gates() {}

    /** Says where the vector twin comes from. */
    static void load(Supplier<Optional<KernelSet>> twin) {
        LOADER.set(twin);
    }

    private static Optional<KernelSet> twin() {
        return Objects.requireNonNull(LOADER.get(), "never null").get();
    }

    /**
     * The twin for a product. Large operands are copied and cut into blocks, by loops that small ones never come to.
     * All those of a form are compiled together, so that nothing slow is left for a shape that comes later.
     */
    static KernelSet products(MatrixForm form, int rows, int columns, int inner) {
        long left = (long) rows * inner;
        long right = (long) inner * columns;
        long work = left * columns;
        boolean large = left >= LARGE || right >= LARGE || work >= TERMS * LARGE;
        // Written out, as only a gate that is a constant costs nothing.
        if (form.leftTransposed()) {
            return form.rightTransposed()
                    ? large ? LARGE_TT.kernels(work) : TT.kernels(work)
                    : large ? LARGE_TN.kernels(work) : TN.kernels(work);
        }
        return form.rightTransposed()
                ? large ? LARGE_NT.kernels(work) : NT.kernels(work)
                : large ? LARGE_NN.kernels(work) : NN.kernels(work);
    }

    private static Gate gate(String name, double nanos) {
        return Gate.of(name, nanos, WARM_UP);
    }

    private static Gate products(MatrixForm form) {
        return gate(name(form), NANOS_OF_A_TERM);
    }

    private static Gate largeProducts(MatrixForm form) {
        return gate(largeName(form), NANOS_OF_A_TERM);
    }

    static String name(MatrixForm form) {
        return "multiply " + form;
    }

    static String largeName(MatrixForm form) {
        return "multiply large " + form;
    }
}
