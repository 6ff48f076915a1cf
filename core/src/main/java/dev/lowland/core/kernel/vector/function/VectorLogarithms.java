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
import static dev.lowland.core.function.Coefficients.EXP_LOWEST;
import static dev.lowland.core.function.Coefficients.FOLD;
import static dev.lowland.core.function.Coefficients.INVERSE_LN2;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.P0;
import static dev.lowland.core.function.Coefficients.P1;
import static dev.lowland.core.function.Coefficients.P2;
import static dev.lowland.core.function.Coefficients.P3;
import static dev.lowland.core.function.Coefficients.P4;
import static dev.lowland.core.function.Coefficients.P5;
import static dev.lowland.core.function.Coefficients.P6;
import static dev.lowland.core.function.Coefficients.ROOT_HALF_BITS;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;

import dev.lowland.core.function.Logarithms;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Logarithms} on vectors: the same operations in the same order, so the bits are the same. Vectors with a
 * special value go to the scalar function. The loops are written out in full, as in {@link VectorExponentials}.
 */
public final class VectorLogarithms {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private static final long ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;

    private VectorLogarithms() {}

    public static void log(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.log(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            VectorMask<Double> large = v.compare(VectorOperators.GE, Double.MIN_NORMAL);
            if (!large.and(v.compare(VectorOperators.LE, Double.MAX_VALUE)).allTrue()) {
                v.intoArray(out, here);
                ScalarFunctions.log(here, here + SPECIES.length(), out, out);
                continue;
            }
            LongVector bits = v.reinterpretAsLongs();
            LongVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
            LongVector mantissa = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
            DoubleVector f = mantissa.reinterpretAsDoubles().sub(1);
            DoubleVector d = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector q = z.mul(P6).add(P5);
            q = q.mul(z).add(P4);
            q = q.mul(z).add(P3);
            q = q.mul(z).add(P2);
            q = q.mul(z).add(P1);
            q = q.mul(z).add(P0);
            DoubleVector square = f.mul(0.5).mul(f);
            DoubleVector small = s.mul(square.add(z.mul(q))).add(d.mul(LN2_LOW).add(0));
            DoubleVector logarithm = d.mul(LN2_HIGH).sub(square.sub(small).sub(f));
            logarithm.intoArray(out, here);
        }
    }

    public static void log1p(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.log1p(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector u = v.add(1);
            VectorMask<Double> ordinary = u.compare(VectorOperators.GT, 0);
            if (!ordinary.and(u.compare(VectorOperators.LE, Double.MAX_VALUE)).allTrue()) {
                v.intoArray(out, here);
                ScalarFunctions.log1p(here, here + SPECIES.length(), out, out);
                continue;
            }
            VectorMask<Double> near = v.compare(VectorOperators.GT, -0.25).and(v.compare(VectorOperators.LT, FOLD));
            DoubleVector small = v.sub(u.sub(1));
            DoubleVector large = u.sub(v).neg().add(1);
            DoubleVector lost =
                    small.blend(large, v.compare(VectorOperators.GE, 1)).div(u).blend(0, near);
            LongVector bits = u.reinterpretAsLongs();
            LongVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
            LongVector mantissa = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
            DoubleVector f = mantissa.reinterpretAsDoubles().sub(1).blend(v, near);
            DoubleVector d = exponent.add(ROUNDER_BITS)
                    .reinterpretAsDoubles()
                    .sub(ROUNDER)
                    .blend(0, near);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector q = z.mul(P6).add(P5);
            q = q.mul(z).add(P4);
            q = q.mul(z).add(P3);
            q = q.mul(z).add(P2);
            q = q.mul(z).add(P1);
            q = q.mul(z).add(P0);
            DoubleVector square = f.mul(0.5).mul(f);
            DoubleVector rest = s.mul(square.add(z.mul(q))).add(d.mul(LN2_LOW).add(lost));
            DoubleVector logarithm = d.mul(LN2_HIGH).sub(square.sub(rest).sub(f));
            logarithm.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(out, here);
        }
    }

    public static void softplus(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.softplus(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector c = v.abs().neg();
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
            VectorMask<Double> fold = y.compare(VectorOperators.GE, FOLD);
            DoubleVector f = y.blend(y.sub(1).mul(0.5), fold);
            DoubleVector d = DoubleVector.zero(SPECIES).blend(1, fold);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector q = z.mul(P6).add(P5);
            q = q.mul(z).add(P4);
            q = q.mul(z).add(P3);
            q = q.mul(z).add(P2);
            q = q.mul(z).add(P1);
            q = q.mul(z).add(P0);
            DoubleVector square = f.mul(0.5).mul(f);
            DoubleVector small = s.mul(square.add(z.mul(q))).add(d.mul(LN2_LOW).add(0));
            DoubleVector logarithm = d.mul(LN2_HIGH).sub(square.sub(small).sub(f));
            v.blend(0, v.compare(VectorOperators.LE, 0)).add(logarithm).intoArray(out, here);
        }
    }
}
