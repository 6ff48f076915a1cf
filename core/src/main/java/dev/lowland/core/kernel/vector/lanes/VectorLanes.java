package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;
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
        if (SumOrder.isPartial(form, rows, columns, inner)) {
            for (int e = 0; e < rows * columns; e++) {
                int aStart = aOffset + e / columns * aRow;
                int bStart = bOffset + e % columns * bColumn;
                int cStart = cOffset + e * lanes;
                if (bShared) {
                    VectorLaneLines.sum(add, inner, lanes, b, bStart, bStep, true, a, aStart, aStep, c, cStart);
                } else {
                    VectorLaneLines.sum(add, inner, lanes, a, aStart, aStep, aShared, b, bStart, bStep, c, cStart);
                }
            }
            return;
        }
        boolean aLeads = aShared || (!bShared && columns >= rows);
        int k = 0;
        do {
            int depth = SumOrder.depth(inner - k);
            int aStart = aOffset + k * aStep;
            int bStart = bOffset + k * bStep;
            if (aLeads) {
                product(
                        add || k > 0,
                        aShared,
                        rows,
                        columns,
                        depth,
                        lanes,
                        a,
                        aStart,
                        aRow,
                        aStep,
                        b,
                        bStart,
                        bColumn,
                        bStep,
                        c,
                        cOffset,
                        columns * lanes,
                        lanes);
            } else {
                product(
                        add || k > 0,
                        bShared,
                        columns,
                        rows,
                        depth,
                        lanes,
                        b,
                        bStart,
                        bColumn,
                        bStep,
                        a,
                        aStart,
                        aRow,
                        aStep,
                        c,
                        cOffset,
                        lanes,
                        columns * lanes);
            }
            k += depth;
        } while (k < inner);
    }

    /**
     * All lines of x, xLine apart, against all lines of y, yLine apart, over one block of the inner axis; c is cLineX
     * apart along x and cLineY along y.
     */
    private static void product(
            boolean add,
            boolean shared,
            int xLines,
            int yLines,
            int inner,
            int lanes,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
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
                            inner,
                            blockLanes,
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
                    xLines, yLines, blockLanes, x, xStart, xLine, y, yStart, yLine, c, cStart, cLineX, cLineY);
        } else if (add) {
            VectorLaneSums.product(
                    xLines,
                    yLines,
                    inner,
                    blockLanes,
                    x,
                    xStart,
                    xLine,
                    xStep,
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
                    xLines,
                    yLines,
                    inner,
                    blockLanes,
                    x,
                    xStart,
                    xLine,
                    xStep,
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
                    xLines, yLines, blockLanes, x, xStart, xLine, y, yStart, yLine, c, cStart, cLineX, cLineY);
        } else {
            laned(
                    xLines,
                    yLines,
                    inner,
                    blockLanes,
                    x,
                    xStart,
                    xLine,
                    xStep,
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
            int xLines,
            int yLines,
            int inner,
            int blockLanes,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
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
                        inner,
                        blockLanes,
                        x,
                        xStart + i * xLine,
                        xLine,
                        xStep,
                        y,
                        q,
                        yLine,
                        yStep,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            for (; i + 2 <= xLines; i += 2) {
                VectorLaneTiles.twoByFour(
                        inner,
                        blockLanes,
                        x,
                        xStart + i * xLine,
                        xLine,
                        xStep,
                        y,
                        q,
                        yLine,
                        yStep,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            if (i < xLines && pairs) {
                VectorLaneTiles.oneByFourPairs(
                        inner, blockLanes, x, xStart + i * xLine, xStep, y, q, yLine, yStep, c, t + i * cLineX, cLineY);
            } else if (i < xLines) {
                VectorLaneTiles.oneByFour(
                        inner, blockLanes, x, xStart + i * xLine, xStep, y, q, yLine, yStep, c, t + i * cLineX, cLineY);
            }
        }
        for (; j < yLines; j++) {
            for (int i = 0; i < xLines; i++) {
                VectorLaneTiles.one(
                        inner,
                        blockLanes,
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
