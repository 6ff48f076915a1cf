package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer products for {@link VectorMatrix}, of at least a vector of columns: c[cStart + i·columns + j] (+)= a[aStart +
 * i] b[bStart + j]. The last vector of a row ends where the row ends; it is read before any other is written, so that
 * what is common to two of them gets the same value. A product is a sum of one term, from +0.
 *
 * <p>All vectors are of one width: with a second one in use, the Java 17 compiler keeps those of other kernels in
 * objects.
 */
public final class VectorOuter {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorOuter() {}

    static void set(int rows, int columns, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int last = columns - SPECIES.length();
        DoubleVector end = DoubleVector.fromArray(SPECIES, b, bStart + last);
        for (int i = 0; i < rows; i++) {
            DoubleVector left = DoubleVector.broadcast(SPECIES, a[aStart + i]);
            int t = cStart + i * columns;
            for (int j = 0; j < last; j += SPECIES.length()) {
                DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + j);
                left.fma(right, zero).intoArray(c, t + j);
            }
            left.fma(end, zero).intoArray(c, t + last);
        }
    }

    static void add(int rows, int columns, double[] a, int aStart, double[] b, int bStart, double[] c, int cStart) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int last = columns - SPECIES.length();
        DoubleVector end = DoubleVector.fromArray(SPECIES, b, bStart + last);
        for (int i = 0; i < rows; i++) {
            DoubleVector left = DoubleVector.broadcast(SPECIES, a[aStart + i]);
            int t = cStart + i * columns;
            DoubleVector sum = DoubleVector.fromArray(SPECIES, c, t + last).add(left.fma(end, zero));
            for (int j = 0; j < last; j += SPECIES.length()) {
                DoubleVector right = DoubleVector.fromArray(SPECIES, b, bStart + j);
                DoubleVector product = left.fma(right, zero);
                DoubleVector.fromArray(SPECIES, c, t + j).add(product).intoArray(c, t + j);
            }
            sum.intoArray(c, t + last);
        }
    }
}
