package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer products for {@link VectorLanes}: sums of one product.
 *
 * <p>c[cStart + r·cLineX + s·cLineY + l] = 0 + x[xStart + r·xLine + l] y[yStart + s·yLine + l] for s in [0, lines) and the lanes l in [from, to), a multiple
 * of what one turn takes. The addition makes −0 to +0, as in a sum of more. The lines of x stay in registers while those of y pass.
 */
final class VectorLaneOuters {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneOuters() {}

    /** Four lines of x, two vectors of lanes at a time. */
    static void fourPairs(
            int from,
            int to,
            int lines,
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
            DoubleVector factor0a = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factor0b = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
            DoubleVector factor1a = DoubleVector.fromArray(SPECIES, x, p + xLine);
            DoubleVector factor1b = DoubleVector.fromArray(SPECIES, x, p + xLine + SPECIES.length());
            DoubleVector factor2a = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine);
            DoubleVector factor2b = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine + SPECIES.length());
            DoubleVector factor3a = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine);
            DoubleVector factor3b = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine + SPECIES.length());
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector terma = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector termb = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                zero.add(factor0a.mul(terma)).intoArray(c, t);
                zero.add(factor0b.mul(termb)).intoArray(c, t + SPECIES.length());
                zero.add(factor1a.mul(terma)).intoArray(c, t + cLineX);
                zero.add(factor1b.mul(termb)).intoArray(c, t + cLineX + SPECIES.length());
                zero.add(factor2a.mul(terma)).intoArray(c, t + 2 * cLineX);
                zero.add(factor2b.mul(termb)).intoArray(c, t + 2 * cLineX + SPECIES.length());
                zero.add(factor3a.mul(terma)).intoArray(c, t + 3 * cLineX);
                zero.add(factor3b.mul(termb)).intoArray(c, t + 3 * cLineX + SPECIES.length());
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** Four lines of x, one vector of lanes at a time. */
    static void four(
            int from,
            int to,
            int lines,
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
                zero.add(factor0.mul(term)).intoArray(c, t);
                zero.add(factor1.mul(term)).intoArray(c, t + cLineX);
                zero.add(factor2.mul(term)).intoArray(c, t + 2 * cLineX);
                zero.add(factor3.mul(term)).intoArray(c, t + 3 * cLineX);
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** One line of x, two vectors of lanes at a time. */
    static void onePairs(
            int from,
            int to,
            int lines,
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
            DoubleVector factora = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector factorb = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
            int q = yStart + l;
            int t = cStart + l;
            for (int s = 0; s < lines; s++) {
                DoubleVector terma = DoubleVector.fromArray(SPECIES, y, q);
                DoubleVector termb = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                zero.add(factora.mul(terma)).intoArray(c, t);
                zero.add(factorb.mul(termb)).intoArray(c, t + SPECIES.length());
                q += yLine;
                t += cLineY;
            }
        }
    }

    /** One line of x, one vector of lanes at a time. */
    static void one(
            int from,
            int to,
            int lines,
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
                zero.add(factor.mul(term)).intoArray(c, t);
                q += yLine;
                t += cLineY;
            }
        }
    }
}
