package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import org.ddogleg.optimization.FactoryOptimization;
import org.ddogleg.optimization.UnconstrainedMinimization;
import org.ddogleg.optimization.UtilOptimize;
import org.ejml.data.DMatrixRMaj;

/** The most likely weights of a logistic regression with a prior, by DDogleg's BFGS with the gradient from here. */
public final class LogisticRegressionByBfgs {

    static final DMatrixRMaj INPUTS = new DMatrixRMaj(new double[][] {
        {1, 0.5, -1.2}, {1, 1.5, 0.3}, {1, -0.7, 0.8}, {1, 2.1, -0.4},
        {1, -1.3, -0.9}, {1, 0.2, 1.7}, {1, -0.4, 0.1}, {1, 0.9, -2.0}
    });
    static final DMatrixRMaj LABELS = new DMatrixRMaj(8, 1, true, 1, 1, -1, 1, -1, -1, 1, -1);
    static final double PRECISION = 0.5;

    private LogisticRegressionByBfgs() {}

    /** The weights, 3 × 1. */
    static DMatrixRMaj weights() {
        ScalarFunction posterior = Functions.logisticPosterior(INPUTS, LABELS, PRECISION);
        UnconstrainedMinimization bfgs = FactoryOptimization.quasiNewtonBfgs(null);
        bfgs.setFunction(DDogleg.value(posterior), DDogleg.gradient(posterior), 0);
        bfgs.initialize(new double[posterior.size()], 0, 1e-12);
        UtilOptimize.process(bfgs, 100);
        return DDogleg.matrix(posterior, bfgs.getParameters());
    }

    /**
     * Prints the weights.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) {
        System.out.println(weights());
    }
}
