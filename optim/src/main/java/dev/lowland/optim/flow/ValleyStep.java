package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * One long step of y′ = f(y) along the valley by the pair of Dormand and Prince, orders 5 and 4, each stage moved to
 * the valley floor before f is taken there. For one thread. Source: J. R. Dormand, P. J. Prince, <i>A family of
 * embedded Runge-Kutta formulae</i>, Journal of Computational and Applied Mathematics 6 (1980).
 */
final class ValleyStep {

    private static final double[][] STAGES = {
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };

    /** Weights of the fifth order less those of the fourth. */
    private static final double[] DIFFERENCE = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };

    private final ValleyField field;
    private final int size;
    private final DMatrixRMaj[] velocities = new DMatrixRMaj[DIFFERENCE.length];
    private final DMatrixRMaj point;
    private final double[] difference;
    private double error;

    ValleyStep(ValleyField field, int size) {
        this.field = field;
        this.size = size;
        this.point = new DMatrixRMaj(size, 1);
        this.difference = new double[size];
        for (int s = 0; s < velocities.length; s++) {
            velocities[s] = new DMatrixRMaj(size, 1);
        }
    }

    /**
     * Tries a step of so many steps of the flow from a point on the floor with its velocity. False if a stage has no
     * floor or no velocity.
     */
    boolean attempt(DMatrixRMaj from, DMatrixRMaj velocity, double steps) {
        System.arraycopy(velocity.data, 0, velocities[0].data, 0, size);
        for (int s = 0; s < STAGES.length; s++) {
            for (int i = 0; i < size; i++) {
                double sum = 0;
                for (int r = 0; r <= s; r++) {
                    sum += STAGES[s][r] * velocities[r].data[i];
                }
                point.data[i] = from.data[i] + steps * sum;
                if (!(Math.abs(point.data[i]) <= Double.MAX_VALUE)) {
                    return false;
                }
            }
            if (!field.at(point, velocities[s + 1])) {
                return false;
            }
        }
        for (int i = 0; i < size; i++) {
            difference[i] = 0;
            for (int s = 0; s < DIFFERENCE.length; s++) {
                difference[i] += DIFFERENCE[s] * velocities[s].data[i];
            }
        }
        error = steps * Norms.two(difference);
        return error <= Double.MAX_VALUE;
    }

    /** Where the last attempt ended, on the floor; live. */
    DMatrixRMaj end() {
        return point;
    }

    /** The velocity there; live. */
    DMatrixRMaj endVelocity() {
        return velocities[DIFFERENCE.length - 1];
    }

    /** The difference of the two orders. */
    double error() {
        return error;
    }
}
