package dev.lowland.core.kernel.scalar;

import java.util.Arrays;

/** Copies in plain Java; contiguous runs go through {@link System#arraycopy}. Both twins use them. */
public final class ScalarLayout {
    /** Rows of a tile of the plain transpose, so that the tile's lines stay in the first-level cache. */
    private static final int TILE = 16;

    private ScalarLayout() {}

    static void broadcastMiddle(int outer, int n, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            int target = o * n * inner;
            if (inner == 1) {
                Arrays.fill(out, target, target + n, x[o]);
            } else {
                for (int k = 0; k < n; k++) {
                    System.arraycopy(x, o * inner, out, target + k * inner, inner);
                }
            }
        }
    }

    static void transpose(int outer, int rows, int columns, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            int start = o * rows * columns * inner;
            if (rows == 1 || columns == 1) {
                System.arraycopy(x, start, out, start, rows * columns * inner);
            } else if (inner == 1) {
                transposePlain(rows, columns, x, start, out, start);
            } else {
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        int source = start + (i * columns + j) * inner;
                        System.arraycopy(x, source, out, start + (j * rows + i) * inner, inner);
                    }
                }
            }
        }
    }

    private static void transposePlain(int rows, int columns, double[] x, int xStart, double[] out, int outStart) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int j = 0; j < columns; j++) {
                int target = outStart + j * rows;
                for (int i = top; i < bottom; i++) {
                    out[target + i] = x[xStart + i * columns + j];
                }
            }
        }
    }

    static void sliceMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            System.arraycopy(x, (o * n + start) * inner, out, o * length * inner, length * inner);
        }
    }

    static void padMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            int target = o * n * inner;
            Arrays.fill(out, target, target + start * inner, 0);
            System.arraycopy(x, o * length * inner, out, target + start * inner, length * inner);
            Arrays.fill(out, target + (start + length) * inner, target + n * inner, 0);
        }
    }
}
