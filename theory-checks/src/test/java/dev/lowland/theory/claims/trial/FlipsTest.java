package dev.lowland.theory.claims.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Problems with flipped labels are what they are said to be. */
class FlipsTest {

    @Test
    void minimaHaveFullRankAndNoLoss() {
        Setting margin = Flips.minimum(Families.MLP_TANH, Losses.exponential(0.2), 2);
        assertEquals(2, margin.rank());
        assertTrue(margin.objective().loss(margin.theta()) < 1e-24);
        Setting classes = Flips.classes("deep-linear", Models.deepLinear(3, 2, 3), 3, 0.2, 2);
        assertEquals(4, classes.rank());
        DMatrixRMaj logits = new DMatrixRMaj(2, 3);
        classes.objective().predictions(classes.theta(), logits);
        double c = classes.objective().loss().minimiser();
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 3; k++) {
                assertEquals(k == i ? c : 0, logits.get(i, k), 1e-12);
            }
        }
    }

    @Test
    void copiesChangeNothingButTheNumberOfSamples() {
        Setting setting = Families.DEEP_LINEAR.margin(Losses.logistic(0.3), 2, 1);
        Objective five = Flips.copies(setting.objective(), 5);
        int count = setting.parameters();
        assertEquals(10, five.sampleCount());
        assertEquals(setting.objective().loss(setting.theta()), five.loss(setting.theta()), 1e-14);
        DMatrixRMaj one = new DMatrixRMaj(count, count);
        DMatrixRMaj many = new DMatrixRMaj(count, count);
        setting.objective().hessian(setting.theta(), one);
        five.hessian(setting.theta(), many);
        assertEquals(0, Dense.norm(Dense.minus(one, many)), 1e-13 * Dense.norm(one));
    }

    @Test
    void theMeanOverFlipsIsTheGradientAlsoAwayFromTheMinimum() {
        for (Setting setting : new Setting[] {
            Families.MLP_TANH.margin(Losses.exponential(0.2), 3, 1),
            Families.QUADRATIC.margin(Losses.logistic(0.1), 2, 4)
        }) {
            DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
            setting.objective().gradient(setting.theta(), gradient);
            DMatrixRMaj mean = Flips.enumerate(setting).mean();
            assertEquals(0, Dense.norm(Dense.minus(mean, gradient)), 1e-12 * Dense.norm(gradient));
        }
    }
}
