package dev.lowland.core.kernel.vector.image;

import dev.lowland.core.kernel.scalar.LaneProducts;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of lanes for convolutions, in whole vectors and then one by one. */
public final class VectorLaneProducts implements LaneProducts {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    @Override
    public void add(
            int lanes,
            double[] a,
            int aStart,
            boolean aShared,
            double[] b,
            int bStart,
            boolean bShared,
            double[] c,
            int cStart) {
        int blockLanes = SPECIES.loopBound(lanes);
        if (aShared && bShared) {
            same(blockLanes, a, aStart, b, bStart, c, cStart);
        } else if (aShared) {
            scaled(blockLanes, a, aStart, b, bStart, c, cStart);
        } else if (bShared) {
            scaled(blockLanes, b, bStart, a, aStart, c, cStart);
        } else {
            laned(blockLanes, a, aStart, b, bStart, c, cStart);
        }
        int aLane = aShared ? 0 : 1;
        int bLane = bShared ? 0 : 1;
        for (int l = blockLanes; l < lanes; l++) {
            c[cStart + l] = Math.fma(a[aStart + l * aLane], b[bStart + l * bLane], c[cStart + l]);
        }
    }

    /** A factor a lane on both sides. */
    private static void laned(int blockLanes, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, a, aStart + l);
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + l);
            left.fma(right, DoubleVector.fromArray(SPECIES, c, cStart + l)).intoArray(c, cStart + l);
        }
    }

    /** All lanes share a. */
    private static void scaled(int blockLanes, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector left = DoubleVector.broadcast(SPECIES, a[aStart]);
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + l);
            left.fma(right, DoubleVector.fromArray(SPECIES, c, cStart + l)).intoArray(c, cStart + l);
        }
    }

    /** All lanes share both. */
    private static void same(int blockLanes, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        for (int l = 0; l < blockLanes; l += SPECIES.length()) {
            DoubleVector left = DoubleVector.broadcast(SPECIES, a[aStart]);
            DoubleVector right = DoubleVector.broadcast(SPECIES, b[bStart]);
            left.fma(right, DoubleVector.fromArray(SPECIES, c, cStart + l)).intoArray(c, cStart + l);
        }
    }
}
