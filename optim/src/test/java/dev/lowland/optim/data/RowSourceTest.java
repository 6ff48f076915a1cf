package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class RowSourceTest {

    /** A user's own, of three methods. */
    private static final RowSource SQUARES = new RowSource() {
        @Override
        public int rowCount() {
            return 100;
        }

        @Override
        public int columnCount() {
            return 2;
        }

        @Override
        public void read(int first, int count, double[] out, int offset) {
            for (int i = 0; i < count; i++) {
                out[offset + 2 * i] = first + i;
                out[offset + 2 * i + 1] = (first + i) * (first + i);
            }
        }
    };

    @Test
    void threeMethodsAreEnough() {
        double[] out = new double[4];
        SQUARES.read(3, 2, out, 0);
        assertArrayEquals(new double[] {3, 9, 4, 16}, out);
        SQUARES.readRow(5, out, 1, 2);
        assertArrayEquals(new double[] {3, 5, 4, 25}, out);
        SQUARES.readRow(6, out, 2, 1);
        assertArrayEquals(new double[] {3, 5, 6, 36}, out);
        assertFalse(SQUARES.isFinite());
    }
}
