package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What rounding of predictions does to λmax and R, against moving the targets instead, which moves f − y as well. */
class PredictionRoundingTest {

    /** Of predictions, relative: large enough for differences, small enough to be of first order. */
    private static final double SHARE = 1e-6;

    private static final double RATE = 0.3;

    private static Regularizer regularizer(Objective objective) {
        return Regularizer.of(objective, RATE, 0);
    }

    /** The largest change over all signs is the bound, to first order. */
    @Test
    void boundsAreReachedByTheWorstSigns() {
        DMatrixRMaj inputs = new DMatrixRMaj(3, 2, true, 0.4, -1.2, 0.9, 0.3, -0.7, 1.1);
        double[] targets = {0.8, -0.9, 0.5};
        DMatrixRMaj theta = new DMatrixRMaj(9, 1, true, 0.7, -0.4, 0.3, 0.9, 0.2, -0.1, 0.8, -0.6, 0.9);
        Objective objective = objective(inputs, targets);
        DMatrixRMaj predictions = new DMatrixRMaj(3, 1);
        objective.predictions(theta, predictions);
        PotentialValue value = regularizer(objective).at(theta);
        double worstTop = 0;
        double worst = 0;
        for (int signs = 0; signs < 8; signs++) {
            double[] moved = targets.clone();
            for (int i = 0; i < 3; i++) {
                moved[i] += ((signs >> i & 1) == 0 ? SHARE : -SHARE) * predictions.data[i];
            }
            PotentialValue other = regularizer(objective(inputs, moved)).at(theta);
            worstTop = Math.max(worstTop, Math.abs(other.topEigenvalue() / value.topEigenvalue() - 1));
            worst = Math.max(worst, Math.abs(other.value() / value.value() - 1));
        }
        PredictionRounding found = PredictionRounding.of(regularizer(objective), theta);
        assertEquals(worstTop / SHARE, found.topEigenvalue() / 0x1p-53, 1e-4 * worstTop / SHARE);
        assertEquals(worst / SHARE, found.regularizer().orElseThrow() / 0x1p-53, 1e-4 * worst / SHARE);
    }

    private static Objective objective(DMatrixRMaj inputs, double[] targets) {
        return Objective.of(
                Models.mlp(2, 2, 1).withActivation(Activation.TANH),
                Losses.square(),
                Data.of(inputs, new DMatrixRMaj(3, 1, true, targets)));
    }

    /** Where f − y is all rounding, and f is so bent that ∇²L is half made of it. */
    @Test
    void coversTheTrueErrorOfASaturatedUnit() {
        Data data = Data.of(new DMatrixRMaj(1, 1, true, 1.7e18), new DMatrixRMaj(1, 1, true, 1.0));
        Objective objective = Objective.of(Models.mlp(1, 1, 1).withActivation(Activation.TANH), Losses.square(), data);
        DMatrixRMaj theta = new DMatrixRMaj(4, 1, true, 1e-17, 0, 1, 0);
        Regularizer regularizer = Regularizer.of(objective, 1e-9, 0);
        double trueTop = 271_658_346.69101164;
        double off = Math.abs(regularizer.at(theta).topEigenvalue() / trueTop - 1);
        PredictionRounding rounding = PredictionRounding.of(regularizer, theta);
        assertTrue(off > 1e-3, () -> "off by " + off);
        assertTrue(off <= rounding.topEigenvalue(), () -> off + " and " + rounding);
        assertTrue(rounding.topEigenvalue() < 0.05, rounding::toString);
        assertTrue(off <= rounding.regularizer().orElseThrow() && rounding.largest() < 0.05, rounding::toString);
    }

    @Test
    void isNextToNothingOnTheFloorOfAValley() {
        Problems problem = Problems.interpolated(Models.quadratic(4), 3, 5);
        PredictionRounding rounding = PredictionRounding.of(regularizer(problem.objective()), problem.theta());
        assertTrue(rounding.largest() < 1e-14, rounding::toString);
    }

    /** A dead unit far away bends nothing, though squares of its inputs overflow. */
    @Test
    void saysNothingWhereNothingIsBent() {
        Data data = Data.of(new DMatrixRMaj(2, 1, true, 1e160, 1), new DMatrixRMaj(2, 1, true, 0, 0.5));
        Objective objective = Objective.of(Models.mlp(1, 1, 1).withActivation(Activation.RELU), Losses.square(), data);
        DMatrixRMaj theta = new DMatrixRMaj(4, 1, true, -1e-3, 0.9, 0.7, 0.1);
        PredictionRounding rounding = PredictionRounding.of(regularizer(objective), theta);
        assertTrue(rounding.largest() < 1e-14, rounding::toString);
    }
}
