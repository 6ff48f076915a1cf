package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.vector.machine.Vectors;

/**
 * The choice among the inner loops of {@link VectorMatrix}: by the rows of a tile, the order of A in memory, and
 * whether C is set or added to.
 */
public final class VectorTiles {
    private VectorTiles() {}

    /** Rows of the next tile, where so many are left. */
    static int rows(int tile, int left) {
        return left >= tile ? tile : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }
    /** The first tile of a panel of B, which copies it to the start of scratch memory. */
    static void copying(
            boolean add,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart,
            int cRow,
            double[] scratch) {
        int cNext = Vectors.SPECIES.length();
        if (aStep == 1) {
            if (add) {
                VectorTileRowsCopy.add8(depth, a, aStart, aRow, b, bStart, bStep, c, cStart, cRow, cNext, scratch, 0);
            } else {
                VectorTileRowsCopy.set8(depth, a, aStart, aRow, b, bStart, bStep, c, cStart, cRow, cNext, scratch, 0);
            }
        } else {
            if (add) {
                VectorTileColumnsCopy.add8(
                        depth, a, aStart, aStep, b, bStart, bStep, c, cStart, cRow, cNext, scratch, 0);
            } else {
                VectorTileColumnsCopy.set8(
                        depth, a, aStart, aStep, b, bStart, bStep, c, cStart, cRow, cNext, scratch, 0);
            }
        }
    }

    /** A tile of so many rows; 8 rows read two neighbouring vectors of B. */
    static void sum(
            boolean add,
            int count,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        switch (count) {
            case 8 -> tile8(add, depth, a, aStart, aRow, aStep, b, bStart, bStep, c, cStart, cRow, cNext);
            case 4 -> {
                if (add) {
                    VectorTileLow.add4(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                } else {
                    VectorTileLow.set4(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                }
            }
            case 2 -> {
                if (add) {
                    VectorTileLow.add2(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                } else {
                    VectorTileLow.set2(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                }
            }
            default -> {
                if (add) {
                    VectorTileLow.add1(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                } else {
                    VectorTileLow.set1(depth, a, aStart, aRow, aStep, b, bStart, bStep, bNext, c, cStart, cRow, cNext);
                }
            }
        }
    }

    private static void tile8(
            boolean add,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        if (aStep == 1) {
            if (add) {
                VectorTileRows.add8(depth, a, aStart, aRow, b, bStart, bStep, c, cStart, cRow, cNext);
            } else {
                VectorTileRows.set8(depth, a, aStart, aRow, b, bStart, bStep, c, cStart, cRow, cNext);
            }
        } else {
            if (add) {
                VectorTileColumns.add8(depth, a, aStart, aStep, b, bStart, bStep, c, cStart, cRow, cNext);
            } else {
                VectorTileColumns.set8(depth, a, aStart, aStep, b, bStart, bStep, c, cStart, cRow, cNext);
            }
        }
    }
}
