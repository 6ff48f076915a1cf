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

/**
 * {@link Exponentials} on vectors: the same operations in the same order. Methods are small so that the compiler inlines them, and
 * vectors stay in registers.
 */
final class VectorExponentials {
    private VectorExponentials() {}

    static DoubleVector exp(DoubleVector x) {
        DoubleVector c = x.max(EXP_LOWEST).min(EXP_HIGHEST);
        DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
        return scale(expm1Reduced(c, rounded).add(1), rounded);
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector c = x.max(EXPM1_LOWEST).min(EXP_HIGHEST);
        DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
        DoubleVector k = rounded.sub(ROUNDER).min(LARGEST_POWER);
        DoubleVector mantissa =
                expm1Reduced(c, rounded).add(inversePower(k).neg().add(1));
        return withSign(scale(mantissa, rounded), x);
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector c = x.abs().min(TANH_HIGHEST).mul(2);
        DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
        DoubleVector mantissa = expm1Reduced(c, rounded)
                .add(inversePower(rounded.sub(ROUNDER)).neg().add(1));
        DoubleVector t = mantissa.mul(power(rounded));
        return withSign(t.div(t.add(2)), x);
    }

    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector below = exp(x.neg()).add(1);
        return DoubleVector.broadcast(Vectors.SPECIES, 1).div(below);
    }

    /** eʳ − 1 for the r that is left of c when the whole number in rounded is taken out. */
    private static DoubleVector expm1Reduced(DoubleVector c, DoubleVector rounded) {
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
        return r.add(r.mul(r).mul(r.mul(e).add(0.5)));
    }

    /** x·2ᵏ in two steps, where rounded = ROUNDER + k. */
    private static DoubleVector scale(DoubleVector x, DoubleVector rounded) {
        LongVector k = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
        LongVector half = k.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
        return x.mul(bitsOfPower(half)).mul(bitsOfPower(k.sub(half)));
    }

    private static DoubleVector power(DoubleVector rounded) {
        return bitsOfPower(rounded.reinterpretAsLongs().sub(ROUNDER_BITS));
    }

    private static DoubleVector inversePower(DoubleVector k) {
        return power(k.neg().add(ROUNDER));
    }

    private static DoubleVector bitsOfPower(LongVector k) {
        return k.add(EXPONENT_BIAS)
                .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                .reinterpretAsDoubles();
    }

    private static DoubleVector withSign(DoubleVector magnitude, DoubleVector sign) {
        return magnitude
                .reinterpretAsLongs()
                .and(Long.MAX_VALUE)
                .or(sign.reinterpretAsLongs().and(Long.MIN_VALUE))
                .reinterpretAsDoubles();
    }
}
