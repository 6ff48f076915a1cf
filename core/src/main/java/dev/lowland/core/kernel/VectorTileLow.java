package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of the vector products for the last rows, and for processors with 16 registers: 4, 2 or 1 rows × 2 vectors.
 *
 * <p>c[cStart + r·cRow + j] (+)= Σ_k a[aStart + r·aRow + k·aStep] b[bStart + k·2w + j] for j in [0, 2w), w the lanes of a vector. Set and add are separate
 * methods, and no tile has more than 16 accumulators: with either rule broken, the Java 17 compiler keeps vectors in objects.
 */
final class VectorTileLow {
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
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
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
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
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
            q += 2 * width;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + width);
        t += cRow;
        c10.intoArray(c, t);
        c11.intoArray(c, t + width);
        t += cRow;
        c20.intoArray(c, t);
        c21.intoArray(c, t + width);
        t += cRow;
        c30.intoArray(c, t);
        c31.intoArray(c, t + width);
    }

    static void add4(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
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
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
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
            q += 2 * width;
        }
        int t = cStart;
        DoubleVector.fromArray(SPECIES, c, t).add(c00).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c01).intoArray(c, t + width);
        t += cRow;
        DoubleVector.fromArray(SPECIES, c, t).add(c10).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c11).intoArray(c, t + width);
        t += cRow;
        DoubleVector.fromArray(SPECIES, c, t).add(c20).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c21).intoArray(c, t + width);
        t += cRow;
        DoubleVector.fromArray(SPECIES, c, t).add(c30).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c31).intoArray(c, t + width);
    }

    static void set2(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            p += aStep;
            q += 2 * width;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + width);
        t += cRow;
        c10.intoArray(c, t);
        c11.intoArray(c, t + width);
    }

    static void add2(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            p += aStep;
            q += 2 * width;
        }
        int t = cStart;
        DoubleVector.fromArray(SPECIES, c, t).add(c00).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c01).intoArray(c, t + width);
        t += cRow;
        DoubleVector.fromArray(SPECIES, c, t).add(c10).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c11).intoArray(c, t + width);
    }

    static void set1(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            p += aStep;
            q += 2 * width;
        }
        int t = cStart;
        c00.intoArray(c, t);
        c01.intoArray(c, t + width);
    }

    static void add1(
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            double[] c,
            int cStart,
            int cRow) {
        int width = SPECIES.length();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        int p = aStart;
        int q = bStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + width);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            p += aStep;
            q += 2 * width;
        }
        int t = cStart;
        DoubleVector.fromArray(SPECIES, c, t).add(c00).intoArray(c, t);
        DoubleVector.fromArray(SPECIES, c, t + width).add(c01).intoArray(c, t + width);
    }
}
