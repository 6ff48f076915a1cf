package dev.lowland.jmh;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.random.Purpose;
import org.ejml.data.DMatrixRMaj;

/**
 * The matrices of one product.
 *
 * @param rows rows of op(A)
 * @param columns columns of op(B)
 * @param inner columns of op(A)
 * @param a left operand as stored
 * @param b right operand as stored
 * @param c room for the result
 */
public record GemmOperands(int rows, int columns, int inner, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {

    /**
     * Random operands.
     *
     * @param shape rows × columns × inner, for example {@code 32x128x784}
     * @param form which operands are stored transposed
     * @return new matrices
     */
    public static GemmOperands of(String shape, MatrixForm form) {
        String[] parts = shape.split("x", -1);
        int rows = Integer.parseInt(parts[0]);
        int columns = Integer.parseInt(parts[1]);
        int inner = Integer.parseInt(parts[2]);
        boolean left = form.leftTransposed();
        boolean right = form.rightTransposed();
        DMatrixRMaj a = Problems.gaussian(left ? inner : rows, left ? rows : inner, Purpose.DATA, 1);
        DMatrixRMaj b = Problems.gaussian(right ? columns : inner, right ? inner : columns, Purpose.TEST, 1);
        return new GemmOperands(rows, columns, inner, a, b, new DMatrixRMaj(rows, columns));
    }
}
