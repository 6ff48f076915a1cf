package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LabelNoiseSgdTest {

    private final Objective squares = Problems.unfitted(Models.linear(3), 5, 1).objective();
    private final Objective labels =
            Problems.labelled(Models.linear(3), Losses.exponential(0.1), 5, 2).objective();

    @Test
    void strengthIsLearningRateTimesVarianceOverBatchAndOneMinusMomentum() {
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.2).withLabelNoise(0.3).withBatchSize(4).withMomentum(0.75);
        assertEquals(0.2 * 0.09 / (4 * 0.25), sgd.regularizationStrength(squares), 1e-17);
        assertEquals(0.2 * 1 / (4 * 0.25), sgd.regularizationStrength(labels), 1e-16);
        LabelNoiseSgd full = sgd.withFullBatch();
        assertEquals(0.2 * 0.09 / (5 * 0.25), full.regularizationStrength(squares), 1e-17);
        LabelNoiseSgd calm = sgd.withNoiseLaw(NoiseLaw.NONE);
        assertEquals(0, calm.regularizationStrength(squares));
        assertEquals(0, calm.regularizationStrength(labels));
    }

    @Test
    void theLossDecidesTheLaw() {
        LabelNoiseSgd open = LabelNoiseSgd.of(1);
        assertEquals(NoiseLaw.RADEMACHER, open.noiseLaw(squares));
        assertEquals(NoiseLaw.LABEL_FLIP, open.noiseLaw(labels));
        refused("RADEMACHER", () -> open.withNoiseLaw(NoiseLaw.RADEMACHER).noiseLaw(labels));
        refused("GAUSSIAN", () -> open.withNoiseLaw(NoiseLaw.GAUSSIAN).compile(labels, 1));
        refused("LABEL_FLIP", () -> open.withNoiseLaw(NoiseLaw.LABEL_FLIP).noiseLaw(squares));
    }

    @Test
    void keepsItsSettings() {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.2)
                .withLabelNoise(0.3)
                .withBatchSize(4)
                .withMomentum(0.75)
                .withSeed(9);
        LabelNoiseSgd faster = sgd.withLearningRate(0.4);
        assertEquals(0.4, faster.learningRate());
        assertEquals(0.2, sgd.learningRate(), "what it was made from is as it was");
        assertEquals(sgd.toString(), faster.withLearningRate(0.2).toString());
        assertEquals(0.3, faster.labelNoise());
        assertEquals(0.75, faster.momentum());
        assertEquals(4, faster.batchSize(squares));
        assertEquals(9, faster.seed());
        assertFalse(faster.isFullBatch());
        assertEquals(5, faster.withFullBatch().batchSize(squares));
    }

    @Test
    void refusesSettingsOutOfRange() {
        LabelNoiseSgd base = LabelNoiseSgd.of(0.1);
        refused("LabelNoiseSgd: learningRate is 0.0, must be positive and finite", () -> LabelNoiseSgd.of(0));
        refused("learningRate", () -> base.withLearningRate(0));
        refused("learningRate", () -> base.withLearningRate(Double.NaN));
        refused("learningRate", () -> base.withLearningRate(Double.POSITIVE_INFINITY));
        refused("momentum", () -> base.withMomentum(1));
        refused("momentum", () -> base.withMomentum(-0.1));
        refused("momentum", () -> base.withMomentum(Double.NaN));
        refused("batchSize", () -> base.withBatchSize(0));
        refused("labelNoise", () -> base.withLabelNoise(-1));
        refused("labelNoise", () -> base.withLabelNoise(Double.NaN));
        refused("threads", () -> base.withThreads(0));
        refused("lanes", () -> base.compile(squares, 0));
        refused("theta is 2×1, must be 3×1", () -> base.run(squares, new DMatrixRMaj(2, 1), 1));
        refused("steps", () -> base.run(squares, new DMatrixRMaj(3, 1), -1));
        refused("theta is NaN", () -> base.run(squares, new DMatrixRMaj(3, 1, true, 0, Double.NaN, 0), 1));
    }

    @Test
    void aResumedRunIsTheLongRun() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.01).withLabelNoise(0.3).withBatchSize(2).withMomentum(0.5);
        Run whole = sgd.run(problem.objective(), problem.theta(), 5000);
        Run part = sgd.run(problem.objective(), problem.theta(), 1777);
        Run resumed = sgd.resume(problem.objective(), part, 5000 - 1777);
        assertEquals(RunStatus.FINISHED, whole.status());
        assertEquals(5000, resumed.steps());
        assertArrayEquals(whole.parameters().data, resumed.parameters().data);
        assertArrayEquals(whole.velocity().data, resumed.velocity().data);
    }

    @Test
    void seedsDiffer() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withLabelNoise(0.3);
        double[] one = sgd.run(problem.objective(), problem.theta(), 10).parameters().data;
        double[] again = sgd.run(problem.objective(), problem.theta(), 10).parameters().data;
        double[] other =
                sgd.withSeed(2).run(problem.objective(), problem.theta(), 10).parameters().data;
        assertArrayEquals(one, again);
        assertFalse(java.util.Arrays.equals(one, other));
    }

    @Test
    void divergenceIsReportedWithItsStepAndTheLastSoundState() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 4);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(100);
        Run run = sgd.run(problem.objective(), problem.theta(), 10_000);
        assertEquals(RunStatus.DIVERGED, run.status());
        long step = run.divergedAtStep().getAsLong();
        assertEquals(step - 1, run.steps());
        for (double parameter : run.parameters().data) {
            assertTrue(Math.abs(parameter) <= LabelNoiseSgd.LARGEST_PARAMETER);
        }
        Run shorter = sgd.run(problem.objective(), problem.theta(), step - 1);
        assertEquals(RunStatus.FINISHED, shorter.status());
        assertTrue(shorter.divergedAtStep().isEmpty());
        assertArrayEquals(shorter.parameters().data, run.parameters().data);
        refused("did not diverge", () -> sgd.resume(problem.objective(), run, 1));
    }

    @Test
    void anObserverSeesItsStepsAndMayStop() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 5);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1).withLabelNoise(1);
        StringBuilder seen = new StringBuilder();
        Run run = sgd.run(problem.objective(), problem.theta(), 100, RunObserver.every(10, (step, theta) -> {
            seen.append(step).append(' ');
            assertArrayEquals(
                    sgd.run(problem.objective(), problem.theta(), step).parameters().data, theta.data);
            return step < 30;
        }));
        assertEquals("10 20 30 ", seen.toString());
        assertEquals(RunStatus.STOPPED, run.status());
        assertEquals(30, run.steps());
        refused("period", () -> RunObserver.every(0, (step, theta) -> true));
    }

    @Test
    void noStepsLeaveTheStart() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 6);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1);
        Run run = sgd.run(problem.objective(), problem.theta(), 0);
        assertEquals(RunStatus.FINISHED, run.status());
        assertArrayEquals(problem.theta().data, run.parameters().data);
    }

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }

    /** λ is a number of moderate size where σ² is none. */
    @Test
    void theStrengthIsRightWhereTheSquareOfTheNoiseIsNoNumber() {
        Objective objective = Objective.of(
                Models.linear(1), Losses.square(), Data.of(new DMatrixRMaj(2, 1, true, 1, 2), new DMatrixRMaj(2, 1)));
        LabelNoiseSgd small = LabelNoiseSgd.of(0x1p-1000).withLabelNoise(0x1p520);
        assertEquals(0x1p39, small.regularizationStrength(objective));
        assertEquals(0x1p40, small.withMomentum(0.5).regularizationStrength(objective));
        LabelNoiseSgd large = LabelNoiseSgd.of(0x1p1000).withLabelNoise(0x1p-540);
        assertEquals(0x1p-81, large.regularizationStrength(objective));
        assertEquals(
                Double.POSITIVE_INFINITY,
                LabelNoiseSgd.of(1).withLabelNoise(1e160).regularizationStrength(objective));
    }
}
