package dev.lowland.core.kernel.vector.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes strips of eight rows in registers, for vectors of eight.
 *
 * <p>A square of 8 × 8 takes three rounds. Each exchanges, between pairs of rows 4, 2 and 1 apart, the halves, quarters
 * and eighths that lie across the diagonal: one row keeps its lanes where a bit of the lane's number is 0 and gets the
 * other's where it is 1, moved by as many lanes.
 */
public final class VectorTranspose {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_512;
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);
    private static final VectorMask<Double> BIT_4 = VectorMask.fromLong(SPECIES, 0xF0);
    private static final VectorMask<Double> BIT_2 = VectorMask.fromLong(SPECIES, 0xCC);
    private static final VectorMask<Double> BIT_1 = VectorMask.fromLong(SPECIES, 0xAA);

    private VectorTranspose() {}

    /**
     * out[outStart + k·outStep + r] = x[xStart + r·xRow + k] for r in [0, 8) and k in [0, depth), depth at least 8. The
     * last square overlaps the one before it.
     */
    static void strip(int depth, double[] x, int xStart, int xRow, double[] out, int outStart, int outStep) {
        for (int next = 0; next < depth; next += 8) {
            int k = Math.min(next, depth - 8);
            int p = xStart + k;
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, x, p);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, x, p + xRow);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, x, p + 2 * xRow);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, x, p + 3 * xRow);
            DoubleVector a4 = DoubleVector.fromArray(SPECIES, x, p + 4 * xRow);
            DoubleVector a5 = DoubleVector.fromArray(SPECIES, x, p + 5 * xRow);
            DoubleVector a6 = DoubleVector.fromArray(SPECIES, x, p + 6 * xRow);
            DoubleVector a7 = DoubleVector.fromArray(SPECIES, x, p + 7 * xRow);
            DoubleVector b0 = a0.blend(a4.rearrange(BY_4), BIT_4);
            DoubleVector b1 = a1.blend(a5.rearrange(BY_4), BIT_4);
            DoubleVector b2 = a2.blend(a6.rearrange(BY_4), BIT_4);
            DoubleVector b3 = a3.blend(a7.rearrange(BY_4), BIT_4);
            DoubleVector b4 = a0.rearrange(BY_4).blend(a4, BIT_4);
            DoubleVector b5 = a1.rearrange(BY_4).blend(a5, BIT_4);
            DoubleVector b6 = a2.rearrange(BY_4).blend(a6, BIT_4);
            DoubleVector b7 = a3.rearrange(BY_4).blend(a7, BIT_4);
            a0 = b0.blend(b2.rearrange(BY_2), BIT_2);
            a1 = b1.blend(b3.rearrange(BY_2), BIT_2);
            a2 = b0.rearrange(BY_2).blend(b2, BIT_2);
            a3 = b1.rearrange(BY_2).blend(b3, BIT_2);
            a4 = b4.blend(b6.rearrange(BY_2), BIT_2);
            a5 = b5.blend(b7.rearrange(BY_2), BIT_2);
            a6 = b4.rearrange(BY_2).blend(b6, BIT_2);
            a7 = b5.rearrange(BY_2).blend(b7, BIT_2);
            int t = outStart + k * outStep;
            a0.blend(a1.rearrange(BY_1), BIT_1).intoArray(out, t);
            a0.rearrange(BY_1).blend(a1, BIT_1).intoArray(out, t + outStep);
            t += 2 * outStep;
            a2.blend(a3.rearrange(BY_1), BIT_1).intoArray(out, t);
            a2.rearrange(BY_1).blend(a3, BIT_1).intoArray(out, t + outStep);
            t += 2 * outStep;
            a4.blend(a5.rearrange(BY_1), BIT_1).intoArray(out, t);
            a4.rearrange(BY_1).blend(a5, BIT_1).intoArray(out, t + outStep);
            t += 2 * outStep;
            a6.blend(a7.rearrange(BY_1), BIT_1).intoArray(out, t);
            a6.rearrange(BY_1).blend(a7, BIT_1).intoArray(out, t + outStep);
        }
    }
}
