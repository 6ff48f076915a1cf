package dev.lowland.theory.claims.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rate of descent, summed along the slow flow. */
class DescentRateTest {

    private static final Setting SETTING = Families.MLP_TANH.zeroLoss(3, s -> s.conditioning() > 0.1);
    private static final DriftCase SUBJECT = DriftCase.of(SETTING, 0.2, 4e-4);

    private static double end(double[] cumulated) {
        return cumulated[cumulated.length - 1];
    }

    @Tag("slow")
    @Test
    void itAddsUpToTheFallOfTheRegularizer() {
        DescentRate rate = DescentRate.of(SUBJECT, Theory.paper());
        DMatrixRMaj last = SETTING.theta().copy();
        CommonOps_DDRM.addEquals(last, SUBJECT.theory("R", Theory.paper()).end());
        Regularizer regularizer = Regularizer.of(SETTING.objective(), SUBJECT.learningRate(), 0);
        double fall =
                regularizer.at(SETTING.theta()).value() - regularizer.at(last).value();
        assertEquals(fall, end(rate.tangential()), 2e-3 * fall);
        assertTrue(end(rate.whole()) > 1.1 * fall, "the whole gradient gives " + end(rate.whole()) + " for " + fall);
    }

    @Test
    void itGrowsFromCheckpointToCheckpoint() {
        double[] cumulated = DescentRate.of(SUBJECT, Theory.paper()).tangential();
        assertEquals(DriftCase.CHECKPOINTS, cumulated.length);
        for (int i = 1; i < cumulated.length; i++) {
            assertTrue(cumulated[i] > cumulated[i - 1]);
        }
    }

    @Test
    void aLinearModelHasNone() {
        Setting linear = Families.LINEAR.zeroLoss(3, 0);
        DriftCase still = new DriftCase(linear, 0.2, 0, 1e-3, 4L * DriftCase.CHECKPOINTS);
        assertEquals(0, end(DescentRate.of(still, Theory.paper()).whole()), 1e-20);
    }
}
