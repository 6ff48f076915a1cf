package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of an eigenvalue, with the open interval where it is defined: for −log(1 − ηh/2)/(2η) everything below
 * 2/η.
 *
 * @param function its value inside the interval
 * @param lower the interval's lower end, −∞ for none
 * @param upper the interval's upper end, +∞ for none
 */
public record SpectralFunction(DoubleUnaryOperator function, double lower, double upper)
        implements DoubleUnaryOperator {

    /** Checks that the interval is not empty. */
    public SpectralFunction {
        Checks.notNull("spectral function", "function", function);
        if (!(lower < upper)) {
            throw Checks.error("spectral function", "lower", Double.toString(lower), "below upper = " + upper);
        }
    }

    /**
     * A function that is defined everywhere.
     *
     * @param function its value
     * @return the function on (−∞, ∞)
     */
    public static SpectralFunction everywhere(DoubleUnaryOperator function) {
        Checks.notNull("spectral function", "function", function);
        return new SpectralFunction(function, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * A function that is defined below a limit.
     *
     * @param function its value
     * @param upper the limit, itself not in the domain
     * @return the function on (−∞, upper)
     */
    public static SpectralFunction below(double upper, DoubleUnaryOperator function) {
        Checks.notNull("spectral function", "function", function);
        return new SpectralFunction(function, Double.NEGATIVE_INFINITY, upper);
    }

    /**
     * Whether the function is defined at h.
     *
     * @param h an eigenvalue
     * @return lower &lt; h &lt; upper; false for NaN
     */
    public boolean contains(double h) {
        return h > lower && h < upper;
    }

    @Override
    public double applyAsDouble(double h) {
        return function.applyAsDouble(h);
    }
}
