package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A power law with corrections, fitted to measured values by weighted least squares on logarithms:
 *
 * <pre>
 *   log y = log a + s log x + Σ_j b_j x^{p_j}
 * </pre>
 *
 * The exponent s is that of the limit x → 0; the corrections, p_j &gt; 0, are the next orders of the expansion whose
 * first order it is. What is left out still biases s: {@link #leverage} tells by how much. Immutable and thread-safe.
 */
public final class PowerLaw {

    private final double[] x;
    private final double[] roots;
    private final double[] corrections;
    private final DMatrixRMaj inverse;
    private final double[] coefficients;

    private PowerLaw(double[] x, double[] roots, double[] corrections, DMatrixRMaj inverse, double[] coefficients) {
        this.x = x;
        this.roots = roots;
        this.corrections = corrections;
        this.inverse = inverse;
        this.coefficients = coefficients;
    }

    /**
     * Fits.
     *
     * @param x abscissae, positive, at least two more than there are corrections. Copied.
     * @param y measured values, positive, as many. Not modified.
     * @param relativeErrors standard error of each value over the value, positive, as many. Not modified.
     * @param corrections powers p_j. Copied.
     * @return the fitted law
     * @throws IllegalArgumentException if the lengths differ, there are too few values or a number is not positive
     */
    public static PowerLaw fit(double[] x, double[] y, double[] relativeErrors, double... corrections) {
        int count = x.length;
        int terms = corrections.length + 2;
        Checks.length("fit a power law", "y", y.length, count);
        Checks.length("fit a power law", "relativeErrors", relativeErrors.length, count);
        Checks.atLeast("fit a power law", "the number of values", count, terms);
        double[] roots = new double[count];
        DMatrixRMaj design = new DMatrixRMaj(count, terms);
        double[] logs = new double[count];
        for (int i = 0; i < count; i++) {
            requirePositive("x", x, i);
            requirePositive("y", y, i);
            requirePositive("relativeErrors", relativeErrors, i);
            roots[i] = 1 / relativeErrors[i];
            logs[i] = Math.log(y[i]);
            for (int j = 0; j < terms; j++) {
                design.set(i, j, roots[i] * basis(j, x[i], corrections));
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(terms, count);
        CommonOps_DDRM.pinv(design, inverse);
        return new PowerLaw(x.clone(), roots, corrections.clone(), inverse, solve(inverse, roots, logs));
    }

    private static void requirePositive(String argument, double[] values, int i) {
        if (!(values[i] > 0)) {
            throw Checks.error("fit a power law", argument + "[" + i + "]", Double.toString(values[i]), "positive");
        }
    }

    private static double basis(int term, double x, double[] corrections) {
        return switch (term) {
            case 0 -> Math.log(x);
            case 1 -> 1;
            default -> Math.pow(x, corrections[term - 2]);
        };
    }

    /** The coefficients of the least-squares fit to some ordinates. */
    private static double[] solve(DMatrixRMaj inverse, double[] roots, double[] ordinates) {
        double[] out = new double[inverse.numRows];
        for (int j = 0; j < out.length; j++) {
            for (int i = 0; i < roots.length; i++) {
                out[j] += inverse.get(j, i) * roots[i] * ordinates[i];
            }
        }
        return out;
    }

    /**
     * The exponent of the limit.
     *
     * @return s
     */
    public double exponent() {
        return coefficients[0];
    }

    /**
     * The standard error of the exponent, from those of the values.
     *
     * @return its standard deviation over repetitions of the measurement
     */
    public double standardError() {
        return Norms.two(inverse.data, 0, roots.length);
    }

    /**
     * By how much the fitted exponent is off if log y has another term, (x / max x)^power, that the fit leaves out.
     *
     * @param power its power, positive
     * @return the absolute value of the shift; it is linear in the size of the term
     */
    public double leverage(double power) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, value);
        }
        double[] term = new double[x.length];
        for (int i = 0; i < term.length; i++) {
            term[i] = Math.pow(x[i] / largest, power);
        }
        return Math.abs(solve(inverse, roots, term)[0]);
    }

    /**
     * The fitted law.
     *
     * @param at abscissa, positive
     * @return y there
     */
    public double value(double at) {
        Checks.positive("power law", "at", at);
        double sum = 0;
        for (int j = 0; j < coefficients.length; j++) {
            sum += coefficients[j] * basis(j, at, corrections);
        }
        return Math.exp(sum);
    }
}
