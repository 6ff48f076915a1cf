package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of the vector products for the last rows and columns, and for processors with 16 registers: 4, 2 or 1
 * rows × 2 vectors.
 *
 * <p>c[cStart + r·cRow + v·cNext + j] (+)= Σ_k a[aStart + r·aRow + k·aStep] b[bStart + k·bStep + v·bNext + j] for r in
 * [0, 4), v in {0, 1}, j in [0, w), w the lanes of a vector. Set and add are separate methods, and no tile has more
 * than 16 accumulators: with either rule broken, the Java 17 compiler keeps vectors in objects.
 *
 * <p>Both vectors of a row of C are read before one is written, so that they may overlap (cNext below w): what is
 * common to both gets the same value.
 */
public final class VectorTileLow {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorTileLow() {}

    static void set4(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2 * aRow]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3 * aRow]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
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
    }

    static void add4(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2 * aRow]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3 * aRow]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
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
    }

    static void set2(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            p += aStep;
            q += bStep;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + cNext);
        t += cRow;
        c10.intoArray(c, t);
        c11.intoArray(c, t + cNext);
    }

    static void add2(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
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
    }

    static void set1(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            p += aStep;
            q += bStep;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + cNext);
    }

    static void add1(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bNext,
            double[] c,
            int cStart,
            int cRow,
            int cNext) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bNext);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            p += aStep;
            q += bStep;
        }
        int t = cStart;
        c00 = DoubleVector.fromArray(SPECIES, c, t).add(c00);
        c01 = DoubleVector.fromArray(SPECIES, c, t + cNext).add(c01);
        c00.intoArray(c, t);
        c01.intoArray(c, t + cNext);
    }
}
