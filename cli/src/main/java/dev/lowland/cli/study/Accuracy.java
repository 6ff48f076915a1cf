package dev.lowland.cli.study;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/** The share of samples whose class is predicted. */
public final class Accuracy {
    private Accuracy() {}

    /** Whether targets are labels: those that are flipped, or classes. */
    private static boolean hasClasses(Loss loss) {
        return loss.flipsLabels()
                || Losses.kinds().stream()
                        .anyMatch(kind -> kind.readsClasses() && kind.name().equals(loss.name()));
    }

    /**
     * The share of samples whose class is predicted at a point.
     *
     * @param objective gives the model and the samples
     * @param theta θ, P × 1, finite. Not modified.
     * @return the share; empty where targets are numbers
     */
    public static OptionalDouble at(Objective objective, DMatrixRMaj theta) {
        Checks.notNull("accuracy", "objective", objective);
        if (!hasClasses(objective.loss())) {
            return OptionalDouble.empty();
        }
        DMatrixRMaj predictions =
                new DMatrixRMaj(objective.sampleCount(), objective.data().outputSize());
        objective.predictions(theta, predictions);
        return of(objective, predictions);
    }

    /**
     * For classes, the share of samples of which the largest output is that of the class; for labels ±1, of which the
     * output has the sign of the label. Ties count against it. Empty where targets are numbers.
     */
    static OptionalDouble of(Objective objective, DMatrixRMaj predictions) {
        if (!hasClasses(objective.loss())) {
            return OptionalDouble.empty();
        }
        int right = 0;
        int outputs = predictions.numCols;
        for (int i = 0; i < predictions.numRows; i++) {
            if (outputs == 1) {
                right += predictions.get(i, 0) * objective.data().target(i, 0) > 0 ? 1 : 0;
                continue;
            }
            double own = 0;
            double others = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < outputs; k++) {
                if (objective.data().target(i, k) == 1) {
                    own = predictions.get(i, k);
                } else {
                    others = Math.max(others, predictions.get(i, k));
                }
            }
            right += own > others ? 1 : 0;
        }
        return OptionalDouble.of((double) right / predictions.numRows);
    }
}
