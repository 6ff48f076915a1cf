package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer products for {@link VectorLanes}: sums of one product.
 *
 * <p>c[cStart + r·cLineX + s·cLineY + l] = 0 + x[xStart + r·xLine + l] y[yStart + s·yLine + l] for s in [0, lines) and
 * the lanes l in [from, to), a multiple of what one turn takes. Each is a sum of one term, from +0. The lines of x stay
 * in registers while those of y pass.
 */
public final class VectorLaneOuters {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneOuters() {}

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
        int pairs = blockLanes - blockLanes % (2 * SPECIES.length());
        int i = 0;
        for (; i + 4 <= xLines; i += 4) {
            int p = xStart + i * xLine;
            int t = cStart + i * cLineX;
            fourPairs(yLines, 0, pairs, x, p, xLine, y, yStart, yLine, c, t, cLineX, cLineY);
            four(yLines, pairs, blockLanes, x, p, xLine, y, yStart, yLine, c, t, cLineX, cLineY);
        }
        for (; i < xLines; i++) {
            int p = xStart + i * xLine;
            int t = cStart + i * cLineX;
            onePairs(yLines, 0, pairs, x, p, y, yStart, yLine, c, t, cLineY);
            one(yLines, pairs, blockLanes, x, p, y, yStart, yLine, c, t, cLineY);
        }
    }

    /** Four lines of x, two vectors of lanes at a time. */
    private static void fourPairs(
            int lines,
            int from,
            int to,
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
        for (int l = from; l < to; l += 2 * SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factor0A = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factor0B = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
            DoubleVector factor1A = DoubleVector.fromArray(SPECIES, x, p + xLine);
            DoubleVector factor1B = DoubleVector.fromArray(SPECIES, x, p + xLine + SPECIES.length());
            DoubleVector factor2A = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine);
            DoubleVector factor2B = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine + SPECIES.length());
            DoubleVector factor3A = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine);
            DoubleVector factor3B = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine + SPECIES.length());
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector termA = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector termB = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                factor0A.fma(termA, zero).intoArray(c, t);
                factor0B.fma(termB, zero).intoArray(c, t + SPECIES.length());
                factor1A.fma(termA, zero).intoArray(c, t + cLineX);
                factor1B.fma(termB, zero).intoArray(c, t + cLineX + SPECIES.length());
                factor2A.fma(termA, zero).intoArray(c, t + 2 * cLineX);
                factor2B.fma(termB, zero).intoArray(c, t + 2 * cLineX + SPECIES.length());
                factor3A.fma(termA, zero).intoArray(c, t + 3 * cLineX);
                factor3B.fma(termB, zero).intoArray(c, t + 3 * cLineX + SPECIES.length());
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** Four lines of x, one vector of lanes at a time. */
    private static void four(
            int lines,
            int from,
            int to,
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
        for (int l = from; l < to; l += SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factor0 = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factor1 = DoubleVector.fromArray(SPECIES, x, p + xLine);
            DoubleVector factor2 = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine);
            DoubleVector factor3 = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine);
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                factor0.fma(term, zero).intoArray(c, t);
                factor1.fma(term, zero).intoArray(c, t + cLineX);
                factor2.fma(term, zero).intoArray(c, t + 2 * cLineX);
                factor3.fma(term, zero).intoArray(c, t + 3 * cLineX);
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** One line of x, two vectors of lanes at a time. */
    private static void onePairs(
            int lines,
            int from,
            int to,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            int yLine,
            double[] c,
            int cStart,
            int cLineY) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int l = from; l < to; l += 2 * SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factorA = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factorB = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector termA = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector termB = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                factorA.fma(termA, zero).intoArray(c, t);
                factorB.fma(termB, zero).intoArray(c, t + SPECIES.length());
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** One line of x, one vector of lanes at a time. */
    private static void one(
            int lines,
            int from,
            int to,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            int yLine,
            double[] c,
            int cStart,
            int cLineY) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int l = from; l < to; l += SPECIES.length()) {
            int p = xStart + l;
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                factor.fma(term, zero).intoArray(c, t);
                q += yLine;
                t += cLineY;
            }
        }
    }
}
