package dev.lowland.core.function;

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

/**
 * The natural logarithm and the functions made of it.
 *
 * <p>x = 2ᵉ(1 + f) with 1 + f in [√½, √2); with s = f/(2 + f) and z = s², log(1 + f) = f − (f²/2 − s(f²/2 + z P(z))),
 * which is the series of 2 artanh s arranged so that f itself is not rounded. Special values follow {@link Math}.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class Logarithms {
    private Logarithms() {}

    /**
     * log x, within 1 ulp.
     *
     * @param x any number
     * @return log x; −∞ at either zero, NaN below
     */
    public static double log(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            if (x > 0 && x < Double.MIN_NORMAL) {
                return logNormal(x * 0x1p54, 54, 0);
            }
            return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
        }
        return logNormal(x, 0, 0);
    }

    /**
     * log(1 + x), within 1 ulp also near 0.
     *
     * @param x any number
     * @return log(1 + x); −∞ at −1, NaN below
     */
    public static double log1p(double x) {
        if (x > -0.25 && x < FOLD) {
            return x == 0 ? x : log1pReduced(x, 0, 0);
        }
        double u = 1 + x;
        if (!(u > 0 && u <= Double.MAX_VALUE)) {
            return log(u);
        }
        double lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
        return logNormal(u, 0, lost / u);
    }

    /**
     * log(1 + eˣ) = max(x, 0) + log(1 + e^{−|x|}), within 2 ulp, without overflow.
     *
     * @param x any number
     * @return a number ≥ 0
     */
    public static double softplus(double x) {
        double y = Exponentials.exp(-Math.abs(x));
        boolean fold = y >= FOLD;
        double e = fold ? 1 : 0;
        double f = fold ? (y - 1) * 0.5 : y;
        return Math.max(x, 0) + log1pReduced(f, e, 0);
    }

    /** log x − scale·log 2 + lost, for a normal x. */
    private static double logNormal(double x, int scale, double lost) {
        long bits = Double.doubleToRawLongBits(x);
        long exponent = (bits - ROOT_HALF_BITS) >> MANTISSA_BITS;
        double f = Double.longBitsToDouble(bits - (exponent << MANTISSA_BITS)) - 1;
        return log1pReduced(f, (double) (exponent - scale), lost);
    }

    /** e·log 2 + log(1 + f) + lost for 1 + f in [√½, √2). */
    private static double log1pReduced(double f, double e, double lost) {
        double s = f / (2 + f);
        double z = s * s;
        double p = P6;
        p = p * z + P5;
        p = p * z + P4;
        p = p * z + P3;
        p = p * z + P2;
        p = p * z + P1;
        p = p * z + P0;
        double half = 0.5 * f * f;
        return e * LN2_HIGH - ((half - (s * (half + z * p) + (e * LN2_LOW + lost))) - f);
    }
}
