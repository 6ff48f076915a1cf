package dev.lowland.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is not begun because it would take too long, and says so. */
class RowsLimitTest {

    private static Objective objective(int samples, int parameters) {
        return Objective.of(
                Models.linear(parameters),
                Losses.square(),
                Data.of(new DMatrixRMaj(samples, parameters), new DMatrixRMaj(samples, 1)));
    }

    @Tag("slow")
    @Test
    void refusesManyOutputsOfManyParameters() {
        Objective large = objective(RowsLimit.DIRECTIONS + 1, RowsLimit.DIRECTIONS + 1);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1).withLabelNoise(0.1);
        DMatrixRMaj theta = new DMatrixRMaj(large.parameterCount(), 1);
        PointJitter jitter = PointJitter.of(large, sgd, 0.01, theta, 0, null, true);
        assertEquals(PointJitter.Status.TOO_LARGE, jitter.status());
        assertNull(jitter.numbers());
        assertTrue(jitter.reason().contains("1501 outputs"), jitter.reason());
        assertTrue(RowsLimit.refuses(objective(RowsLimit.DIRECTIONS, RowsLimit.DIRECTIONS + 1))
                .isEmpty());
    }

    @Test
    void refusesManyStepsOfManyOutputs() {
        Objective objective = objective(100, 200);
        assertTrue(RowsLimit.refusesDrifts(objective, 1_000).isEmpty());
        String reason = RowsLimit.refusesDrifts(objective, 10_000).orElseThrow();
        assertTrue(reason.contains("10000 drifts"), reason);
        assertEquals(OtherFlow.Status.TOO_LARGE, OtherFlow.tooLarge(reason).status());
    }
}
