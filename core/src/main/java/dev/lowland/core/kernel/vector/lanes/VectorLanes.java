package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.scalar.ScalarLanes;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of many lanes at once with vectors along the lanes, in tiles of up to four lines x against four lines
 * y.
 *
 * <p>x is the operand whose entries may be shared by all lanes; which of A and B plays it is a matter of strides. The
 * bits are those of {@link ScalarLanes}, which also takes the lanes after the last whole vector.
 */
public final class VectorLanes {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLanes() {}

    public static void multiply(
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

    /**
     * All lines of x, xLine apart, against all lines of y, yLine apart; c is cLineX apart along x and cLineY along y.
     */
    private static void product(
            boolean add,
            boolean shared,
            int inner,
            int lanes,
            int xLines,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
            int yLines,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        int blockLanes = SPECIES.loopBound(lanes);
        if (add && shared) {
            for (int i = 0; i < xLines; i++) {
                for (int j = 0; j < yLines; j++) {
                    VectorLaneSums.addShared(
                            blockLanes,
                            inner,
                            x,
                            xStart + i * xLine,
                            xStep,
                            y,
                            yStart + j * yLine,
                            yStep,
                            c,
                            cStart + i * cLineX + j * cLineY);
                }
            }
        } else if (add && inner == 1) {
            VectorLaneOuterSums.product(
                    blockLanes, xLines, x, xStart, xLine, yLines, y, yStart, yLine, c, cStart, cLineX, cLineY);
        } else if (add) {
            VectorLaneSums.product(
                    blockLanes,
                    inner,
                    xLines,
                    x,
                    xStart,
                    xLine,
                    xStep,
                    yLines,
                    y,
                    yStart,
                    yLine,
                    yStep,
                    c,
                    cStart,
                    cLineX,
                    cLineY);
        } else if (shared) {
            VectorSharedLanes.product(
                    inner,
                    blockLanes,
                    xLines,
                    x,
                    xStart,
                    xLine,
                    xStep,
                    yLines,
                    y,
                    yStart,
                    yLine,
                    yStep,
                    c,
                    cStart,
                    cLineX,
                    cLineY);
        } else if (inner == 1) {
            VectorLaneOuters.product(
                    blockLanes, xLines, x, xStart, xLine, yLines, y, yStart, yLine, c, cStart, cLineX, cLineY);
        } else {
            laned(
                    inner,
                    blockLanes,
                    xLines,
                    x,
                    xStart,
                    xLine,
                    xStep,
                    yLines,
                    y,
                    yStart,
                    yLine,
                    yStep,
                    c,
                    cStart,
                    cLineX,
                    cLineY);
        }
        int xLane = shared ? 0 : 1;
        for (int l = blockLanes; l < lanes; l++) {
            for (int i = 0; i < xLines; i++) {
                for (int j = 0; j < yLines; j++) {
                    double sum = ScalarLanes.laneSum(
                            inner, x, xStart + i * xLine + l * xLane, xStep, y, yStart + j * yLine + l, yStep);
                    int target = cStart + i * cLineX + j * cLineY + l;
                    c[target] = add ? c[target] + sum : sum;
                }
            }
        }
    }

    /** The lines of y in the outer loop: each four of them stay in the first-level cache while all of x passes. */
    private static void laned(
            int inner,
            int blockLanes,
            int xLines,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
            int yLines,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        boolean pairs = blockLanes % (2 * SPECIES.length()) == 0;
        int j = 0;
        for (; j + 4 <= yLines; j += 4) {
            int q = yStart + j * yLine;
            int t = cStart + j * cLineY;
            int i = 0;
            for (; Vectors.HIGH && i + 4 <= xLines; i += 4) {
                VectorLaneTiles.fourByFour(
                        blockLanes,
                        inner,
                        x,
                        xStart + i * xLine,
                        xStep,
                        xLine,
                        y,
                        q,
                        yStep,
                        yLine,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            for (; i + 2 <= xLines; i += 2) {
                VectorLaneTiles.twoByFour(
                        blockLanes,
                        inner,
                        x,
                        xStart + i * xLine,
                        xStep,
                        xLine,
                        y,
                        q,
                        yStep,
                        yLine,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            if (i < xLines && pairs) {
                VectorLaneTiles.oneByFourPairs(
                        blockLanes, inner, x, xStart + i * xLine, xStep, y, q, yStep, yLine, c, t + i * cLineX, cLineY);
            } else if (i < xLines) {
                VectorLaneTiles.oneByFour(
                        blockLanes, inner, x, xStart + i * xLine, xStep, y, q, yStep, yLine, c, t + i * cLineX, cLineY);
            }
        }
        for (; j < yLines; j++) {
            for (int i = 0; i < xLines; i++) {
                VectorLaneTiles.one(
                        blockLanes,
                        inner,
                        x,
                        xStart + i * xLine,
                        xStep,
                        y,
                        yStart + j * yLine,
                        yStep,
                        c,
                        cStart + i * cLineX + j * cLineY);
            }
        }
    }
}
