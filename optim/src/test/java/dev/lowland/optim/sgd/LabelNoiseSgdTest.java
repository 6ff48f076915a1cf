package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
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
        LabelNoiseSgd sgd = LabelNoiseSgd.builder()
                .learningRate(0.2)
                .labelNoise(0.3)
                .batchSize(4)
                .momentum(0.75)
                .build();
        assertEquals(0.2 * 0.09 / (4 * 0.25), sgd.regularizationStrength(squares), 1e-17);
        assertEquals(0.2 * 1 / (4 * 0.25), sgd.regularizationStrength(labels), 1e-16);
        LabelNoiseSgd full = sgd.toBuilder().fullBatch().build();
        assertEquals(0.2 * 0.09 / (5 * 0.25), full.regularizationStrength(squares), 1e-17);
        LabelNoiseSgd calm = sgd.toBuilder().noiseLaw(NoiseLaw.NONE).build();
        assertEquals(0, calm.regularizationStrength(squares));
        assertEquals(0, calm.regularizationStrength(labels));
    }

    @Test
    void theLossDecidesTheLaw() {
        LabelNoiseSgd open = LabelNoiseSgd.builder().learningRate(1).build();
        assertEquals(NoiseLaw.RADEMACHER, open.noiseLaw(squares));
        assertEquals(NoiseLaw.LABEL_FLIP, open.noiseLaw(labels));
        refused(
                "RADEMACHER",
                () -> open.toBuilder().noiseLaw(NoiseLaw.RADEMACHER).build().noiseLaw(labels));
        refused(
                "GAUSSIAN",
                () -> open.toBuilder().noiseLaw(NoiseLaw.GAUSSIAN).build().compile(labels, 1));
        refused(
                "LABEL_FLIP",
                () -> open.toBuilder().noiseLaw(NoiseLaw.LABEL_FLIP).build().noiseLaw(squares));
    }

    @Test
    void keepsItsSettings() {
        LabelNoiseSgd sgd = LabelNoiseSgd.builder()
                .learningRate(0.2)
                .labelNoise(0.3)
                .batchSize(4)
                .momentum(0.75)
                .seed(9)
                .build();
        LabelNoiseSgd copy = sgd.toBuilder().build();
        assertEquals(sgd.toString(), copy.toString());
        assertEquals(0.2, copy.learningRate());
        assertEquals(0.3, copy.labelNoise());
        assertEquals(0.75, copy.momentum());
        assertEquals(4, copy.batchSize(squares));
        assertEquals(9, copy.seed());
        assertFalse(copy.isFullBatch());
        assertEquals(5, copy.toBuilder().fullBatch().build().batchSize(squares));
    }

    @Test
    void refusesSettingsOutOfRange() {
        LabelNoiseSgd.Builder builder = LabelNoiseSgd.builder();
        refused("learningRate is not set", builder::build);
        refused("learningRate", () -> builder.learningRate(0));
        refused("learningRate", () -> builder.learningRate(Double.NaN));
        refused("learningRate", () -> builder.learningRate(Double.POSITIVE_INFINITY));
        refused("momentum", () -> builder.momentum(1));
        refused("momentum", () -> builder.momentum(-0.1));
        refused("momentum", () -> builder.momentum(Double.NaN));
        refused("batchSize", () -> builder.batchSize(0));
        refused("labelNoise", () -> builder.labelNoise(-1));
        refused("labelNoise", () -> builder.labelNoise(Double.NaN));
        LabelNoiseSgd sgd = builder.learningRate(0.1).build();
        refused("lanes", () -> sgd.compile(squares, 0));
        refused("theta is 2×1, must be 3×1", () -> sgd.run(squares, new DMatrixRMaj(2, 1), 1));
        refused("steps", () -> sgd.run(squares, new DMatrixRMaj(3, 1), -1));
        refused("theta is NaN", () -> sgd.run(squares, new DMatrixRMaj(3, 1, true, 0, Double.NaN, 0), 1));
    }

    @Test
    void aResumedRunIsTheLongRun() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd = LabelNoiseSgd.builder()
                .learningRate(0.01)
                .labelNoise(0.3)
                .batchSize(2)
                .momentum(0.5)
                .build();
        Run whole = sgd.run(problem.objective(), problem.theta(), 5000);
        Run part = sgd.run(problem.objective(), problem.theta(), 1777);
        Run resumed = sgd.resume(problem.objective(), part, 5000 - 1777, null);
        assertEquals(RunStatus.FINISHED, whole.status());
        assertEquals(5000, resumed.steps());
        assertArrayEquals(whole.parameters().data, resumed.parameters().data);
        assertArrayEquals(whole.velocity().data, resumed.velocity().data);
    }

    @Test
    void seedsDiffer() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.builder().learningRate(0.01).labelNoise(0.3).build();
        double[] one = sgd.run(problem.objective(), problem.theta(), 10).parameters().data;
        double[] again = sgd.run(problem.objective(), problem.theta(), 10).parameters().data;
        double[] other = sgd.toBuilder()
                .seed(2)
                .build()
                .run(problem.objective(), problem.theta(), 10)
                .parameters()
                .data;
        assertArrayEquals(one, again);
        assertFalse(java.util.Arrays.equals(one, other));
    }

    @Test
    void divergenceIsReportedWithItsStepAndTheLastSoundState() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 4);
        LabelNoiseSgd sgd = LabelNoiseSgd.builder().learningRate(100).build();
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
        refused("did not diverge", () -> sgd.resume(problem.objective(), run, 1, null));
    }

    @Test
    void anObserverSeesItsStepsAndMayStop() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 5);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.builder().learningRate(0.1).labelNoise(1).build();
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
        LabelNoiseSgd sgd = LabelNoiseSgd.builder().learningRate(0.1).build();
        Run run = sgd.run(problem.objective(), problem.theta(), 0);
        assertEquals(RunStatus.FINISHED, run.status());
        assertArrayEquals(problem.theta().data, run.parameters().data);
    }

    private static void refused(String text, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(text), message);
    }
}
