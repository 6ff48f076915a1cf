package dev.lowland.core.kernel.vector.image;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorConvolution}: 8, 4 or 1 rows × 2 vectors of results in registers.
 *
 * <p>c[cv + r·cRow + j] = s[sv + r·sRow + j] + Σ_k a[aStart + k·ROWS + r] b[bv + offsets[k] + j] for k in [0, depth), v
 * in {0, 1} and j in [0, w), w the lanes of a vector: fused multiply-adds in increasing k, from what s holds. The two
 * vectors may be anywhere, and may overlap; s may be c. The factors of a term lie side by side, for one address to
 * serve all rows; and no tile has more than 16 accumulators: with either rule broken, the compiler runs out of
 * registers, and that of Java 17 keeps vectors in objects.
 */
public final class VectorConvolutionTile {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    /** Rows of the largest tile: 8 × 2 accumulators need more than 16 registers, which come with vectors of 8. */
    static final int ROWS = SPECIES.length() == 8 ? 8 : 4;

    private VectorConvolutionTile() {}

    static void rows8(
            int depth,
            double[] a,
            int aStart,
            double[] b,
            int b0,
            int b1,
            int[] offsets,
            double[] s,
            int s0,
            int s1,
            int sRow,
            double[] c,
            int c0,
            int c1,
            int cRow) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, s0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s0 + sRow);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + sRow);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s0 + 2 * sRow);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s1 + 2 * sRow);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s0 + 3 * sRow);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s1 + 3 * sRow);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s0 + 4 * sRow);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, s1 + 4 * sRow);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s0 + 5 * sRow);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, s1 + 5 * sRow);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, s0 + 6 * sRow);
        DoubleVector c61 = DoubleVector.fromArray(SPECIES, s, s1 + 6 * sRow);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, s0 + 7 * sRow);
        DoubleVector c71 = DoubleVector.fromArray(SPECIES, s, s1 + 7 * sRow);
        for (int k = 0; k < depth; k++) {
            int offset = offsets[k];
            int p = aStart + k * ROWS;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, b, b0 + offset);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, b, b1 + offset);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(x0, c00);
            c01 = a0.fma(x1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + 1]);
            c10 = a1.fma(x0, c10);
            c11 = a1.fma(x1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2]);
            c20 = a2.fma(x0, c20);
            c21 = a2.fma(x1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3]);
            c30 = a3.fma(x0, c30);
            c31 = a3.fma(x1, c31);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[p + 4]);
            c40 = a4.fma(x0, c40);
            c41 = a4.fma(x1, c41);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[p + 5]);
            c50 = a5.fma(x0, c50);
            c51 = a5.fma(x1, c51);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[p + 6]);
            c60 = a6.fma(x0, c60);
            c61 = a6.fma(x1, c61);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[p + 7]);
            c70 = a7.fma(x0, c70);
            c71 = a7.fma(x1, c71);
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c1);
        c10.intoArray(c, c0 + cRow);
        c11.intoArray(c, c1 + cRow);
        c20.intoArray(c, c0 + 2 * cRow);
        c21.intoArray(c, c1 + 2 * cRow);
        c30.intoArray(c, c0 + 3 * cRow);
        c31.intoArray(c, c1 + 3 * cRow);
        c40.intoArray(c, c0 + 4 * cRow);
        c41.intoArray(c, c1 + 4 * cRow);
        c50.intoArray(c, c0 + 5 * cRow);
        c51.intoArray(c, c1 + 5 * cRow);
        c60.intoArray(c, c0 + 6 * cRow);
        c61.intoArray(c, c1 + 6 * cRow);
        c70.intoArray(c, c0 + 7 * cRow);
        c71.intoArray(c, c1 + 7 * cRow);
    }

    static void rows4(
            int depth,
            double[] a,
            int aStart,
            double[] b,
            int b0,
            int b1,
            int[] offsets,
            double[] s,
            int s0,
            int s1,
            int sRow,
            double[] c,
            int c0,
            int c1,
            int cRow) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, s0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s0 + sRow);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + sRow);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s0 + 2 * sRow);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s1 + 2 * sRow);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s0 + 3 * sRow);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s1 + 3 * sRow);
        for (int k = 0; k < depth; k++) {
            int offset = offsets[k];
            int p = aStart + k * ROWS;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, b, b0 + offset);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, b, b1 + offset);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(x0, c00);
            c01 = a0.fma(x1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + 1]);
            c10 = a1.fma(x0, c10);
            c11 = a1.fma(x1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2]);
            c20 = a2.fma(x0, c20);
            c21 = a2.fma(x1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3]);
            c30 = a3.fma(x0, c30);
            c31 = a3.fma(x1, c31);
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c1);
        c10.intoArray(c, c0 + cRow);
        c11.intoArray(c, c1 + cRow);
        c20.intoArray(c, c0 + 2 * cRow);
        c21.intoArray(c, c1 + 2 * cRow);
        c30.intoArray(c, c0 + 3 * cRow);
        c31.intoArray(c, c1 + 3 * cRow);
    }

    static void rows1(
            int depth,
            double[] a,
            int aStart,
            double[] b,
            int b0,
            int b1,
            int[] offsets,
            double[] s,
            int s0,
            int s1,
            int sRow,
            double[] c,
            int c0,
            int c1,
            int cRow) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, s0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, s1);
        for (int k = 0; k < depth; k++) {
            int offset = offsets[k];
            int p = aStart + k * ROWS;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, b, b0 + offset);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, b, b1 + offset);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(x0, c00);
            c01 = a0.fma(x1, c01);
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c1);
    }
}
