package dev.lowland.core.kernel;

import dev.lowland.core.function.Exponentials;
import dev.lowland.core.function.Logarithms;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions on vectors: the operations of {@code dev.lowland.core.function} in the same order, so the bits are the same.
 * Entries after the last whole vector go to the scalar function.
 */
final class VectorFunctions {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorFunctions() {}

    static void exp(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            VectorExponentials.exp(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.exp(x[i]);
        }
    }

    static void expm1(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            VectorExponentials.expm1(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.expm1(x[i]);
        }
    }

    static void tanh(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            VectorExponentials.tanh(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.tanh(x[i]);
        }
    }

    static void sigmoid(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            VectorExponentials.sigmoid(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.sigmoid(x[i]);
        }
    }

    static void softplus(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            VectorLogarithms.softplus(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Logarithms.softplus(x[i]);
        }
    }

    static void log(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            if (VectorLogarithms.allNormal(v)) {
                VectorLogarithms.logNormal(v).intoArray(out, i);
            } else {
                for (int j = i; j < i + SPECIES.length(); j++) {
                    out[j] = Logarithms.log(x[j]);
                }
            }
        }
        for (int i = block; i < n; i++) {
            out[i] = Logarithms.log(x[i]);
        }
    }
}
