package dev.lowland.core.kernel.vector.function;

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
import static dev.lowland.core.function.Coefficients.SIGMOID_TAIL;

import dev.lowland.core.function.Exponentials;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponentials} on vectors: the same operations in the same order, so the bits are the same. Powers of two are
 * added up in other ways, which rounds nothing; a number is kept in bounds by a comparison, as max and min take longer
 * for the sake of zeros and NaN.
 *
 * <p>The last vector ends where the numbers end, and may overlap the one before it. Each vector is loaded before the
 * one before it is stored, so that this works in place too. What is shorter than a vector goes to the scalar function.
 *
 * <p>Each loop is written out in full: these bodies are long, and a method of ours that the compiler declines to inline
 * would pass its vectors in objects.
 */
public final class VectorExponentials {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private static final long ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;

    private VectorExponentials() {}

    public static void exp(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.exp(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector c = v.blend(EXP_LOWEST, v.compare(VectorOperators.LT, EXP_LOWEST));
            c = c.blend(EXP_HIGHEST, c.compare(VectorOperators.GT, EXP_HIGHEST));
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2));
            DoubleVector high = r.mul(E5).add(E4).add(r.mul(E7).add(E6).mul(r2));
            DoubleVector e = low.add(high.mul(r4)).add(r.mul(E9).add(E8).mul(r4.mul(r4)));
            DoubleVector p = r.add(r2.mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector half = rounded.reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .lanewise(VectorOperators.ASHR, 1)
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector first = half.add(ONE_BITS);
            LongVector second = power.sub(half).add(ONE_BITS);
            p.add(1)
                    .mul(first.reinterpretAsDoubles())
                    .mul(second.reinterpretAsDoubles())
                    .intoArray(out, here);
        }
    }

    public static void sigmoid(int n, double[] x, double[] out) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.sigmoid(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            VectorMask<Double> tail = v.compare(VectorOperators.LT, SIGMOID_TAIL);
            DoubleVector c = v.neg().blend(v, tail);
            c = c.blend(EXP_LOWEST, c.compare(VectorOperators.LT, EXP_LOWEST));
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2));
            DoubleVector high = r.mul(E5).add(E4).add(r.mul(E7).add(E6).mul(r2));
            DoubleVector e = low.add(high.mul(r4)).add(r.mul(E9).add(E8).mul(r4.mul(r4)));
            DoubleVector p = r.add(r2.mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector half = rounded.reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .lanewise(VectorOperators.ASHR, 1)
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector first = half.add(ONE_BITS);
            LongVector second = power.sub(half).add(ONE_BITS);
            DoubleVector y = p.add(1).mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
            one.div(y.add(1)).blend(y, tail).intoArray(out, here);
        }
    }

    public static void expm1(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.expm1(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector c = v.blend(EXPM1_LOWEST, v.compare(VectorOperators.LT, EXPM1_LOWEST));
            c = c.blend(EXP_HIGHEST, c.compare(VectorOperators.GT, EXP_HIGHEST));
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2));
            DoubleVector high = r.mul(E5).add(E4).add(r.mul(E7).add(E6).mul(r2));
            DoubleVector e = low.add(high.mul(r4)).add(r.mul(E9).add(E8).mul(r4.mul(r4)));
            DoubleVector p = r.add(r2.mul(r.mul(e).add(0.5)));
            LongVector power = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector half = rounded.reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .lanewise(VectorOperators.ASHR, 1)
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
            LongVector first = half.add(ONE_BITS);
            LongVector second = power.sub(half).add(ONE_BITS);
            LongVector inverse = k.blend(LARGEST_POWER, k.compare(VectorOperators.GT, LARGEST_POWER))
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
                    .intoArray(out, here);
        }
    }
}
