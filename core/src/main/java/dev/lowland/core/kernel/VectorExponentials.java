package dev.lowland.core.kernel;

import static dev.lowland.core.function.Coefficients.E0;
import static dev.lowland.core.function.Coefficients.E1;
import static dev.lowland.core.function.Coefficients.E2;
import static dev.lowland.core.function.Coefficients.E3;
import static dev.lowland.core.function.Coefficients.E4;
import static dev.lowland.core.function.Coefficients.E5;
import static dev.lowland.core.function.Coefficients.E6;
import static dev.lowland.core.function.Coefficients.E7;
import static dev.lowland.core.function.Coefficients.E8;
import static dev.lowland.core.function.Coefficients.E9;
import static dev.lowland.core.function.Coefficients.EXPM1_LOWEST;
import static dev.lowland.core.function.Coefficients.EXPONENT_BIAS;
import static dev.lowland.core.function.Coefficients.EXP_HIGHEST;
import static dev.lowland.core.function.Coefficients.EXP_LOWEST;
import static dev.lowland.core.function.Coefficients.INVERSE_LN2;
import static dev.lowland.core.function.Coefficients.LARGEST_POWER;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;
import static dev.lowland.core.function.Coefficients.TANH_HIGHEST;

import dev.lowland.core.function.Exponentials;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponentials} on vectors: the same operations in the same order, so the bits are the same. Entries after the last whole vector go
 * to the scalar function.
 *
 * <p>Each loop is written out in full: these bodies are long, and a method of ours that the compiler declines to inline would pass its vectors in
 * objects.
 */
final class VectorExponentials {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorExponentials() {}

    static void exp(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector c = v.max(EXP_LOWEST).min(EXP_HIGHEST);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector e = r.mul(E9).add(E8);
            e = e.mul(r).add(E7);
            e = e.mul(r).add(E6);
            e = e.mul(r).add(E5);
            e = e.mul(r).add(E4);
            e = e.mul(r).add(E3);
            e = e.mul(r).add(E2);
            e = e.mul(r).add(E1);
            e = e.mul(r).add(E0);
            DoubleVector p = r.add(r.mul(r).mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
            LongVector half = power.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
            LongVector first = half.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector second = power.sub(half).add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            p.add(1)
                    .mul(first.reinterpretAsDoubles())
                    .mul(second.reinterpretAsDoubles())
                    .intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.exp(x[i]);
        }
    }

    static void sigmoid(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector c = v.neg().max(EXP_LOWEST).min(EXP_HIGHEST);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector e = r.mul(E9).add(E8);
            e = e.mul(r).add(E7);
            e = e.mul(r).add(E6);
            e = e.mul(r).add(E5);
            e = e.mul(r).add(E4);
            e = e.mul(r).add(E3);
            e = e.mul(r).add(E2);
            e = e.mul(r).add(E1);
            e = e.mul(r).add(E0);
            DoubleVector p = r.add(r.mul(r).mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
            LongVector half = power.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
            LongVector first = half.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector second = power.sub(half).add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            DoubleVector exp = p.add(1).mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
            DoubleVector.broadcast(SPECIES, 1).div(exp.add(1)).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.sigmoid(x[i]);
        }
    }

    static void expm1(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector c = v.max(EXPM1_LOWEST).min(EXP_HIGHEST);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector e = r.mul(E9).add(E8);
            e = e.mul(r).add(E7);
            e = e.mul(r).add(E6);
            e = e.mul(r).add(E5);
            e = e.mul(r).add(E4);
            e = e.mul(r).add(E3);
            e = e.mul(r).add(E2);
            e = e.mul(r).add(E1);
            e = e.mul(r).add(E0);
            DoubleVector p = r.add(r.mul(r).mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
            LongVector half = power.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
            LongVector first = half.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector second = power.sub(half).add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector inverse = k.min(LARGEST_POWER)
                    .neg()
                    .add(ROUNDER)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .add(EXPONENT_BIAS)
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            DoubleVector mantissa = p.add(inverse.reinterpretAsDoubles().neg().add(1));
            DoubleVector size = mantissa.mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
            size.reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.expm1(x[i]);
        }
    }

    static void tanh(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector c = v.abs().min(TANH_HIGHEST).mul(2);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector e = r.mul(E9).add(E8);
            e = e.mul(r).add(E7);
            e = e.mul(r).add(E6);
            e = e.mul(r).add(E5);
            e = e.mul(r).add(E4);
            e = e.mul(r).add(E3);
            e = e.mul(r).add(E2);
            e = e.mul(r).add(E1);
            e = e.mul(r).add(E0);
            DoubleVector p = r.add(r.mul(r).mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
            LongVector inverse = power.neg().add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector whole = power.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            DoubleVector mantissa = p.add(inverse.reinterpretAsDoubles().neg().add(1));
            DoubleVector t = mantissa.mul(whole.reinterpretAsDoubles());
            t.div(t.add(2))
                    .reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Exponentials.tanh(x[i]);
        }
    }
}
