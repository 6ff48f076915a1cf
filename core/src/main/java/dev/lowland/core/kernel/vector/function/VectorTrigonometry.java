package dev.lowland.core.kernel.vector.function;

import static dev.lowland.core.function.Coefficients.C0;
import static dev.lowland.core.function.Coefficients.C1;
import static dev.lowland.core.function.Coefficients.C2;
import static dev.lowland.core.function.Coefficients.C3;
import static dev.lowland.core.function.Coefficients.C4;
import static dev.lowland.core.function.Coefficients.C5;
import static dev.lowland.core.function.Coefficients.HALF_PI_HIGH;
import static dev.lowland.core.function.Coefficients.HALF_PI_LOW;
import static dev.lowland.core.function.Coefficients.HALF_PI_MIDDLE;
import static dev.lowland.core.function.Coefficients.LARGEST_ANGLE;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.S0;
import static dev.lowland.core.function.Coefficients.S1;
import static dev.lowland.core.function.Coefficients.S2;
import static dev.lowland.core.function.Coefficients.S3;
import static dev.lowland.core.function.Coefficients.S4;
import static dev.lowland.core.function.Coefficients.S5;
import static dev.lowland.core.function.Coefficients.TWO_OVER_PI;

import dev.lowland.core.function.Trigonometry;
import dev.lowland.core.kernel.scalar.ScalarFunctions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Trigonometry} on vectors: the same operations in the same order, so the bits are the same. Vectors with a
 * large angle, or one that is not finite, go to the scalar function.
 */
public final class VectorTrigonometry {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorTrigonometry() {}

    public static void sin(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.sin(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            if (!v.abs().compare(VectorOperators.LE, LARGEST_ANGLE).allTrue()) {
                v.intoArray(out, here);
                ScalarFunctions.sin(here, here + SPECIES.length(), out, out);
                continue;
            }
            DoubleVector rounded = v.mul(TWO_OVER_PI).add(ROUNDER);
            DoubleVector q = rounded.sub(ROUNDER);
            DoubleVector first = v.sub(q.mul(HALF_PI_HIGH));
            DoubleVector middle = q.mul(HALF_PI_MIDDLE);
            DoubleVector second = first.sub(middle);
            DoubleVector kept = first.sub(second);
            DoubleVector lost = first.sub(second.add(kept)).add(kept.sub(middle));
            DoubleVector low = q.mul(HALF_PI_LOW);
            DoubleVector r = second.sub(low);
            DoubleVector c = second.sub(r).sub(low).add(lost);
            LongVector quadrant = rounded.reinterpretAsLongs();
            DoubleVector w = r.mul(r);
            DoubleVector half = w.mul(0.5);
            DoubleVector sine = w.mul(S5).add(S4);
            sine = w.mul(sine).add(S3);
            sine = w.mul(sine).add(S2);
            sine = w.mul(sine).add(S1);
            sine = w.mul(sine).add(S0);
            sine = r.add(r.mul(w).mul(sine).add(c.mul(half.neg().add(1))));
            DoubleVector cosine = w.mul(C5).add(C4);
            cosine = w.mul(cosine).add(C3);
            cosine = w.mul(cosine).add(C2);
            cosine = w.mul(cosine).add(C1);
            cosine = w.mul(cosine).add(C0);
            DoubleVector top = half.neg().add(1);
            DoubleVector rest = w.mul(w).mul(cosine).sub(r.mul(c));
            cosine = top.add(top.neg().add(1).sub(half).add(rest));
            VectorMask<Long> odd = quadrant.and(1).compare(VectorOperators.NE, 0);
            DoubleVector value = sine.reinterpretAsLongs()
                    .blend(cosine.reinterpretAsLongs(), odd)
                    .lanewise(VectorOperators.XOR, quadrant.and(2).lanewise(VectorOperators.LSHL, 62))
                    .reinterpretAsDoubles();
            value.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(out, here);
        }
    }

    public static void cos(int n, double[] x, double[] out) {
        int last = n - SPECIES.length();
        if (last < 0) {
            ScalarFunctions.cos(n, x, out);
            return;
        }
        DoubleVector next = DoubleVector.fromArray(SPECIES, x, 0);
        for (int at = 0, i = 0; i < n; i += SPECIES.length()) {
            DoubleVector v = next;
            int here = at;
            at = Math.min(i + SPECIES.length(), last);
            next = DoubleVector.fromArray(SPECIES, x, at);
            if (!v.abs().compare(VectorOperators.LE, LARGEST_ANGLE).allTrue()) {
                v.intoArray(out, here);
                ScalarFunctions.cos(here, here + SPECIES.length(), out, out);
                continue;
            }
            DoubleVector rounded = v.mul(TWO_OVER_PI).add(ROUNDER);
            DoubleVector q = rounded.sub(ROUNDER);
            DoubleVector first = v.sub(q.mul(HALF_PI_HIGH));
            DoubleVector middle = q.mul(HALF_PI_MIDDLE);
            DoubleVector second = first.sub(middle);
            DoubleVector kept = first.sub(second);
            DoubleVector lost = first.sub(second.add(kept)).add(kept.sub(middle));
            DoubleVector low = q.mul(HALF_PI_LOW);
            DoubleVector r = second.sub(low);
            DoubleVector c = second.sub(r).sub(low).add(lost);
            LongVector quadrant = rounded.reinterpretAsLongs().add(1);
            DoubleVector w = r.mul(r);
            DoubleVector half = w.mul(0.5);
            DoubleVector sine = w.mul(S5).add(S4);
            sine = w.mul(sine).add(S3);
            sine = w.mul(sine).add(S2);
            sine = w.mul(sine).add(S1);
            sine = w.mul(sine).add(S0);
            sine = r.add(r.mul(w).mul(sine).add(c.mul(half.neg().add(1))));
            DoubleVector cosine = w.mul(C5).add(C4);
            cosine = w.mul(cosine).add(C3);
            cosine = w.mul(cosine).add(C2);
            cosine = w.mul(cosine).add(C1);
            cosine = w.mul(cosine).add(C0);
            DoubleVector top = half.neg().add(1);
            DoubleVector rest = w.mul(w).mul(cosine).sub(r.mul(c));
            cosine = top.add(top.neg().add(1).sub(half).add(rest));
            VectorMask<Long> odd = quadrant.and(1).compare(VectorOperators.NE, 0);
            DoubleVector value = sine.reinterpretAsLongs()
                    .blend(cosine.reinterpretAsLongs(), odd)
                    .lanewise(VectorOperators.XOR, quadrant.and(2).lanewise(VectorOperators.LSHL, 62))
                    .reinterpretAsDoubles();
            value.intoArray(out, here);
        }
    }
}
