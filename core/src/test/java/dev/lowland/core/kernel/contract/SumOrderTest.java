package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SumOrderTest {

    @Test
    void blocksFillTheAxisAndNoneIsASingleTermOfMany() {
        for (int inner = 0; inner < 2000; inner++) {
            int left = inner;
            while (left > 0) {
                int depth = SumOrder.depth(left);
                assertTrue(depth >= 1 && depth <= Math.min(left, SumOrder.LONGEST), inner + " has a block of " + depth);
                assertTrue(depth > 1 || inner == 1, inner + " has a block of one term");
                left -= depth;
            }
            assertEquals(0, left);
        }
        assertEquals(SumOrder.LONGEST, SumOrder.depth(SumOrder.LONGEST));
        assertTrue(SumOrder.depth(SumOrder.LONGEST + 1) < SumOrder.LONGEST);
    }

    /** Transposing a product, or calling a single row or column by another form, changes no sum. */
    @Test
    void theOrderIsThatOfTheTransposedProduct() {
        int partial = 0;
        for (int rows = 1; rows < 8; rows++) {
            for (int columns = 1; columns < 8; columns++) {
                for (int inner : new int[] {1, 31, 32, 33, 500}) {
                    for (MatrixForm form : MatrixForm.values()) {
                        boolean found = SumOrder.isPartial(form, rows, columns, inner);
                        MatrixForm other = MatrixForm.of(!form.rightTransposed(), !form.leftTransposed());
                        assertEquals(found, SumOrder.isPartial(other, columns, rows, inner));
                        MatrixForm row = MatrixForm.of(!form.leftTransposed(), form.rightTransposed());
                        if (rows == 1) {
                            assertEquals(found, SumOrder.isPartial(row, 1, columns, inner));
                        }
                        partial += found ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(partial > 50, partial + " shapes in partial sums");
        assertTrue(SumOrder.isPartial(MatrixForm.NT, 1, 128, 784));
        assertFalse(SumOrder.isPartial(MatrixForm.NT, 32, 128, 784));
        assertFalse(SumOrder.isPartial(MatrixForm.NN, 1, 128, 784));
    }
}
