package dev.lowland.cli.study;

import dev.lowland.optim.objective.Objective;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/** The share of samples whose class is predicted. */
final class Accuracy {
    private Accuracy() {}

    /** The same at a point. */
    static OptionalDouble at(Objective objective, DMatrixRMaj theta) {
        if (!objective.loss().flipsLabels()) {
            return OptionalDouble.empty();
        }
        DMatrixRMaj predictions =
                new DMatrixRMaj(objective.sampleCount(), objective.data().outputSize());
        objective.predictions(theta, predictions);
        return of(objective, predictions);
    }

    /**
     * For classes, the share of samples of which the largest output is that of the class; for labels ±1, of which the
     * output has the sign of the label. Ties count against it. Empty where labels are not flipped, and so are numbers.
     */
    static OptionalDouble of(Objective objective, DMatrixRMaj predictions) {
        if (!objective.loss().flipsLabels()) {
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
