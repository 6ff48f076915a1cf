package dev.lowland.core.function;

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
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;
import static dev.lowland.core.function.Coefficients.S0;
import static dev.lowland.core.function.Coefficients.S1;
import static dev.lowland.core.function.Coefficients.S2;
import static dev.lowland.core.function.Coefficients.S3;
import static dev.lowland.core.function.Coefficients.S4;
import static dev.lowland.core.function.Coefficients.S5;
import static dev.lowland.core.function.Coefficients.TWO_OVER_PI;

/**
 * Sine and cosine.
 *
 * <p>x = q·π/2 + r + c with q whole and |r| ≤ π/4: π/2 is split in three parts so that the products with q are exact,
 * and c is what r lost by rounding. Then sin(r + c) and cos(r + c) from polynomials, exchanged and signed by q mod 4.
 * Beyond |x| = 10⁵ the angle is reduced by {@link LargeAngle}.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class Trigonometry {
    private Trigonometry() {}

    /**
     * sin x, within 1 ulp.
     *
     * @param x any number
     * @return sin x; NaN at infinities
     */
    public static double sin(double x) {
        if (x == 0) {
            return x;
        }
        double size = Math.abs(x);
        if (size <= LARGEST_ANGLE) {
            return quarter(x, 0);
        }
        if (!(size <= Double.MAX_VALUE)) {
            return Double.NaN;
        }
        double value = LargeAngle.quarter(size, 0);
        return x < 0 ? -value : value;
    }

    /**
     * cos x, within 1 ulp.
     *
     * @param x any number
     * @return cos x; NaN at infinities
     */
    public static double cos(double x) {
        double size = Math.abs(x);
        if (size <= LARGEST_ANGLE) {
            return quarter(x, 1);
        }
        return size <= Double.MAX_VALUE ? LargeAngle.quarter(size, 1) : Double.NaN;
    }

    /**
     * sin x for |x| ≤ π/4.
     *
     * @param x number in [−π/4, π/4]
     * @return sin x
     */
    public static double sinReduced(double x) {
        return sinReduced(x, 0);
    }

    /**
     * cos x for |x| ≤ π/4.
     *
     * @param x number in [−π/4, π/4]
     * @return cos x
     */
    public static double cosReduced(double x) {
        return cosReduced(x, 0);
    }

    /** sin(x + turns·π/2). */
    private static double quarter(double x, int turns) {
        double rounded = x * TWO_OVER_PI + ROUNDER;
        double q = rounded - ROUNDER;
        double first = x - q * HALF_PI_HIGH;
        double middle = q * HALF_PI_MIDDLE;
        double second = first - middle;
        double kept = first - second;
        double lost = (first - (second + kept)) + (kept - middle);
        double low = q * HALF_PI_LOW;
        double r = second - low;
        double c = ((second - r) - low) + lost;
        long quadrant = (Double.doubleToRawLongBits(rounded) - ROUNDER_BITS + turns) & 3;
        double value = (quadrant & 1) == 0 ? sinReduced(r, c) : cosReduced(r, c);
        return quadrant < 2 ? value : -value;
    }

    /** sin(r + c), c tiny. */
    static double sinReduced(double r, double c) {
        double w = r * r;
        double s = S0 + w * (S1 + w * (S2 + w * (S3 + w * (S4 + w * S5))));
        return r + (r * w * s + c * (1 - 0.5 * w));
    }

    /** cos(r + c), c tiny. */
    static double cosReduced(double r, double c) {
        double w = r * r;
        double s = C0 + w * (C1 + w * (C2 + w * (C3 + w * (C4 + w * C5))));
        double half = 0.5 * w;
        double top = 1 - half;
        return top + (((1 - top) - half) + (w * w * s - r * c));
    }
}
