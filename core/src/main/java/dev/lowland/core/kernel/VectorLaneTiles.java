package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes}.
 *
 * <p>c[cStart + r·cLine + l] (+)= Σ_k x[xStart + k·xStep + l] y[yStart + r·yLine + k·yStep + l] for the lanes l in whole vectors; a shared x has no l. Each
 * tile holds one vector of lanes of one or four sums, in increasing k from +0, with separate multiplication and addition.
 */
final class VectorLaneTiles {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneTiles() {}

    static void setLaned4(
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
            int cLine) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            DoubleVector c1 = DoubleVector.zero(SPECIES);
            DoubleVector c2 = DoubleVector.zero(SPECIES);
            DoubleVector c3 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
                c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
                c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
            c1.intoArray(c, t + cLine);
            c2.intoArray(c, t + 2 * cLine);
            c3.intoArray(c, t + 3 * cLine);
        }
    }

    static void addLaned4(
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
            int cLine) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            DoubleVector c1 = DoubleVector.zero(SPECIES);
            DoubleVector c2 = DoubleVector.zero(SPECIES);
            DoubleVector c3 = DoubleVector.zero(SPECIES);
            int p = xStart + l;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, x, p);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
                c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
                c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLine).add(c1).intoArray(c, t + cLine);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLine).add(c2).intoArray(c, t + 2 * cLine);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLine).add(c3).intoArray(c, t + 3 * cLine);
        }
    }

    static void setShared4(
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
            int cLine) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            DoubleVector c1 = DoubleVector.zero(SPECIES);
            DoubleVector c2 = DoubleVector.zero(SPECIES);
            DoubleVector c3 = DoubleVector.zero(SPECIES);
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
                c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
                c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
            c1.intoArray(c, t + cLine);
            c2.intoArray(c, t + 2 * cLine);
            c3.intoArray(c, t + 3 * cLine);
        }
    }

    static void addShared4(
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
            int cLine) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector c0 = DoubleVector.zero(SPECIES);
            DoubleVector c1 = DoubleVector.zero(SPECIES);
            DoubleVector c2 = DoubleVector.zero(SPECIES);
            DoubleVector c3 = DoubleVector.zero(SPECIES);
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                c1 = c1.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + yLine)));
                c2 = c2.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 2 * yLine)));
                c3 = c3.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q + 3 * yLine)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
            DoubleVector.fromArray(SPECIES, c, t + cLine).add(c1).intoArray(c, t + cLine);
            DoubleVector.fromArray(SPECIES, c, t + 2 * cLine).add(c2).intoArray(c, t + 2 * cLine);
            DoubleVector.fromArray(SPECIES, c, t + 3 * cLine).add(c3).intoArray(c, t + 3 * cLine);
        }
    }

    static void setLaned1(
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
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
        }
    }

    static void addLaned1(
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
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
        }
    }

    static void setShared1(
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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            c0.intoArray(c, t);
        }
    }

    static void addShared1(
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
            int p = xStart;
            int q = yStart + l;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
                c0 = c0.add(factor.mul(DoubleVector.fromArray(SPECIES, y, q)));
                p += xStep;
                q += yStep;
            }
            int t = cStart + l;
            DoubleVector.fromArray(SPECIES, c, t).add(c0).intoArray(c, t);
        }
    }
}
