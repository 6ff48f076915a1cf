package dev.lowland.core.kernel.contract;

import dev.lowland.core.check.Checks;

/**
 * In which order the terms of a product of matrices are added up. It follows from the form and the shape alone, so that
 * both twins, vectors of any width, every lane, and straight-line code for lanes have the same bits.
 *
 * <p>Every term is one fused multiply-add, s ← fma(a, b, s), which Java rounds the same everywhere. There are two
 * orders:
 *
 * <ul>
 *   <li>In blocks, the usual one: the axis of the sum is cut into blocks, each of {@link #depth} terms; the sum of a
 *       block is taken in increasing k, from +0; the first one is stored, or added to C, and the others are added to C
 *       in turn.
 *   <li>In partial sums, where few rows meet a matrix along whose rows they lie: the order of {@link ReductionKernels},
 *       eight partial sums, and then what is left over, one term after the other. Vectors then lie along the axis of
 *       the sum, and nothing is transposed.
 * </ul>
 */
public final class SumOrder {

    /** Terms of a block, where there are several. */
    private static final int BLOCK = 128;

    /** Terms of the longest block: what is at most so long is not cut. */
    public static final int LONGEST = 192;

    /** From this length on, a vector along the line pays. */
    private static final int LONG_LINE = 32;

    /** Below so many rows or columns, the matrix is read so rarely that a copy of it would show. */
    private static final int FEW = 4;

    private SumOrder() {}

    /**
     * Terms of the next block.
     *
     * @param left terms that are not added yet, at least 0
     * @return all of them where they are few, else the size of a block; never 1 but for a single term
     */
    public static int depth(int left) {
        return left <= LONGEST ? left : BLOCK;
    }

    /**
     * Whether sums are taken in partial sums.
     *
     * @param form which operands are stored transposed; of a single row or column it makes no difference
     * @param rows rows of op(A) and C
     * @param columns columns of op(B) and C
     * @param inner terms of a sum
     * @return true if the terms of a sum are neighbours in both operands, and many, and there are few rows or columns
     */
    public static boolean isPartial(MatrixForm form, int rows, int columns, int inner) {
        Checks.notNull("order of a sum", "form", form);
        boolean leftLies = !form.leftTransposed() || rows == 1;
        boolean rightLies = form.rightTransposed() || columns == 1;
        return inner >= LONG_LINE && leftLies && rightLies && (rows < FEW || columns < FEW);
    }
}
