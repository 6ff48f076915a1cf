package dev.lowland.theory.claims.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trial of any optimiser agrees with the special cases that are known otherwise. */
class DriftTrialTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, s -> s.conditioning() > 0.1);

    private static DriftTrial trial(DriftCase drift) {
        return new DriftTrial("trial", SETTING, drift::optimiser, DriftCase.DISPLACEMENT);
    }

    @Test
    void onTheFullBatchItIsADriftCase() {
        DriftCase drift = DriftCase.of(SETTING, 1.0, 2e-4);
        DriftTrial trial = trial(drift);
        assertEquals(drift.steps(), trial.steps());
        assertArrayEquals(drift.checkpoints(4), trial.checkpoints(4));
        assertEquals(drift.bias(0.2), trial.bias(0.2), 0.01 * drift.bias(0.2));
        DMatrixRMaj paper = drift.theory("R", Theory.paper()).end();
        assertEquals(0, Dense.norm(Dense.minus(trial.regularizer("R").end(), paper)), 1e-12 * Dense.norm(paper));
        assertEquals(0, Dense.norm(Dense.minus(trial.exact("S", 1).end(), paper)), 0.01 * Dense.norm(paper));
    }

    @Tag("slow")
    @Test
    void estimatesAreThoseOfTheRunsAndDoNotDependOnThreads() {
        DriftTrial trial = trial(new DriftCase(SETTING, 1.0, 0, 2e-4, 80));
        DMatrixRMaj top = SETTING.eigenvector(0);
        DMatrixRMaj next = SETTING.eigenvector(1);
        assertEquals(trial.measure(List.of(top, next), 256, 1, 5), trial.measure(List.of(top, next), 256, 3, 5));
        assertEquals(DriftCase.CHECKPOINTS, trial.measured(1).length);
        assertEquals(
                trial.measured(1)[DriftCase.CHECKPOINTS - 1],
                trial.measure(List.of(next), 256, 1, 5).get(0).value());
    }
}
