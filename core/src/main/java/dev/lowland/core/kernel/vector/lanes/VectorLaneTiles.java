package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes} where both operands have an entry a lane.
 *
 * <p>c[cStart + r·cLineX + s·cLineY + l] = Σ_k x[xStart + r·xLine + k·xStep + l] y[yStart + s·yLine + k·yStep + l] for
 * the lanes l in whole vectors. A tile of R lines r of x against S lines s of y holds the sums of one vector of lanes:
 * R + S loads serve R·S products. Each sum is in increasing k from +0, with separate multiplication and addition.
 */
public final class VectorLaneTiles {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneTiles() {}

    /** Sixteen sums at once, for processors with 32 registers. */
    static void fourByFour(
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
            int inner,
            int blockLanes,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cLineY) {
        for (int l = 0; l < blockLanes; l += 2 * SPECIES.length()) {
            DoubleVector c0A = DoubleVector.zero(SPECIES);
            DoubleVector c0B = DoubleVector.zero(SPECIES);
            DoubleVector c1A = DoubleVector.zero(SPECIES);
            DoubleVector c1B = DoubleVector.zero(SPECIES);
            DoubleVector c2A = DoubleVector.zero(SPECIES);
            DoubleVector c2B = DoubleVector.zero(SPECIES);
            DoubleVector c3A = DoubleVector.zero(SPECIES);
            DoubleVector c3B = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factorA = DoubleVector.fromArray(SPECIES, x, p);
                DoubleVector factorB = DoubleVector.fromArray(SPECIES, x, p + SPECIES.length());
                DoubleVector term0A = DoubleVector.fromArray(SPECIES, y, q);
                c0A = c0A.add(factorA.mul(term0A));
                DoubleVector term0B = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                c0B = c0B.add(factorB.mul(term0B));
                DoubleVector term1A = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c1A = c1A.add(factorA.mul(term1A));
                DoubleVector term1B = DoubleVector.fromArray(SPECIES, y, q + yLine + SPECIES.length());
                c1B = c1B.add(factorB.mul(term1B));
                DoubleVector term2A = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c2A = c2A.add(factorA.mul(term2A));
                DoubleVector term2B = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine + SPECIES.length());
                c2B = c2B.add(factorB.mul(term2B));
                DoubleVector term3A = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c3A = c3A.add(factorA.mul(term3A));
                DoubleVector term3B = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine + SPECIES.length());
                c3B = c3B.add(factorB.mul(term3B));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0A.intoArray(c, t);
            c0B.intoArray(c, t + SPECIES.length());
            c1A.intoArray(c, t + cLineY);
            c1B.intoArray(c, t + cLineY + SPECIES.length());
            c2A.intoArray(c, t + 2 * cLineY);
            c2B.intoArray(c, t + 2 * cLineY + SPECIES.length());
            c3A.intoArray(c, t + 3 * cLineY);
            c3B.intoArray(c, t + 3 * cLineY + SPECIES.length());
        }
    }

    static void oneByFour(
            int inner,
            int blockLanes,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
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
            int inner,
            int blockLanes,
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
}
