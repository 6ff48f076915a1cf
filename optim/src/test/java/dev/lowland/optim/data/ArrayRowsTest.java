package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ArrayRowsTest {

    private static final byte[] BYTES = {1, -1, 127, -128, 0, 2};

    @Test
    void everyTypeGivesItsOwnNumbers() {
        assertArrayEquals(new double[] {1, -1, 127, -128, 0, 2}, all(ArrayRows.ofSignedBytes(BYTES, 3)));
        assertArrayEquals(new double[] {1, 255, 127, 128, 0, 2}, all(ArrayRows.ofUnsignedBytes(BYTES, 3)));
        int[] ints = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 7};
        assertArrayEquals(new double[] {-2147483648.0, 2147483647.0, 0, 7}, all(ArrayRows.of(ints, 2)));
        float[] floats = {0.1f, -0f};
        assertArrayEquals(new double[] {0.1f, -0.0}, all(ArrayRows.of(floats, 1)));
        double[] doubles = {0.1, -0.0, 3, 4};
        assertArrayEquals(doubles, all(ArrayRows.of(doubles, 2)));
        DMatrixRMaj longer = new DMatrixRMaj(5, 5);
        longer.reshape(1, 2);
        assertArrayEquals(new double[2], all(ArrayRows.of(longer)));
    }

    /** scale·e + shift, with both roundings. */
    @Test
    void scaleAndShiftMakeOtherNumbers() {
        double scale = 1 / 255.0;
        for (ArrayRows rows : List.of(
                ArrayRows.ofUnsignedBytes(new byte[] {7, (byte) 250}, 1),
                ArrayRows.of(new int[] {7, 250}, 1),
                ArrayRows.of(new float[] {7, 250}, 1),
                ArrayRows.of(new double[] {7, 250}, 1))) {
            double[] expected = {scale * 7 - 0.3, scale * 250 - 0.3};
            assertArrayEquals(expected, all(rows.withScale(scale, -0.3)), rows.toString());
            assertArrayEquals(new double[] {14, 500}, all(rows.withScale(9, 9).withScale(2, 0)), rows.toString());
            assertArrayEquals(new double[] {7, 250}, all(rows), rows.toString());
        }
    }

    @Test
    void rowsAreReadWithGapsForLanes() {
        for (ArrayRows rows : List.of(
                ArrayRows.ofSignedBytes(BYTES, 3),
                ArrayRows.of(new int[] {1, -1, 127, -128, 0, 2}, 3),
                ArrayRows.of(new float[] {1, -1, 127, -128, 0, 2}, 3),
                ArrayRows.of(new double[] {1, -1, 127, -128, 0, 2}, 3))) {
            double[] out = new double[6];
            rows.readRow(1, out, 1, 2);
            assertArrayEquals(new double[] {0, -128, 0, 0, 0, 2}, out, rows.toString());
        }
    }

    @Test
    void onlyPlainDoublesAreLent() {
        double[] doubles = {1, 2};
        assertSame(doubles, ArrayRows.of(doubles, 1).array().orElseThrow());
        assertTrue(ArrayRows.of(doubles, 1).withScale(2, 0).array().isEmpty());
        assertTrue(ArrayRows.of(new float[] {1}, 1).array().isEmpty());
    }

    /** Whole numbers are finite, unless their scale makes them too large. */
    @Test
    void wholeNumbersAreFinite() {
        assertTrue(ArrayRows.ofUnsignedBytes(BYTES, 3).isFinite());
        assertTrue(ArrayRows.of(new int[1], 1).isFinite());
        assertFalse(ArrayRows.of(new int[1], 1).withScale(1e300, 0).isFinite());
        assertFalse(ArrayRows.of(new float[1], 1).isFinite());
        assertFalse(ArrayRows.of(new double[1], 1).isFinite());
    }

    @Test
    void refusesWhatIsNoRow() {
        refused(
                "ArrayRows.of: values is of length 3, must be a positive multiple of 2",
                () -> ArrayRows.of(new int[3], 2));
        refused(
                "ArrayRows.of: values is of length 0, must be a positive multiple of 2",
                () -> ArrayRows.of(new int[0], 2));
        refused("ArrayRows.of: columns is 0, must be at least 1", () -> ArrayRows.of(new double[3], 0));
        refused("ArrayRows.of: rows of matrix is 0, must be at least 1", () -> ArrayRows.of(new DMatrixRMaj(0, 2)));
        ArrayRows rows = ArrayRows.ofSignedBytes(BYTES, 3);
        refused("withScale: scale is 0.0, must be other than 0", () -> rows.withScale(0, 1));
        refused("withScale: shift is NaN, must be finite", () -> rows.withScale(1, Double.NaN));
        refused("read: first + count is 3, must be at most 2", () -> rows.read(1, 2, new double[9], 0));
        refused("read: first is -1, must be at least 0", () -> rows.read(-1, 2, new double[9], 0));
        refused("read: out is of length 6, must be of length at least 7", () -> rows.read(0, 2, new double[6], 1));
        refused("readRow: row is 2, must be in [0, 2)", () -> rows.readRow(2, new double[3], 0, 1));
        refused(
                "readRow: out is of length 4, must be of length at least 5",
                () -> rows.readRow(0, new double[4], 0, 2));
        refused("readRow: stride is 0, must be at least 1", () -> rows.readRow(0, new double[4], 0, 0));
    }

    static double[] all(RowSource rows) {
        double[] out = new double[rows.rowCount() * rows.columnCount()];
        rows.read(0, rows.rowCount(), out, 0);
        return out;
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
