package dev.lowland.core.kernel;

import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of many lanes at once with vectors along the lanes, in tiles of one line x against four lines y.
 *
 * <p>x is the operand whose entries may be shared by all lanes; which of A and B plays it is a matter of strides. The bits are those of
 * {@link ScalarLanes}, which also takes the lanes after the last whole vector.
 */
final class VectorLanes {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLanes() {}

    static void multiply(
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
            int cOffset) {
        if (lanes < SPECIES.length() || (aShared && bShared)) {
            ScalarLanes.multiply(
                    form, add, rows, columns, inner, lanes, a, aOffset, aShared, b, bOffset, bShared, c, cOffset);
            return;
        }
        int aEntry = aShared ? 1 : lanes;
        int bEntry = bShared ? 1 : lanes;
        int aRow = (form.leftTransposed() ? 1 : inner) * aEntry;
        int aStep = (form.leftTransposed() ? rows : 1) * aEntry;
        int bStep = (form.rightTransposed() ? 1 : columns) * bEntry;
        int bColumn = (form.rightTransposed() ? inner : 1) * bEntry;
        boolean aLeads = aShared || (!bShared && columns >= rows);
        if (aLeads) {
            product(
                    add,
                    aShared,
                    inner,
                    lanes,
                    rows,
                    a,
                    aOffset,
                    aRow,
                    aStep,
                    columns,
                    b,
                    bOffset,
                    bColumn,
                    bStep,
                    c,
                    cOffset,
                    columns * lanes,
                    lanes);
        } else {
            product(
                    add,
                    bShared,
                    inner,
                    lanes,
                    columns,
                    b,
                    bOffset,
                    bColumn,
                    bStep,
                    rows,
                    a,
                    aOffset,
                    aRow,
                    aStep,
                    c,
                    cOffset,
                    lanes,
                    columns * lanes);
        }
    }

    /** All lines of x, xLine apart, against all lines of y, yLine apart; c is cLineX apart along x and cLineY along y. */
    private static void product(
            boolean add,
            boolean shared,
            int inner,
            int lanes,
            int xLines,
            double[] x,
            int xOffset,
            int xLine,
            int xStep,
            int yLines,
            double[] y,
            int yOffset,
            int yLine,
            int yStep,
            double[] c,
            int cOffset,
            int cLineX,
            int cLineY) {
        int blockLanes = SPECIES.loopBound(lanes);
        int xLane = shared ? 0 : 1;
        for (int i = 0; i < xLines; i++) {
            for (int j = 0; j < yLines; ) {
                int count = yLines - j >= 4 ? 4 : 1;
                int xStart = xOffset + i * xLine;
                int yStart = yOffset + j * yLine;
                int cStart = cOffset + i * cLineX + j * cLineY;
                if (count == 4) {
                    four(add, shared, blockLanes, inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLineY);
                } else {
                    one(add, shared, blockLanes, inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
                }
                for (int l = blockLanes; l < lanes; l++) {
                    for (int r = 0; r < count; r++) {
                        double sum = ScalarLanes.laneSum(
                                inner, x, xStart + l * xLane, xStep, y, yStart + r * yLine + l, yStep);
                        int target = cStart + r * cLineY + l;
                        c[target] = add ? c[target] + sum : sum;
                    }
                }
                j += count;
            }
        }
    }

    private static void four(
            boolean add,
            boolean shared,
            int blockLanes,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            int yLine,
            double[] c,
            int cStart,
            int cLine) {
        if (shared) {
            if (add) {
                VectorLaneTiles.addShared4(
                        blockLanes, inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
            } else {
                VectorLaneTiles.setShared4(
                        blockLanes, inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
            }
        } else if (add) {
            VectorLaneTiles.addLaned4(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
        } else {
            VectorLaneTiles.setLaned4(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
        }
    }

    private static void one(
            boolean add,
            boolean shared,
            int blockLanes,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart) {
        if (shared) {
            if (add) {
                VectorLaneTiles.addShared1(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
            } else {
                VectorLaneTiles.setShared1(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
            }
        } else if (add) {
            VectorLaneTiles.addLaned1(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
        } else {
            VectorLaneTiles.setLaned1(blockLanes, inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
        }
    }
}
