package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes} that add to c: c[cStart + l] += Σ_k x[xStart + k·xStep + l] y[yStart + k·yStep
 * + l], the whole sum before it meets c.
 */
public final class VectorLaneSums {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneSums() {}

    /** All lines of x against all lines of y. */
    static void product(
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
        int j = 0;
        for (; j + 4 <= yLines; j += 4) {
            int q = yStart + j * yLine;
            int t = cStart + j * cLineY;
            int i = 0;
            for (; Vectors.HIGH && i + 4 <= xLines; i += 4) {
                int p = xStart + i * xLine;
                fourByFour(
                        inner, blockLanes, x, p, xLine, xStep, y, q, yLine, yStep, c, t + i * cLineX, cLineX, cLineY);
            }
            for (; i < xLines; i++) {
                int p = xStart + i * xLine;
                oneByFour(inner, blockLanes, x, p, xStep, y, q, yLine, yStep, c, t + i * cLineX, cLineY);
            }
        }
        for (; j < yLines; j++) {
            for (int i = 0; i < xLines; i++) {
                int p = xStart + i * xLine;
                int q = yStart + j * yLine;
                addLaned(inner, blockLanes, x, p, xStep, y, q, yStep, c, cStart + i * cLineX + j * cLineY);
            }
        }
    }

    /** Sixteen sums at once, for processors with 32 registers. */
    private static void fourByFour(
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
            DoubleVector.fromArray(SPECIES, c, t).add(c00).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLineY).add(c01).intoArray(c, t + cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLineY).add(c02).intoArray(c, t + 2 * cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLineY).add(c03).intoArray(c, t + 3 * cLineY);
            t += cLineX;
            DoubleVector.fromArray(SPECIES, c, t).add(c10).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLineY).add(c11).intoArray(c, t + cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLineY).add(c12).intoArray(c, t + 2 * cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLineY).add(c13).intoArray(c, t + 3 * cLineY);
            t += cLineX;
            DoubleVector.fromArray(SPECIES, c, t).add(c20).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLineY).add(c21).intoArray(c, t + cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLineY).add(c22).intoArray(c, t + 2 * cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLineY).add(c23).intoArray(c, t + 3 * cLineY);
            t += cLineX;
            DoubleVector.fromArray(SPECIES, c, t).add(c30).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLineY).add(c31).intoArray(c, t + cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLineY).add(c32).intoArray(c, t + 2 * cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLineY).add(c33).intoArray(c, t + 3 * cLineY);
        }
    }

    private static void oneByFour(
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
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLineY).add(c1).intoArray(c, t + cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLineY).add(c2).intoArray(c, t + 2 * cLineY);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLineY).add(c3).intoArray(c, t + 3 * cLineY);
        }
    }

    private static void addLaned(
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
                c0 = factor.fma(term, c0);
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
        }
    }

    /** All lanes share x, which has no l. */
    static void addShared(
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
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
        }
    }
}
