package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer products for {@link VectorMatrix}: c[cStart + i·columns + j] (+)= a[aStart + i] b[bStart + j]. A vector of b stays in a register while the rows
 * pass; columns that are left over go in half a vector and then one by one. Products are added with one rounding, and are never −0 by themselves.
 */
final class VectorOuter {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final VectorSpecies<Double> HALF =
            SPECIES.length() == 8 ? DoubleVector.SPECIES_256 : DoubleVector.SPECIES_128;

    private VectorOuter() {}

    static void set(int rows, int columns, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int j = 0;
        for (; j + SPECIES.length() <= columns; j += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + j);
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                right.mul(a[aStart + i]).add(zero).intoArray(c, t);
                t += columns;
            }
        }
        if (j + HALF.length() <= columns) {
            DoubleVector right = DoubleVector.fromArray(HALF, b, bStart + j);
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                right.mul(a[aStart + i]).add(0).intoArray(c, t);
                t += columns;
            }
            j += HALF.length();
        }
        for (; j < columns; j++) {
            double right = b[bStart + j];
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                c[t] = 0 + a[aStart + i] * right;
                t += columns;
            }
        }
    }

    static void add(int rows, int columns, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        int j = 0;
        for (; j + SPECIES.length() <= columns; j += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + j);
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                DoubleVector left = DoubleVector.broadcast(SPECIES, a[aStart + i]);
                left.fma(right, DoubleVector.fromArray(SPECIES, c, t)).intoArray(c, t);
                t += columns;
            }
        }
        if (j + HALF.length() <= columns) {
            DoubleVector right = DoubleVector.fromArray(HALF, b, bStart + j);
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                DoubleVector left = DoubleVector.broadcast(HALF, a[aStart + i]);
                left.fma(right, DoubleVector.fromArray(HALF, c, t)).intoArray(c, t);
                t += columns;
            }
            j += HALF.length();
        }
        for (; j < columns; j++) {
            double right = b[bStart + j];
            int t = cStart + j;
            for (int i = 0; i < rows; i++) {
                c[t] = Math.fma(a[aStart + i], right, c[t]);
                t += columns;
            }
        }
    }
}
