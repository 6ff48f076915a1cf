package dev.lowland.core.kernel;

import static dev.lowland.core.function.Coefficients.FOLD;
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

/** {@link Logarithms} on vectors: the same operations in the same order, for lanes without special values. */
final class VectorLogarithms {
    private VectorLogarithms() {}

    /** Whether every lane is positive, finite and not subnormal. */
    static boolean allNormal(DoubleVector x) {
        return x.compare(VectorOperators.GE, Double.MIN_NORMAL)
                .and(x.compare(VectorOperators.LE, Double.MAX_VALUE))
                .allTrue();
    }

    static DoubleVector logNormal(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        DoubleVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
                .reinterpretAsDoubles()
                .sub(1);
        DoubleVector e = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
        return log1pReduced(f, e);
    }

    static DoubleVector softplus(DoubleVector x) {
        DoubleVector y = VectorExponentials.exp(x.abs().neg());
        VectorMask<Double> fold = y.compare(VectorOperators.GE, FOLD);
        DoubleVector f = y.blend(y.sub(1).mul(0.5), fold);
        DoubleVector e = DoubleVector.zero(Vectors.SPECIES).blend(1, fold);
        return x.max(0).add(log1pReduced(f, e));
    }

    /** e·log 2 + log(1 + f) for 1 + f in [√½, √2). */
    private static DoubleVector log1pReduced(DoubleVector f, DoubleVector e) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector p = z.mul(P6).add(P5);
        p = p.mul(z).add(P4);
        p = p.mul(z).add(P3);
        p = p.mul(z).add(P2);
        p = p.mul(z).add(P1);
        p = p.mul(z).add(P0);
        DoubleVector half = f.mul(0.5).mul(f);
        DoubleVector small = s.mul(half.add(z.mul(p))).add(e.mul(LN2_LOW).add(0));
        return e.mul(LN2_HIGH).sub(half.sub(small).sub(f));
    }
}
