package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes} where both operands have an entry a lane.
 *
 * <p>c[cStart + r·cLineX + s·cLineY + l] = Σ_k x[xStart + r·xLine + k·xStep + l] y[yStart + s·yLine + k·yStep + l] for the lanes l in whole vectors. A tile of R lines r
 * of x against S lines s of y holds the sums of one vector of lanes: R + S loads serve R·S products. Each sum is in increasing k from +0, with separate
 * multiplication and addition.
 */
final class VectorLaneTiles {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneTiles() {}

    /** Sixteen sums at once, for processors with 32 registers. */
    static void fourByFour(
            int blockLanes,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            int xLine,
            double[] y,
            int yStart,
            int yStep,
            int yLine,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c00 = DoubleVector.zero(SPECIES);
            DoubleVector c01 = DoubleVector.zero(SPECIES);
            DoubleVector c02 = DoubleVector.zero(SPECIES);
            DoubleVector c03 = DoubleVector.zero(SPECIES);
            DoubleVector c10 = DoubleVector.zero(SPECIES);
            DoubleVector c11 = DoubleVector.zero(SPECIES);
            DoubleVector c12 = DoubleVector.zero(SPECIES);
            DoubleVector c13 = DoubleVector.zero(SPECIES);
            DoubleVector c20 = DoubleVector.zero(SPECIES);
            DoubleVector c21 = DoubleVector.zero(SPECIES);
            DoubleVector c22 = DoubleVector.zero(SPECIES);
            DoubleVector c23 = DoubleVector.zero(SPECIES);
            DoubleVector c30 = DoubleVector.zero(SPECIES);
            DoubleVector c31 = DoubleVector.zero(SPECIES);
            DoubleVector c32 = DoubleVector.zero(SPECIES);
            DoubleVector c33 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor0 = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector factor1 = DoubleVector.fromArray(SPECIES, x, p + xLine);
                DoubleVector factor2 = DoubleVector.fromArray(SPECIES, x, p + 2 * xLine);
                DoubleVector factor3 = DoubleVector.fromArray(SPECIES, x, p + 3 * xLine);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c00 = c00.add(factor0.mul(term0));
                c10 = c10.add(factor1.mul(term0));
                c20 = c20.add(factor2.mul(term0));
                c30 = c30.add(factor3.mul(term0));
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c01 = c01.add(factor0.mul(term1));
                c11 = c11.add(factor1.mul(term1));
                c21 = c21.add(factor2.mul(term1));
                c31 = c31.add(factor3.mul(term1));
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c02 = c02.add(factor0.mul(term2));
                c12 = c12.add(factor1.mul(term2));
                c22 = c22.add(factor2.mul(term2));
                c32 = c32.add(factor3.mul(term2));
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c03 = c03.add(factor0.mul(term3));
                c13 = c13.add(factor1.mul(term3));
                c23 = c23.add(factor2.mul(term3));
                c33 = c33.add(factor3.mul(term3));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c00.intoArray(c, t);
            c01.intoArray(c, t + cLineY);
            c02.intoArray(c, t + 2 * cLineY);
            c03.intoArray(c, t + 3 * cLineY);
            t += cLineX;
            c10.intoArray(c, t);
            c11.intoArray(c, t + cLineY);
            c12.intoArray(c, t + 2 * cLineY);
            c13.intoArray(c, t + 3 * cLineY);
            t += cLineX;
            c20.intoArray(c, t);
            c21.intoArray(c, t + cLineY);
            c22.intoArray(c, t + 2 * cLineY);
            c23.intoArray(c, t + 3 * cLineY);
            t += cLineX;
            c30.intoArray(c, t);
            c31.intoArray(c, t + cLineY);
            c32.intoArray(c, t + 2 * cLineY);
            c33.intoArray(c, t + 3 * cLineY);
        }
    }

    static void twoByFour(
            int blockLanes,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            int xLine,
            double[] y,
            int yStart,
            int yStep,
            int yLine,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c00 = DoubleVector.zero(SPECIES);
            DoubleVector c01 = DoubleVector.zero(SPECIES);
            DoubleVector c02 = DoubleVector.zero(SPECIES);
            DoubleVector c03 = DoubleVector.zero(SPECIES);
            DoubleVector c10 = DoubleVector.zero(SPECIES);
            DoubleVector c11 = DoubleVector.zero(SPECIES);
            DoubleVector c12 = DoubleVector.zero(SPECIES);
            DoubleVector c13 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor0 = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector factor1 = DoubleVector.fromArray(SPECIES, x, p + xLine);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c00 = c00.add(factor0.mul(term0));
                c10 = c10.add(factor1.mul(term0));
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c01 = c01.add(factor0.mul(term1));
                c11 = c11.add(factor1.mul(term1));
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c02 = c02.add(factor0.mul(term2));
                c12 = c12.add(factor1.mul(term2));
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c03 = c03.add(factor0.mul(term3));
                c13 = c13.add(factor1.mul(term3));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c00.intoArray(c, t);
            c01.intoArray(c, t + cLineY);
            c02.intoArray(c, t + 2 * cLineY);
            c03.intoArray(c, t + 3 * cLineY);
            t += cLineX;
            c10.intoArray(c, t);
            c11.intoArray(c, t + cLineY);
            c12.intoArray(c, t + 2 * cLineY);
            c13.intoArray(c, t + 3 * cLineY);
        }
    }

    /** Two vectors of lanes at a time: {@code blockLanes} is a multiple of both. */
    static void oneByFourPairs(
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
            int cLineY) {
        for (int l = 0; l < blockLanes; l += 2 * SPECIES.length()) {
            DoubleVector c0a = DoubleVector.zero(SPECIES);
            DoubleVector c0b = DoubleVector.zero(SPECIES);
            DoubleVector c1a = DoubleVector.zero(SPECIES);
            DoubleVector c1b = DoubleVector.zero(SPECIES);
            DoubleVector c2a = DoubleVector.zero(SPECIES);
            DoubleVector c2b = DoubleVector.zero(SPECIES);
            DoubleVector c3a = DoubleVector.zero(SPECIES);
            DoubleVector c3b = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factora = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector factorb = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
                DoubleVector term0a = DoubleVector.fromArray(SPECIES, y, q);
                c0a = c0a.add(factora.mul(term0a));
                DoubleVector term0b = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                c0b = c0b.add(factorb.mul(term0b));
                DoubleVector term1a = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c1a = c1a.add(factora.mul(term1a));
                DoubleVector term1b = DoubleVector.fromArray(SPECIES, y, q + yLine + SPECIES.length());
                c1b = c1b.add(factorb.mul(term1b));
                DoubleVector term2a = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c2a = c2a.add(factora.mul(term2a));
                DoubleVector term2b = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine + SPECIES.length());
                c2b = c2b.add(factorb.mul(term2b));
                DoubleVector term3a = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c3a = c3a.add(factora.mul(term3a));
                DoubleVector term3b = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine + SPECIES.length());
                c3b = c3b.add(factorb.mul(term3b));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0a.intoArray(c, t);
            c0b.intoArray(c, t + SPECIES.length());
            c1a.intoArray(c, t + cLineY);
            c1b.intoArray(c, t + cLineY + SPECIES.length());
            c2a.intoArray(c, t + 2 * cLineY);
            c2b.intoArray(c, t + 2 * cLineY + SPECIES.length());
            c3a.intoArray(c, t + 3 * cLineY);
            c3b.intoArray(c, t + 3 * cLineY + SPECIES.length());
        }
    }

    static void oneByFour(
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
            int cLineY) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            DoubleVector c1 = DoubleVector.zero(SPECIES);
            DoubleVector c2 = DoubleVector.zero(SPECIES);
            DoubleVector c3 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c0 = c0.add(factor.mul(term0));
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c1 = c1.add(factor.mul(term1));
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c2 = c2.add(factor.mul(term2));
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c3 = c3.add(factor.mul(term3));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
            c1.intoArray(c, t + cLineY);
            c2.intoArray(c, t + 2 * cLineY);
            c3.intoArray(c, t + 3 * cLineY);
        }
    }

    static void one(
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
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                c0 = c0.add(factor.mul(term));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
        }
    }

    /** One line against one, added to c. */
    static void addOne(
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
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                c0 = c0.add(factor.mul(term));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
        }
    }
}
