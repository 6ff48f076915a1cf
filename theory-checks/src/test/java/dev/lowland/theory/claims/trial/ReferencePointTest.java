package dev.lowland.theory.claims.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.StatisticSeries;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left of a run without its fluctuation. */
class ReferencePointTest {

    private static LabelNoiseSgd sgd(Setting setting, int batch, double noise) {
        LabelNoiseSgd base = LabelNoiseSgd.of(setting.learningRate(0.7))
                .withLabelNoise(noise)
                .withSeed(3);
        return batch == 0 ? base.withFullBatch() : base.withBatchSize(batch);
    }

    private static double away(DMatrixRMaj a, DMatrixRMaj b) {
        return Dense.norm(Dense.minus(a, b));
    }

    private static double largestDistance(Setting setting, LabelNoiseSgd sgd) {
        ReferencePoint statistic =
                ReferencePoint.value("distance", setting.objective(), sgd, () -> at -> away(at, setting.theta()));
        return watched(setting, sgd, statistic, StepSchedule.at(50)).mean(0);
    }

    private static StatisticSeries watched(
            Setting setting, LabelNoiseSgd sgd, ReferencePoint statistic, StepSchedule schedule) {
        return Ensemble.of(setting.objective(), sgd)
                .withReplicas(70)
                .withStatistic(statistic, schedule)
                .run(setting.theta(), schedule.last())
                .statistics()
                .get(0);
    }

    @Test
    void aLinearModelIsItsFluctuation() {
        Setting setting = Families.LINEAR.zeroLoss(3, 0);
        assertEquals(0, largestDistance(setting, sgd(setting, 0, 0.5)), 1e-13);
    }

    @Test
    void samplingIsNotPartOfTheFluctuation() {
        Setting setting = Families.LINEAR.zeroLoss(3, 0);
        assertTrue(largestDistance(setting, sgd(setting, 1, 0.5)) > 1e-2);
        Setting alone = Families.LINEAR.zeroLoss(1, 0);
        assertEquals(0, largestDistance(alone, sgd(alone, 2, 0.5)), 1e-13);
    }

    @Test
    void theFluctuationIsOfFirstOrderAndTheRestSmaller() {
        Setting setting = Families.QUADRATIC.zeroLoss(3, 0);
        double once = largestDistance(setting, sgd(setting, 0, 1e-3));
        double half = largestDistance(setting, sgd(setting, 0, 5e-4));
        assertEquals(4, once / half, 0.05);
    }

    @Test
    void restartsKeepTheFluctuation() {
        Setting setting = Families.LINEAR.zeroLoss(3, 0);
        LabelNoiseSgd sgd = sgd(setting, 0, 0.5);
        ReferencePoint falls =
                ReferencePoint.falls("distance", setting.objective(), sgd, 7, () -> at -> away(at, setting.theta()));
        StatisticSeries series = watched(setting, sgd, falls, StepSchedule.every(10, 10, 50));
        for (int i = 0; i < 5; i++) {
            assertEquals(0, series.mean(i), 1e-13);
        }
    }

    @Tag("slow")
    @Test
    void restartsFollowTheCurvature() {
        Setting setting = Families.QUADRATIC.zeroLoss(3, 0);
        LabelNoiseSgd sgd = sgd(setting, 0, 0.3);
        double frozen = normal(setting, sgd, Long.MAX_VALUE);
        double restarted = normal(setting, sgd, 100);
        assertTrue(restarted < 0.5 * frozen, restarted + " after restarts, " + frozen + " without");
    }

    /** The mean loss at the reference point. */
    private static double normal(Setting setting, LabelNoiseSgd sgd, long window) {
        ReferencePoint falls =
                ReferencePoint.falls("loss", setting.objective(), sgd, window, () -> setting.objective()::loss);
        return -watched(setting, sgd, falls, StepSchedule.at(20_000)).mean(0);
    }

    @Test
    void fallsAddUp() {
        Setting setting = Families.QUADRATIC.zeroLoss(3, 0);
        LabelNoiseSgd sgd = sgd(setting, 0, 0.1);
        ReferencePoint falls =
                ReferencePoint.falls("distance", setting.objective(), sgd, 20, () -> at -> away(at, setting.theta()));
        StatisticSeries steps = watched(setting, sgd, falls, StepSchedule.every(10, 10, 50));
        double once = watched(setting, sgd, falls, StepSchedule.at(50)).mean(0);
        assertEquals(once, 5 * steps.timeMean(), 1e-12);
        assertTrue(once < 0);
    }
}
