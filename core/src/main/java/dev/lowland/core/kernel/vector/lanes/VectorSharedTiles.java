package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes} where all lanes share x.
 *
 * <p>As in {@link VectorLaneTiles}, but x has no l: c[cStart + r·cLineX + s·cLineY + l] = Σ_k x[xStart + r·xLine +
 * k·xStep] y[yStart + s·yLine + k·yStep + l].
 */
public final class VectorSharedTiles {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorSharedTiles() {}

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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor0 = DoubleVector.broadcast(SPECIES, x[p]);
                DoubleVector factor1 = DoubleVector.broadcast(SPECIES, x[p + xLine]);
                DoubleVector factor2 = DoubleVector.broadcast(SPECIES, x[p + 2 * xLine]);
                DoubleVector factor3 = DoubleVector.broadcast(SPECIES, x[p + 3 * xLine]);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c00 = factor0.fma(term0, c00);
                c10 = factor1.fma(term0, c10);
                c20 = factor2.fma(term0, c20);
                c30 = factor3.fma(term0, c30);
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c01 = factor0.fma(term1, c01);
                c11 = factor1.fma(term1, c11);
                c21 = factor2.fma(term1, c21);
                c31 = factor3.fma(term1, c31);
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c02 = factor0.fma(term2, c02);
                c12 = factor1.fma(term2, c12);
                c22 = factor2.fma(term2, c22);
                c32 = factor3.fma(term2, c32);
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c03 = factor0.fma(term3, c03);
                c13 = factor1.fma(term3, c13);
                c23 = factor2.fma(term3, c23);
                c33 = factor3.fma(term3, c33);
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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor0 = DoubleVector.broadcast(SPECIES, x[p]);
                DoubleVector factor1 = DoubleVector.broadcast(SPECIES, x[p + xLine]);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c00 = factor0.fma(term0, c00);
                c10 = factor1.fma(term0, c10);
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c01 = factor0.fma(term1, c01);
                c11 = factor1.fma(term1, c11);
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c02 = factor0.fma(term2, c02);
                c12 = factor1.fma(term2, c12);
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c03 = factor0.fma(term3, c03);
                c13 = factor1.fma(term3, c13);
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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                DoubleVector term0 = DoubleVector.fromArray(SPECIES, y, q);
                c0 = factor.fma(term0, c0);
                DoubleVector term1 = DoubleVector.fromArray(SPECIES, y, q + yLine);
                c1 = factor.fma(term1, c1);
                DoubleVector term2 = DoubleVector.fromArray(SPECIES, y, q + 2 * yLine);
                c2 = factor.fma(term2, c2);
                DoubleVector term3 = DoubleVector.fromArray(SPECIES, y, q + 3 * yLine);
                c3 = factor.fma(term3, c3);
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

    /** Two vectors of lanes at a time: {@code blockLanes} is a multiple of both. */
    static void threeByOne(
            int inner,
            int blockLanes,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart,
            int cLineX) {
        for (int l = 0; l < blockLanes; l += 2 * SPECIES.length()) {
            DoubleVector c0A = DoubleVector.zero(SPECIES);
            DoubleVector c0B = DoubleVector.zero(SPECIES);
            DoubleVector c1A = DoubleVector.zero(SPECIES);
            DoubleVector c1B = DoubleVector.zero(SPECIES);
            DoubleVector c2A = DoubleVector.zero(SPECIES);
            DoubleVector c2B = DoubleVector.zero(SPECIES);
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor0 = DoubleVector.broadcast(SPECIES, x[p]);
                DoubleVector factor1 = DoubleVector.broadcast(SPECIES, x[p + xLine]);
                DoubleVector factor2 = DoubleVector.broadcast(SPECIES, x[p + 2 * xLine]);
                DoubleVector termA = DoubleVector.fromArray(SPECIES, y, q);
                c0A = factor0.fma(termA, c0A);
                c1A = factor1.fma(termA, c1A);
                c2A = factor2.fma(termA, c2A);
                DoubleVector termB = DoubleVector.fromArray(SPECIES, y, q + SPECIES.length());
                c0B = factor0.fma(termB, c0B);
                c1B = factor1.fma(termB, c1B);
                c2B = factor2.fma(termB, c2B);
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0A.intoArray(c, t);
            c0B.intoArray(c, t + SPECIES.length());
            t += cLineX;
            c1A.intoArray(c, t);
            c1B.intoArray(c, t + SPECIES.length());
            t += cLineX;
            c2A.intoArray(c, t);
            c2B.intoArray(c, t + SPECIES.length());
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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                DoubleVector term = DoubleVector.fromArray(SPECIES, y, q);
                c0 = factor.fma(term, c0);
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
        }
    }
}
