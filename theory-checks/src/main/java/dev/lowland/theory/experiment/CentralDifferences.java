package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.Interruption;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * Directional derivatives by central differences with Richardson's extrapolation: steps h, h/2, h/4, h/8, so the error
 * is of order h⁸. Shares nothing with automatic differentiation. Stateless and thread-safe.
 */
public final class CentralDifferences {

    private static final int LEVELS = 4;
    private static final String OPERATION = "central differences";

    /** Between these, no step and no quotient by one overflows or loses digits. */
    private static final double SMALLEST = 1e-150;

    private static final double LARGEST = 1e150;

    private CentralDifferences() {}

    /**
     * d/dt F(θ + t·direction) at t = 0.
     *
     * @param function F; may keep its argument only until it returns
     * @param theta P × 1. Not modified.
     * @param direction P × 1. Not modified.
     * @param step the largest step h, positive, within the range where F is analytic
     * @return as long as F's values
     * @throws IllegalArgumentException if shapes do not fit, or the step is not in [1e−150, 1e150]
     */
    public static double[] along(
            Function<DMatrixRMaj, double[]> function, DMatrixRMaj theta, DMatrixRMaj direction, double step) {
        Checks.notNull(OPERATION, "function", function);
        Checks.notNull(OPERATION, "theta", theta);
        Checks.shape(OPERATION, "theta", theta, theta.numRows, 1);
        Checks.shape(OPERATION, "direction", direction, theta.numRows, 1);
        Checks.inRange(OPERATION, "step", step, SMALLEST, LARGEST);
        double[][] row = new double[LEVELS][];
        for (int level = 0; level < LEVELS; level++) {
            Interruption.check();
            double h = step / (1 << level);
            row[level] = central(function, theta, direction, h);
        }
        for (int order = 1; order < LEVELS; order++) {
            double weight = 1L << (2 * order);
            for (int level = LEVELS - 1; level >= order; level--) {
                for (int i = 0; i < row[level].length; i++) {
                    row[level][i] += (row[level][i] - row[level - 1][i]) / (weight - 1);
                }
            }
        }
        return row[LEVELS - 1];
    }

    private static double[] central(
            Function<DMatrixRMaj, double[]> function, DMatrixRMaj theta, DMatrixRMaj direction, double h) {
        double[] up = function.apply(moved(theta, direction, h)).clone();
        double[] down = function.apply(moved(theta, direction, -h));
        for (int i = 0; i < up.length; i++) {
            up[i] = (up[i] - down[i]) / (2 * h);
        }
        return up;
    }

    private static DMatrixRMaj moved(DMatrixRMaj theta, DMatrixRMaj direction, double h) {
        DMatrixRMaj out = theta.copy();
        for (int i = 0; i < out.numRows; i++) {
            out.data[i] += h * direction.data[i];
        }
        return out;
    }
}
