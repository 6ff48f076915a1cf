package dev.lowland.theory.arbitrary;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;

/**
 * A global minimum of a loss whose labels flip: labels are the signs of the predictions, and each sample is scaled
 * until its margin is c, the minimiser of the smoothed loss. Only for models that are linear in their inputs.
 *
 * @param problem inputs and θ before the scaling
 * @param loss the loss and p
 */
public record FlipProblem(InterpolatingProblem problem, FlipLoss loss) {

    public FlipProblem {
        Checks.notNull("flip problem", "problem", problem);
        Checks.notNull("flip problem", "loss", loss);
        if (!problem.choice().kind().isLinearInInputs()) {
            throw Checks.error(
                    "flip problem", "the model", problem.choice().kind().toString(), "linear in its inputs");
        }
    }

    /** Objective, point and spectrum; compiled anew by each call. */
    public Setting setting() {
        Model model = problem.choice().model();
        DMatrixRMaj inputs = problem.inputs();
        DMatrixRMaj theta = problem.theta();
        int count = inputs.numRows;
        DMatrixRMaj predictions = new DMatrixRMaj(count, 1);
        Objective.of(model, Losses.square(), Data.of(inputs, new DMatrixRMaj(count, 1)))
                .predictions(theta, predictions);
        DMatrixRMaj labels = new DMatrixRMaj(count, 1);
        double minimiser = loss.loss().minimiser();
        for (int i = 0; i < count; i++) {
            labels.data[i] = predictions.data[i] < 0 ? -1 : 1;
            double scale = minimiser / Math.abs(predictions.data[i]);
            for (int j = 0; j < inputs.numCols; j++) {
                inputs.data[i * inputs.numCols + j] *= scale;
            }
        }
        return new Setting(loss.kind().name(), Objective.of(model, loss.loss(), Data.of(inputs, labels)), theta);
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new FlipProblem(" + problem + ", " + loss + ")";
    }
}
