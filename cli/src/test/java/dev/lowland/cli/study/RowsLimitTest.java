package dev.lowland.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.ConvBlock;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.Regularizer;
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
        PointJitter jitter = PointJitter.of(large, sgd.optimiser(), 0.01, theta, 0, null, true);
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
        assertEquals(
                OtherFlow.Status.TOO_LARGE,
                OtherFlow.notBegun(OtherFlow.Status.TOO_LARGE, reason).status());
    }

    /** Six images of 32 × 32 under 64 filters: few parameters, many multiplications. */
    @Test
    void refusesASearchByWhatPredictionsTake() {
        assertTrue(RowsLimit.refusesSearch(objective(100, 200)).isEmpty());
        Objective images = Objective.of(
                Models.convnet(1, 32, 32, 1, ConvBlock.of(64, 5).withPooling(ConvBlock.Pooling.GLOBAL)),
                Losses.square(),
                Data.of(new DMatrixRMaj(7, 1024), new DMatrixRMaj(7, 1)));
        String reason = RowsLimit.refusesSearch(images).orElseThrow();
        assertTrue(reason.contains("1e+07 multiplications"), reason);
        NearbyPoint none = NearbyPoint.of(
                images, Regularizer.of(images, 0.1, 0), 0.1, new DMatrixRMaj(images.parameterCount(), 1));
        assertEquals(NearbyPoint.Status.TOO_LARGE, none.status());
        assertEquals(reason, none.reason());
    }
}
