package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorLanes} that add to c: c[cStart + l] += Σ_k x[xStart + k·xStep + l] y[yStart + k·yStep + l], the whole sum before it
 * meets c.
 */
final class VectorLaneSums {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLaneSums() {}

    static void addLaned(
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

    /** All lanes share x, which has no l. */
    static void addShared(
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
