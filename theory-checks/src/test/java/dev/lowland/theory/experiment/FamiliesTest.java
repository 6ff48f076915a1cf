package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.objective.Losses;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The problems are what their names say. */
class FamiliesTest {

    @ParameterizedTest
    @EnumSource
    void zeroLossPointsHaveNoLossAndTheRankOfTheirSamples(Families family) {
        Setting setting = family.zeroLoss(2, 0);
        assertEquals(0, setting.objective().loss(setting.theta()));
        assertEquals(2, setting.rank());
        DMatrixRMaj projector = setting.nullProjector();
        assertEquals(setting.parameters() - 2, Dense.trace(projector), 1e-12);
        assertEquals(0, Dense.norm(Dense.times(projector, setting.eigenvector(1))), 1e-12);
        assertEquals(0.7, setting.learningRate(0.7) * setting.top(), 1e-15);
    }

    @ParameterizedTest
    @EnumSource
    void candidatesDiffer(Families family) {
        assertTrue(Dense.norm(Dense.minus(
                        family.anywhere(4, 0).theta(), family.anywhere(4, 1).theta()))
                > 0.1);
        assertTrue(family.anywhere(4, 0).objective().loss(family.anywhere(4, 0).theta()) > 1e-3);
    }

    @Test
    void minimaOfFlippedLosses() {
        Setting setting = Families.MLP_TANH.minimum(Losses.exponential(0.2), 2, 0);
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        setting.objective().gradient(setting.theta(), gradient);
        assertEquals(0, Dense.norm(gradient), 1e-14);
        assertEquals(0, setting.objective().loss(setting.theta()), 1e-28);
    }

    @Test
    void theLinearProblemHasItsTopEigenvalueTwice() {
        double[] values = Families.linearWithDoubleTop().spectrum().values();
        assertEquals(12.5, values[5], 1e-12);
        assertEquals(12.5, values[4], 1e-12);
        assertEquals(0, values[3], 1e-12);
    }
}
