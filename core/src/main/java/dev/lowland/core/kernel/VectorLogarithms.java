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
import static dev.lowland.core.function.Coefficients.EXPONENT_BIAS;
import static dev.lowland.core.function.Coefficients.EXP_HIGHEST;
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
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Logarithms} on vectors: the same operations in the same order, so the bits are the same. Vectors with a special value, and entries after
 * the last whole vector, go to the scalar function. The loops are written out in full, as in {@link VectorExponentials}.
 */
final class VectorLogarithms {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLogarithms() {}

    static void log(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            VectorMask<Double> large = v.compare(VectorOperators.GE, Double.MIN_NORMAL);
            if (!large.and(v.compare(VectorOperators.LE, Double.MAX_VALUE)).allTrue()) {
                ScalarFunctions.log(x, i, i + SPECIES.length(), out);
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
            logarithm.intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Logarithms.log(x[i]);
        }
    }

    static void softplus(int n, double[] x, double[] out) {
        int block = SPECIES.loopBound(n);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector c = v.abs().neg().max(EXP_LOWEST).min(EXP_HIGHEST);
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
            v.max(0).add(logarithm).intoArray(out, i);
        }
        for (int i = block; i < n; i++) {
            out[i] = Logarithms.softplus(x[i]);
        }
    }
}
