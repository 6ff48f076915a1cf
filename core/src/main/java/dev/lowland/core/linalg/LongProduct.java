package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import org.ejml.data.DMatrixRMaj;

/**
 * Products of large matrices in parts, so that an interrupt of the thread is seen between two of them: after some ten
 * milliseconds. Small products are made in one part. Thread safe.
 */
public final class LongProduct {
    /** Multiplications of one part, at most, unless one row of the result takes more. */
    private static final double PART = 5e7;

    private LongProduct() {}

    /**
     * The product of {@link Kernels#multiply}.
     *
     * @param operation what the caller was asked to do
     * @param form which of the factors is transposed
     * @param a the left factor. Not modified.
     * @param b the right factor. Not modified.
     * @param out the product, other memory than the factors. Modified.
     * @throws IllegalArgumentException if the shapes do not fit
     * @throws IllegalStateException if the thread is interrupted, which is left set; out is then of no use
     */
    public static void multiply(String operation, MatrixForm form, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj out) {
        Checks.notNull("multiply", "operation", operation);
        Checks.notNull("multiply", "form", form);
        Checks.notNull("multiply", "a", a);
        Checks.notNull("multiply", "out", out);
        Checks.notInterrupted(operation);
        boolean byColumns = form.leftTransposed();
        int inner = byColumns ? a.numRows : a.numCols;
        int rows = out.numRows;
        int part = (int) Math.max(1, Math.min(rows, PART / Math.max(1.0, (double) inner * out.numCols)));
        if (part == rows) {
            Kernels.multiply(form, a, b, out);
            return;
        }
        DMatrixRMaj some = new DMatrixRMaj(byColumns ? inner : part, byColumns ? part : inner);
        DMatrixRMaj result = new DMatrixRMaj(part, out.numCols);
        for (int from = 0; from < rows; from += part) {
            Checks.notInterrupted(operation);
            int count = Math.min(part, rows - from);
            some.reshape(byColumns ? inner : count, byColumns ? count : inner);
            result.reshape(count, out.numCols);
            if (byColumns) {
                for (int k = 0; k < inner; k++) {
                    System.arraycopy(a.data, k * a.numCols + from, some.data, k * count, count);
                }
            } else {
                System.arraycopy(a.data, from * inner, some.data, 0, count * inner);
            }
            Kernels.multiply(form, some, b, result);
            System.arraycopy(result.data, 0, out.data, from * out.numCols, count * out.numCols);
        }
    }
}
