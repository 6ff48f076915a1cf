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

import dev.lowland.core.function.ErrorFunction;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ErrorFunction} on vectors: the same operations in the same order, so the bits are the same. Both formulas are
 * computed, unless all entries of a vector are in the centre. The exponential is that of {@link VectorExponentials},
 * without the ends of its range, which are not met.
 */
public final class VectorErrorFunction {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final long ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;

    private VectorErrorFunction() {}

    public static void erf(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.erf(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector size = v.abs();
            DoubleVector square = v.mul(v);
            DoubleVector centre = DoubleVector.broadcast(SPECIES, ErrorFunction.centre(ErrorFunction.CENTRE_TERMS - 1));
            for (int j = ErrorFunction.CENTRE_TERMS - 2; j >= 0; j--) {
                centre = centre.mul(square).add(ErrorFunction.centre(j));
            }
            centre = v.mul(centre);
            VectorMask<Double> inside = size.compare(VectorOperators.LT, 1);
            if (inside.allTrue()) {
                centre.intoArray(out, here);
                continue;
            }
            DoubleVector w =
                    DoubleVector.broadcast(SPECIES, 1).div(size.div(3).add(1)).sub(0.5);
            DoubleVector h = DoubleVector.broadcast(SPECIES, ErrorFunction.tail(ErrorFunction.TAIL_TERMS - 1));
            for (int j = ErrorFunction.TAIL_TERMS - 2; j >= 0; j--) {
                h = h.mul(w).add(ErrorFunction.tail(j));
            }
            DoubleVector c = square.neg();
            DoubleVector rounded = c.mul(INVERSE_LN2).add(ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = c.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2));
            DoubleVector high = r.mul(E5).add(E4).add(r.mul(E7).add(E6).mul(r2));
            DoubleVector e = low.add(high.mul(r4)).add(r.mul(E9).add(E8).mul(r4.mul(r4)));
            DoubleVector p = r.add(r2.mul(r.mul(e).add(0.5)));
            DoubleVector power = rounded.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS)
                    .reinterpretAsDoubles();
            DoubleVector tail = p.add(1).mul(power).mul(h).neg().add(1);
            tail = tail.blend(1, size.compare(VectorOperators.GE, 6));
            tail = tail.reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            tail = tail.blend(v, v.test(VectorOperators.IS_NAN));
            tail.blend(centre, inside).intoArray(out, here);
        }
    }
}
