package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClassRowsTest {

    @Test
    void rowsAreOneHot() {
        int[] classes = {2, 0};
        ClassRows rows = ClassRows.of(classes, 3);
        classes[0] = 1;
        assertEquals(2, rows.rowCount());
        assertEquals(3, rows.columnCount());
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, ArrayRowsTest.all(rows));
        double[] out = {9, 9, 9, 9, 9, 9, 9};
        rows.read(1, 1, out, 2);
        assertArrayEquals(new double[] {9, 9, 1, 0, 0, 9, 9}, out);
        rows.readRow(0, out, 0, 3);
        assertArrayEquals(new double[] {0, 9, 1, 0, 0, 9, 1}, out);
    }

    /** More labels than are read at once. */
    @Test
    void labelsAreReadFromAColumn() {
        byte[] labels = new byte[2500];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 7);
        }
        ClassRows rows = ClassRows.read(ArrayRows.ofUnsignedBytes(labels, 1), 7);
        double[] out = new double[7];
        for (int i = 0; i < labels.length; i++) {
            rows.read(i, 1, out, 0);
            double[] expected = new double[7];
            expected[i % 7] = 1;
            assertArrayEquals(expected, out);
        }
    }

    @Test
    void refusesWhatIsNoClass() {
        refused("ClassRows.of: class of row 1 is 3, must be in [0, 3)", () -> ClassRows.of(new int[] {0, 3}, 3));
        refused("ClassRows.of: class of row 0 is -1, must be in [0, 3)", () -> ClassRows.of(new int[] {-1}, 3));
        refused("ClassRows.of: classCount is 1, must be at least 2", () -> ClassRows.of(new int[1], 1));
        refused("ClassRows.of: length of classes is 0, must be at least 1", () -> ClassRows.of(new int[0], 2));
        refused(
                "ClassRows.read: label of row 1 is 2.0, must be a whole number in [0, 2)",
                () -> ClassRows.read(ArrayRows.of(new int[] {1, 2}, 1), 2));
        refused(
                "ClassRows.read: label of row 0 is 0.5, must be a whole number in [0, 2)",
                () -> ClassRows.read(ArrayRows.of(new double[] {0.5}, 1), 2));
        refused(
                "ClassRows.read: label of row 0 is NaN, must be a whole number in [0, 2)",
                () -> ClassRows.read(ArrayRows.of(new float[] {Float.NaN}, 1), 2));
        refused(
                "ClassRows.read: columns of labels is 2, must be at most 1",
                () -> ClassRows.read(ArrayRows.of(new int[2], 2), 2));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
