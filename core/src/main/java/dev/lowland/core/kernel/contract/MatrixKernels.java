package dev.lowland.core.kernel.contract;

/**
 * Products of row-major matrices without gaps between rows.
 *
 * <p>With op(A) rows × inner and op(B) inner × columns, C_ij = Σ_k op(A)_ik op(B)_kj, in the order of {@link SumOrder}.
 * C must not overlap A or B.
 */
public interface MatrixKernels {

    /**
     * C = op(A)·op(B), or C += op(A)·op(B).
     *
     * @param form which operands are stored transposed
     * @param add whether the product is added to C instead of replacing it
     * @param rows rows of op(A) and C
     * @param columns columns of op(B) and C
     * @param inner columns of op(A), rows of op(B); with 0 the product is zero
     * @param a left operand, rows·inner numbers from {@code aOffset}. Not modified.
     * @param aOffset first entry of A
     * @param b right operand, inner·columns numbers from {@code bOffset}. Not modified.
     * @param bOffset first entry of B
     * @param c result, rows·columns numbers from {@code cOffset}. Modified.
     * @param cOffset first entry of C
     */
    void multiply(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset);

    /**
     * The same product for many lanes at once: lane l of entry e of a laned matrix is at [offset + e·lanes + l]. A
     * shared operand has one value an entry, for all lanes. Every lane has the bits of the single product.
     *
     * @param form which operands are stored transposed
     * @param add whether the product is added to C instead of replacing it
     * @param rows rows of op(A) and C
     * @param columns columns of op(B) and C
     * @param inner columns of op(A), rows of op(B)
     * @param lanes number of lanes
     * @param a left operand. Not modified.
     * @param aOffset first entry of A
     * @param aShared whether A is shared by all lanes
     * @param b right operand. Not modified.
     * @param bOffset first entry of B
     * @param bShared whether B is shared by all lanes
     * @param c result, always laned. Modified.
     * @param cOffset first entry of C
     */
    void multiplyLanes(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            int lanes,
            double[] a,
            int aOffset,
            boolean aShared,
            double[] b,
            int bOffset,
            boolean bShared,
            double[] c,
            int cOffset);
}
