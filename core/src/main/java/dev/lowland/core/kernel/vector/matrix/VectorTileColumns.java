package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of the vector products: 8 rows × 2 vectors of results in 16 registers, for processors with 32, where
 * the rows of A are neighbours: A stored transposed, or copied tile by tile.
 *
 * <p>c[cStart + r·cRow + v·cNext + j] (+)= Σ_k a[aStart + r + k·aStep] b[bStart + k·bStep + v·w + j] for r in [0, 8), v
 * in {0, 1}, j in [0, w), w the lanes of a vector. Set and add are separate methods, and no tile has more than 16
 * accumulators: with either rule broken, the Java 17 compiler keeps vectors in objects.
 *
 * <p>Both vectors of a row of C are read before one is written, so that they may overlap (cNext below w): what is
 * common to both gets the same value. The eight reads of A have constant distances, and cost the compiler one check and
 * no registers for addresses.
 */
public final class VectorTileColumns {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorTileColumns() {}

    static void set8(
            int inner,
            double[] a,
            int aStart,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        DoubleVector c40 = DoubleVector.zero(SPECIES);
        DoubleVector c41 = DoubleVector.zero(SPECIES);
        DoubleVector c50 = DoubleVector.zero(SPECIES);
        DoubleVector c51 = DoubleVector.zero(SPECIES);
        DoubleVector c60 = DoubleVector.zero(SPECIES);
        DoubleVector c61 = DoubleVector.zero(SPECIES);
        DoubleVector c70 = DoubleVector.zero(SPECIES);
        DoubleVector c71 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[p + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[p + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[p + 6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[p + 7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            p += aStep;
            q += bStep;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + cNext);
        t += cRow;
        c10.intoArray(c, t);
        c11.intoArray(c, t + cNext);
        t += cRow;
        c20.intoArray(c, t);
        c21.intoArray(c, t + cNext);
        t += cRow;
        c30.intoArray(c, t);
        c31.intoArray(c, t + cNext);
        t += cRow;
        c40.intoArray(c, t);
        c41.intoArray(c, t + cNext);
        t += cRow;
        c50.intoArray(c, t);
        c51.intoArray(c, t + cNext);
        t += cRow;
        c60.intoArray(c, t);
        c61.intoArray(c, t + cNext);
        t += cRow;
        c70.intoArray(c, t);
        c71.intoArray(c, t + cNext);
    }

    static void add8(
            int inner,
            double[] a,
            int aStart,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        DoubleVector c40 = DoubleVector.zero(SPECIES);
        DoubleVector c41 = DoubleVector.zero(SPECIES);
        DoubleVector c50 = DoubleVector.zero(SPECIES);
        DoubleVector c51 = DoubleVector.zero(SPECIES);
        DoubleVector c60 = DoubleVector.zero(SPECIES);
        DoubleVector c61 = DoubleVector.zero(SPECIES);
        DoubleVector c70 = DoubleVector.zero(SPECIES);
        DoubleVector c71 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[p + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[p + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[p + 6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[p + 7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            p += aStep;
            q += bStep;
        }
        int t = cStart;
        c00 = DoubleVector.fromArray(SPECIES, c, t).add(c00);
        c01 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c01);
        c00.intoArray(c, t);
        c01.intoArray(c, t + cNext);
        t += cRow;
        c10 = DoubleVector.fromArray(SPECIES, c, t).add(c10);
        c11 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c11);
        c10.intoArray(c, t);
        c11.intoArray(c, t + cNext);
        t += cRow;
        c20 = DoubleVector.fromArray(SPECIES, c, t).add(c20);
        c21 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c21);
        c20.intoArray(c, t);
        c21.intoArray(c, t + cNext);
        t += cRow;
        c30 = DoubleVector.fromArray(SPECIES, c, t).add(c30);
        c31 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c31);
        c30.intoArray(c, t);
        c31.intoArray(c, t + cNext);
        t += cRow;
        c40 = DoubleVector.fromArray(SPECIES, c, t).add(c40);
        c41 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c41);
        c40.intoArray(c, t);
        c41.intoArray(c, t + cNext);
        t += cRow;
        c50 = DoubleVector.fromArray(SPECIES, c, t).add(c50);
        c51 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c51);
        c50.intoArray(c, t);
        c51.intoArray(c, t + cNext);
        t += cRow;
        c60 = DoubleVector.fromArray(SPECIES, c, t).add(c60);
        c61 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c61);
        c60.intoArray(c, t);
        c61.intoArray(c, t + cNext);
        t += cRow;
        c70 = DoubleVector.fromArray(SPECIES, c, t).add(c70);
        c71 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c71);
        c70.intoArray(c, t);
        c71.intoArray(c, t + cNext);
    }
}
