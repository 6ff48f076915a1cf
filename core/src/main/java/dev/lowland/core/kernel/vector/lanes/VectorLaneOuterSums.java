package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer products that are added to c, for {@link VectorLanes}: sums of one product.
 *
 * <p>c[cStart + r·cLineX + s·cLineY + l] += 0 + x[xStart + r·xLine + l] y[yStart + s·yLine + l] for s in [0, lines) and
 * the lanes l in whole vectors. Each is a sum of one term, from +0. The lines of x stay in registers while those of y
 * pass.
 */
public final class VectorLaneOuterSums {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneOuterSums() {}

    /** All lines of x against all lines of y. */
    static void product(
            int xLines,
            int yLines,
            int blockLanes,
            double[] x,
            int xStart,
            int xLine,
            double[] y,
            int yStart,
            int yLine,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        int i = 0;
        for (; i + 4 <= xLines; i += 4) {
            int p = xStart + i * xLine;
            four(yLines, blockLanes, x, p, xLine, y, yStart, yLine, c, cStart + i * cLineX, cLineX, cLineY);
        }
        for (; i < xLines; i++) {
            int p = xStart + i * xLine;
            one(yLines, blockLanes, x, p, y, yStart, yLine, c, cStart + i * cLineX, cLineY);
        }
    }

    /** Four lines of x, one vector of lanes at a time. */
    private static void four(
            int lines,
            int blockLanes,
            double[] x,
            int xStart,
            int xLine,
            double[] y,
            int yStart,
            int yLine,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factor0 = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factor1 = DoubleVector.fromArray(SPECIES, x, p + xLine);
            DoubleVector factor2 = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine);
            DoubleVector factor3 = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine);
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector.fromArray(SPECIES, c, t)
                        .add(factor0.fma(term, zero))
                        .intoArray(c, t);
                DoubleVector.fromArray(SPECIES, c, t + cLineX)
                        .add(factor1.fma(term, zero))
                        .intoArray(c, t + cLineX);
                DoubleVector.fromArray(SPECIES, c, t + 2 * cLineX)
                        .add(factor2.fma(term, zero))
                        .intoArray(c, t + 2 * cLineX);
                DoubleVector.fromArray(SPECIES, c, t + 3 * cLineX)
                        .add(factor3.fma(term, zero))
                        .intoArray(c, t + 3 * cLineX);
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** One line of x, one vector of lanes at a time. */
    private static void one(
            int lines,
            int blockLanes,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            int yLine,
            double[] c,
            int cStart,
            int cLineY) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector.fromArray(SPECIES, c, t)
                        .add(factor.fma(term, zero))
                        .intoArray(c, t);
                q += yLine;
                t += cLineY;
            }
        }
    }
}
