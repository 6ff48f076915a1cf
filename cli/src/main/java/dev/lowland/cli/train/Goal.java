package dev.lowland.cli.train;

import dev.lowland.cli.study.Accuracy;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;

/**
 * When a phase has done what it is for: every sample is predicted, if there are classes, and the loss is small enough.
 *
 * @param loss the largest that is small enough, positive
 * @param accuracy the smallest share of predicted samples
 * @param every steps from one look to the next, at least 1
 */
record Goal(double loss, double accuracy, long every) {
    boolean isReached(Objective objective, DMatrixRMaj theta) {
        return objective.loss(theta) <= loss && Accuracy.at(objective, theta).orElse(1) >= accuracy;
    }
}
