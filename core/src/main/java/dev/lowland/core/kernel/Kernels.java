package dev.lowland.core.kernel;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in use, and a checked front for EJML matrices.
 *
 * <p>The system property {@code lowland.simd} is {@code auto} (the default), {@code scalar} or {@code vector};
 * {@code vector} fails, with what to do, where it cannot work. It is read once, when the kernels are first needed, and
 * the set in use never changes: see {@link KernelChoice}.
 *
 * <p>{@code auto} uses vectors where they are wide enough. Until the JVM has compiled it, code on the Vector API takes
 * about a thousand times as long, which shows in the first seconds. With {@code -Dlowland.warmup=on}, {@code auto}
 * begins in plain Java, and each kernel that is used much goes over to vectors when its code there is compiled; the
 * results have the same bits, and once it has gone over a kernel is as fast as that of {@code vector}. The JVM compiles
 * only what runs, so one daemon thread, named {@code lowland-warm-up}, runs it on small arrays of its own. It starts
 * when the first kernel has been used for tenths of a second, takes up to a processor for a few seconds, and ends when
 * nothing is left to do. {@code off}, the default, has no such thread.
 *
 * <p>Thread safe. No method allocates.
 */
public final class Kernels {
    private Kernels() {}

    /** Chosen when first used. */
    private static final class Chosen {
        static final KernelChoice CHOICE =
                KernelChoice.make(System.getProperty(KernelChoice.PROPERTY), System.getProperty(KernelChoice.WARM_UP));
        static final @Nullable KernelSet ACTIVE = CHOICE.active();
    }

    /**
     * The kernels in use. They do not check their arguments.
     *
     * @return always the same set
     * @throws IllegalStateException if {@code -Dlowland.simd} or {@code -Dlowland.warmup} is no legal value or asks for
     *     what cannot work
     */
    public static KernelSet active() {
        KernelSet active = Chosen.ACTIVE;
        if (active == null) {
            throw new IllegalStateException(Chosen.CHOICE.reason());
        }
        return active;
    }

    /**
     * The kernels in plain Java.
     *
     * @return the scalar twin
     */
    public static KernelSet scalar() {
        return ScalarKernels.INSTANCE;
    }

    /**
     * The kernels on the Vector API, whether or not they are in use.
     *
     * @return the vector twin, or empty where it cannot be loaded
     */
    public static Optional<KernelSet> vector() {
        return Optional.ofNullable(VectorProbe.find().kernels());
    }

    /**
     * What is in use and why, for people: for example {@code scalar: module jdk.incubator.vector is not there}.
     *
     * @return one line
     */
    public static String describe() {
        return Chosen.CHOICE.describe();
    }

    /**
     * C = op(A)·op(B).
     *
     * @param form which operands are read transposed
     * @param a left operand, op(A) of shape m × k. Not modified.
     * @param b right operand, op(B) of shape k × n. Not modified.
     * @param c result, m × n, other memory than A and B. Modified.
     * @throws IllegalArgumentException if the shapes do not fit, or C shares memory with A or B
     */
    public static void multiply(MatrixForm form, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Checks.notNull("multiply", "form", form);
        Checks.notNull("multiply", "a", a);
        Checks.notNull("multiply", "b", b);
        multiply("multiply", form, false, a, b, c);
    }

    /**
     * C = C + op(A)·op(B).
     *
     * @param form which operands are read transposed
     * @param a left operand, op(A) of shape m × k. Not modified.
     * @param b right operand, op(B) of shape k × n. Not modified.
     * @param c what is added to, m × n, other memory than A and B. Modified.
     * @throws IllegalArgumentException if the shapes do not fit, or C shares memory with A or B
     */
    public static void multiplyAdd(MatrixForm form, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        Checks.notNull("multiply add", "form", form);
        Checks.notNull("multiply add", "a", a);
        Checks.notNull("multiply add", "b", b);
        multiply("multiplyAdd", form, true, a, b, c);
    }

    private static void multiply(
            String operation, MatrixForm form, boolean add, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        int rows = form.leftTransposed() ? a.numCols : a.numRows;
        int inner = form.leftTransposed() ? a.numRows : a.numCols;
        int columns = form.rightTransposed() ? b.numRows : b.numCols;
        if (form.rightTransposed()) {
            Checks.shape(operation, "b", b, columns, inner);
        } else {
            Checks.shape(operation, "b", b, inner, columns);
        }
        Checks.shape(operation, "c", c, rows, columns);
        Checks.distinct(operation, "c", c, "a", a);
        Checks.distinct(operation, "c", c, "b", b);
        active().multiply(form, add, rows, columns, inner, a.data, 0, b.data, 0, c.data, 0);
    }

    /**
     * Y = Y + alpha·X.
     *
     * @param alpha factor
     * @param x any shape. Not modified.
     * @param y the shape of X. Modified.
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void axpy(double alpha, DMatrixRMaj x, DMatrixRMaj y) {
        Checks.notNull("axpy", "x", x);
        Checks.shape("axpy", "y", y, x.numRows, x.numCols);
        active().axpy(x.getNumElements(), alpha, x.data, 0, y.data, 0);
    }

    /**
     * Σ_ij X_ij Y_ij, summed in the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}.
     *
     * @param x any shape. Not modified.
     * @param y the shape of X. Not modified.
     * @return the inner product
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double dot(DMatrixRMaj x, DMatrixRMaj y) {
        Checks.notNull("dot", "x", x);
        Checks.shape("dot", "y", y, x.numRows, x.numCols);
        return active().dot(x.getNumElements(), x.data, 0, y.data, 0);
    }

    /**
     * Σ_ij X_ij, summed in the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}.
     *
     * @param x any shape. Not modified.
     * @return the sum
     */
    public static double sum(DMatrixRMaj x) {
        Checks.notNull("sum", "x", x);
        return active().sum(x.getNumElements(), x.data, 0);
    }
}
