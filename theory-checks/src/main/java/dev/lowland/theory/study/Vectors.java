package dev.lowland.theory.study;

import dev.lowland.optim.ensemble.Moments;
import org.ejml.data.DMatrixRMaj;

/** Small sums over vectors, in index order. */
final class Vectors {
    private Vectors() {}

    /** ‖a − b‖₂. */
    static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double d = a.data[i] - b.data[i];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    /** ‖factor·a + b‖₂. */
    static double normOfSum(double factor, double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = factor * a[i] + b[i];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    /** ⟨u, a − b⟩. */
    static double along(DMatrixRMaj u, DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += u.data[i] * (a.data[i] - b.data[i]);
        }
        return sum;
    }

    /** The standard errors of the means. */
    static double[] standardErrors(Moments moments) {
        double[] errors = new double[moments.mean().getNumElements()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = moments.standardError(i);
        }
        return errors;
    }
}
