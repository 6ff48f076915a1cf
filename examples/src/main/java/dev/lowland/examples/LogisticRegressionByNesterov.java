package dev.lowland.examples;

import dev.lowland.optim.minimizer.Minimizer;
import dev.lowland.optim.minimizer.MinimizerResult;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import org.ejml.data.DMatrixRMaj;

/**
 * The most likely weights of the same logistic regression by the steps of this library: the normal prior of precision τ
 * is weight decay of γ = τ, beside the likelihood alone.
 */
public final class LogisticRegressionByNesterov {

    private LogisticRegressionByNesterov() {}

    /** Where it ended. */
    static MinimizerResult found() {
        var likelihood =
                Functions.logisticPosterior(LogisticRegressionByBfgs.INPUTS, LogisticRegressionByBfgs.LABELS, 0);
        return Minimizer.of(Rules.nesterov(0.8), 0.05)
                .withRegularization(Regularization.none().withWeightDecay(LogisticRegressionByBfgs.PRECISION))
                .withSteps(500)
                .minimize(likelihood, new DMatrixRMaj(likelihood.rows(), 1));
    }

    /**
     * Prints the weights.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) {
        System.out.println(found().point());
    }
}
