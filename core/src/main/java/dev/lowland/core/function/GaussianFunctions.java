package dev.lowland.core.function;

import static dev.lowland.core.function.Coefficients.GAUSSIAN_HIGHEST;
import static dev.lowland.core.function.Coefficients.NORMAL_HIGHEST;
import static dev.lowland.core.function.Coefficients.NORMAL_PEAK;
import static dev.lowland.core.function.Coefficients.UPPER_HALF;

import dev.lowland.core.check.Checks;

/**
 * The bell curve e^{−x²}, the density φ and the distribution function Φ of the standard normal law, each within 4 ulp
 * also in the tails.
 *
 * <p>x is cut in an upper half h, whose square is exact, and a rest: e^{−x²} = e^{−h² − (x − h)(x + h)}, in which the
 * square is not rounded before it is an exponent. In Φ(−a) = e^{−a²/2} H(a), H falls slowly: below {@link #NEAR} it is
 * a polynomial in (a − 3/2)/(a + 5), from there on one in 1/a², times 1/a. Φ(x) is 1 − Φ(−x) above 0 only, so no tail
 * is a difference.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class GaussianFunctions {
    private static final double[] NEAR_TERMS = {
        0.2057806669773947,
        -0.5867633195797142,
        0.8998820873666421,
        -1.045458350525638,
        0.9144419808200805,
        -0.5758787959586887,
        0.22611422588454072,
        -0.02077731951275883,
        -0.029955035448372143,
        0.011862631045323995,
        0.0035892826979122693,
        -0.0028836666896391704,
        -0.0006286645467883372,
        0.0006577293949942003,
        0.00018563016037448013,
        -0.00013484614654955473,
        -6.09591405437732e-05
    };
    private static final double[] FAR_TERMS = {
        0.3989422804014324,
        -0.39894228040072816,
        1.196826840471063,
        -5.984133818948322,
        41.888818472149396,
        -376.97586993292026,
        4143.544165296746,
        -53557.95556056573,
        781626.9460402147,
        -12147124.45312862,
        185904484.2102465,
        -2575747773.511599,
        29876130607.673645,
        -269445558018.98068,
        1737358830090.6384,
        -7045618624132.216,
        13411797172032.955
    };

    /** Coefficients of each polynomial. */
    public static final int TERMS = 17;

    /** Where the two polynomials meet. */
    public static final double NEAR = 4.25;

    /** The zero of the near argument, (a − NEAR_ZERO)/(a + NEAR_POLE). */
    public static final double NEAR_ZERO = 1.5;

    /** The pole of the near argument, with the opposite sign. */
    public static final double NEAR_POLE = 5;

    private GaussianFunctions() {}

    /**
     * H(a) = Σ c_j vʲ for v = (a − 3/2)/(a + 5), below {@link #NEAR}.
     *
     * @param j power, in [0, {@link #TERMS})
     * @return c_j
     */
    public static double near(int j) {
        Checks.index("normal tail", "j", j, TERMS);
        return NEAR_TERMS[j];
    }

    /**
     * H(a) = Σ c_j vʲ/a for v = 1/a², from {@link #NEAR} on.
     *
     * @param j power, in [0, {@link #TERMS})
     * @return c_j
     */
    public static double far(int j) {
        Checks.index("normal tail", "j", j, TERMS);
        return FAR_TERMS[j];
    }

    /**
     * e^{−x²}.
     *
     * @param x any number
     * @return a number in [0, 1]
     */
    public static double gaussian(double x) {
        double a = Math.min(Math.abs(x), GAUSSIAN_HIGHEST);
        double h = upperHalf(a);
        return Exponentials.expOfDifference(-(h * h), (a - h) * (a + h));
    }

    /**
     * φ(x) = e^{−x²/2}/√(2π).
     *
     * @param x any number
     * @return a number in [0, 0.4]
     */
    public static double normalDensity(double x) {
        return halfGaussian(Math.min(Math.abs(x), NORMAL_HIGHEST)) * NORMAL_PEAK;
    }

    /**
     * Φ(x) = ∫ φ from −∞ to x.
     *
     * @param x any number
     * @return a number in [0, 1]
     */
    public static double normalCdf(double x) {
        double a = Math.min(Math.abs(x), NORMAL_HIGHEST);
        boolean near = a < NEAR;
        double quotient = (near ? a - NEAR_ZERO : 1) / (near ? a + NEAR_POLE : a);
        double[] terms = near ? NEAR_TERMS : FAR_TERMS;
        double v = near ? quotient : quotient * quotient;
        double height = terms[TERMS - 1];
        for (int j = TERMS - 2; j >= 0; j--) {
            height = height * v + terms[j];
        }
        double tail = halfGaussian(a) * (near ? height : height * quotient);
        return x > 0 ? 1 - tail : tail;
    }

    /** e^{−a²/2} for a in [0, {@link Coefficients#NORMAL_HIGHEST}]. */
    private static double halfGaussian(double a) {
        double h = upperHalf(a);
        return Exponentials.expOfDifference(-(h * h) * 0.5, (a - h) * (a + h) * 0.5);
    }

    private static double upperHalf(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & UPPER_HALF);
    }
}
