package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of many lanes at once with vectors along the lanes.
 *
 * <p>The inner loops hold one vector of lanes of one entry of a line x, and of four entries of lines y: four independent sums, each in
 * increasing k from +0 with separate multiplication and addition, so the bits are those of {@link ScalarLanes}. x is the operand whose
 * entries may be shared by all lanes; which of A and B plays it is a matter of strides.
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
                for (int l = 0; l < blockLanes; l += SPECIES.length()) {
                    int p = xStart + l * xLane;
                    if (count == 4) {
                        four(add, shared, inner, x, p, xStep, y, yStart + l, yStep, yLine, c, cStart + l, cLineY);
                    } else {
                        one(add, shared, inner, x, p, xStep, y, yStart + l, yStep, c, cStart + l);
                    }
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
                addShared4(inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
            } else {
                setShared4(inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
            }
        } else if (add) {
            addLaned4(inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
        } else {
            setLaned4(inner, x, xStart, xStep, y, yStart, yStep, yLine, c, cStart, cLine);
        }
    }

    private static void one(
            boolean add,
            boolean shared,
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
                addShared1(inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
            } else {
                setShared1(inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
            }
        } else if (add) {
            addLaned1(inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
        } else {
            setLaned1(inner, x, xStart, xStep, y, yStart, yStep, c, cStart);
        }
    }

    private static void setLaned4(
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
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
            c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
            c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
            p += xStep;
            q += yStep;
        }
        c0.intoArray(c, cStart);
        c1.intoArray(c, cStart + cLine);
        c2.intoArray(c, cStart + 2 * cLine);
        c3.intoArray(c, cStart + 3 * cLine);
    }

    private static void addLaned4(
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
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
            c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
            c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
            p += xStep;
            q += yStep;
        }
        DoubleVector.fromArray(SPECIES, c, cStart).add(c0).intoArray(c, cStart);
        DoubleVector.fromArray(SPECIES, c, cStart + cLine).add(c1).intoArray(c, cStart + cLine);
        DoubleVector.fromArray(SPECIES, c, cStart + 2 * cLine).add(c2).intoArray(c, cStart + 2 * cLine);
        DoubleVector.fromArray(SPECIES, c, cStart + 3 * cLine).add(c3).intoArray(c, cStart + 3 * cLine);
    }

    private static void setShared4(
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
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
            c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
            c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
            p += xStep;
            q += yStep;
        }
        c0.intoArray(c, cStart);
        c1.intoArray(c, cStart + cLine);
        c2.intoArray(c, cStart + 2 * cLine);
        c3.intoArray(c, cStart + 3 * cLine);
    }

    private static void addShared4(
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
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
            c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
            c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
            p += xStep;
            q += yStep;
        }
        DoubleVector.fromArray(SPECIES, c, cStart).add(c0).intoArray(c, cStart);
        DoubleVector.fromArray(SPECIES, c, cStart + cLine).add(c1).intoArray(c, cStart + cLine);
        DoubleVector.fromArray(SPECIES, c, cStart + 2 * cLine).add(c2).intoArray(c, cStart + 2 * cLine);
        DoubleVector.fromArray(SPECIES, c, cStart + 3 * cLine).add(c3).intoArray(c, cStart + 3 * cLine);
    }

    private static void setLaned1(
            int inner, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep, double[] c, int cStart) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            p += xStep;
            q += yStep;
        }
        c0.intoArray(c, cStart);
    }

    private static void addLaned1(
            int inner, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep, double[] c, int cStart) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            p += xStep;
            q += yStep;
        }
        DoubleVector.fromArray(SPECIES, c, cStart).add(c0).intoArray(c, cStart);
    }

    private static void setShared1(
            int inner, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep, double[] c, int cStart) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            p += xStep;
            q += yStep;
        }
        c0.intoArray(c, cStart);
    }

    private static void addShared1(
            int inner, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep, double[] c, int cStart) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
            p += xStep;
            q += yStep;
        }
        DoubleVector.fromArray(SPECIES, c, cStart).add(c0).intoArray(c, cStart);
    }
}
