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
import static dev.lowland.core.function.Coefficients.INVERSE_LN2;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.SECH_HIGHEST;
import static dev.lowland.core.function.Coefficients.TANH_HIGHEST;
import static dev.lowland.core.function.Coefficients.TANH_P0;
import static dev.lowland.core.function.Coefficients.TANH_P1;
import static dev.lowland.core.function.Coefficients.TANH_P2;
import static dev.lowland.core.function.Coefficients.TANH_Q0;
import static dev.lowland.core.function.Coefficients.TANH_Q1;
import static dev.lowland.core.function.Coefficients.TANH_Q2;
import static dev.lowland.core.function.Coefficients.TANH_SCALE;
import static dev.lowland.core.function.Coefficients.TANH_SMALL;

import dev.lowland.core.function.Exponentials;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** tanh of {@link Exponentials} and its slope on vectors, in the manner of {@link VectorExponentials}. */
public final class VectorTanh {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private static final long ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;

    /** The bits of {@link dev.lowland.core.function.Coefficients#TANH_SCALE}. */
    private static final long SCALED_BITS = Double.doubleToRawLongBits(TANH_SCALE);

    private VectorTanh() {}

    public static void tanh(int n, double[] x, double[] out) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector minusTwo = DoubleVector.broadcast(SPECIES, -2);
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.tanh(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(TANH_HIGHEST, a.compare(VectorOperators.GT, TANH_HIGHEST));
            DoubleVector c = a.mul(2);
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
            DoubleVector y = p.add(1).mul(power.add(ONE_BITS).reinterpretAsDoubles());
            DoubleVector g = a.mul(a);
            VectorMask<Double> small = a.compare(VectorOperators.LT, TANH_SMALL);
            DoubleVector numerator =
                    a.mul(g).mul(g.mul(TANH_P2).add(TANH_P1).mul(g).add(TANH_P0));
            DoubleVector denominator = g.add(TANH_Q2).mul(g).add(TANH_Q1).mul(g).add(TANH_Q0);
            DoubleVector quotient =
                    minusTwo.blend(numerator, small).div(y.add(1).blend(denominator, small));
            one.blend(a, small)
                    .add(quotient)
                    .reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, here);
        }
    }

    public static void sechSquare(int n, double[] x, double[] out) {
        DoubleVector minusTwo = DoubleVector.broadcast(SPECIES, -2 * TANH_SCALE);
        DoubleVector negative = DoubleVector.broadcast(SPECIES, -2);
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.sechSquare(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(SECH_HIGHEST, a.compare(VectorOperators.GT, SECH_HIGHEST));
            DoubleVector c = a.mul(2);
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
            DoubleVector y = p.add(1).mul(power.add(SCALED_BITS).reinterpretAsDoubles());
            DoubleVector g = a.mul(a);
            VectorMask<Double> small = a.compare(VectorOperators.LT, TANH_SMALL);
            DoubleVector numerator =
                    a.mul(g).mul(g.mul(TANH_P2).add(TANH_P1).mul(g).add(TANH_P0));
            DoubleVector denominator = g.add(TANH_Q2).mul(g).add(TANH_Q1).mul(g).add(TANH_Q0);
            DoubleVector quotient =
                    minusTwo.blend(numerator, small).div(y.add(TANH_SCALE).blend(denominator, small));
            DoubleVector rest = quotient.blend(a.add(quotient).sub(1), small);
            negative.sub(rest).mul(rest).intoArray(out, here);
        }
    }

    public static void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector minusTwo = DoubleVector.broadcast(SPECIES, -2 * TANH_SCALE);
        DoubleVector negative = DoubleVector.broadcast(SPECIES, -2);
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.tanhAndSlope(n, x, out, slope);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector a = v.abs();
            a = a.blend(SECH_HIGHEST, a.compare(VectorOperators.GT, SECH_HIGHEST));
            DoubleVector c = a.mul(2);
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
            DoubleVector y = p.add(1).mul(power.add(SCALED_BITS).reinterpretAsDoubles());
            DoubleVector g = a.mul(a);
            VectorMask<Double> small = a.compare(VectorOperators.LT, TANH_SMALL);
            DoubleVector numerator =
                    a.mul(g).mul(g.mul(TANH_P2).add(TANH_P1).mul(g).add(TANH_P0));
            DoubleVector denominator = g.add(TANH_Q2).mul(g).add(TANH_Q1).mul(g).add(TANH_Q0);
            DoubleVector quotient =
                    minusTwo.blend(numerator, small).div(y.add(TANH_SCALE).blend(denominator, small));
            DoubleVector size = one.blend(a, small).add(quotient);
            DoubleVector rest = quotient.blend(size.sub(1), small);
            negative.sub(rest).mul(rest).intoArray(slope, here);
            size.reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, here);
        }
    }
}
