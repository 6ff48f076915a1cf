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
import static dev.lowland.core.function.Coefficients.EXPONENT_BIAS;
import static dev.lowland.core.function.Coefficients.GAUSSIAN_HIGHEST;
import static dev.lowland.core.function.Coefficients.INVERSE_LN2;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.NORMAL_HIGHEST;
import static dev.lowland.core.function.Coefficients.NORMAL_PEAK;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;
import static dev.lowland.core.function.Coefficients.UPPER_HALF;
import static dev.lowland.core.function.GaussianFunctions.NEAR;
import static dev.lowland.core.function.GaussianFunctions.NEAR_POLE;
import static dev.lowland.core.function.GaussianFunctions.NEAR_ZERO;
import static dev.lowland.core.function.GaussianFunctions.TERMS;

import dev.lowland.core.function.GaussianFunctions;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link GaussianFunctions} on vectors, in the manner of {@link VectorExponentials}. */
public final class VectorGaussians {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private static final long ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;

    private VectorGaussians() {}

    public static void gaussian(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.gaussian(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(GAUSSIAN_HIGHEST, a.compare(VectorOperators.GT, GAUSSIAN_HIGHEST));
            DoubleVector h = a.reinterpretAsLongs().and(UPPER_HALF).reinterpretAsDoubles();
            DoubleVector lost = a.sub(h).mul(a.add(h));
            DoubleVector c = h.mul(h).neg();
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW)).sub(lost);
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
            DoubleVector bell = p.add(1)
                    .mul(half.add(ONE_BITS).reinterpretAsDoubles())
                    .mul(power.sub(half).add(ONE_BITS).reinterpretAsDoubles());
            bell.intoArray(out, here);
        }
    }

    public static void normalDensity(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.normalDensity(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(NORMAL_HIGHEST, a.compare(VectorOperators.GT, NORMAL_HIGHEST));
            DoubleVector h = a.reinterpretAsLongs().and(UPPER_HALF).reinterpretAsDoubles();
            DoubleVector lost = a.sub(h).mul(a.add(h)).mul(0.5);
            DoubleVector c = h.mul(h).neg().mul(0.5);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW)).sub(lost);
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
            DoubleVector bell = p.add(1)
                    .mul(half.add(ONE_BITS).reinterpretAsDoubles())
                    .mul(power.sub(half).add(ONE_BITS).reinterpretAsDoubles());
            bell.mul(NORMAL_PEAK).intoArray(out, here);
        }
    }

    public static void normalCdf(int n, double[] x, double[] out) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.normalCdf(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(NORMAL_HIGHEST, a.compare(VectorOperators.GT, NORMAL_HIGHEST));
            VectorMask<Double> near = a.compare(VectorOperators.LT, NEAR);
            DoubleVector quotient = one.blend(a.sub(NEAR_ZERO), near).div(a.blend(a.add(NEAR_POLE), near));
            DoubleVector w = quotient.mul(quotient).blend(quotient, near);
            DoubleVector height = DoubleVector.broadcast(SPECIES, GaussianFunctions.far(TERMS - 1))
                    .blend(GaussianFunctions.near(TERMS - 1), near);
            for (int j = TERMS - 2; j >= 0; j--) {
                DoubleVector term = DoubleVector.broadcast(SPECIES, GaussianFunctions.far(j))
                        .blend(GaussianFunctions.near(j), near);
                height = height.mul(w).add(term);
            }
            height = height.mul(quotient).blend(height, near);
            DoubleVector h = a.reinterpretAsLongs().and(UPPER_HALF).reinterpretAsDoubles();
            DoubleVector lost = a.sub(h).mul(a.add(h)).mul(0.5);
            DoubleVector c = h.mul(h).neg().mul(0.5);
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW)).sub(lost);
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
            DoubleVector bell = p.add(1)
                    .mul(half.add(ONE_BITS).reinterpretAsDoubles())
                    .mul(power.sub(half).add(ONE_BITS).reinterpretAsDoubles());
            DoubleVector tail = bell.mul(height);
            tail.blend(tail.neg().add(1), v.compare(VectorOperators.GT, 0)).intoArray(out, here);
        }
    }
}
