package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Problems;
import java.util.stream.IntStream;
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

    /** As few numbers as a file needs: the step, θ and the last change. */
    @Test
    void aSavedRunIsTheLongRun() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.01).withLabelNoise(0.3).withBatchSize(2).withMomentum(0.5);
        Run whole = sgd.run(problem.objective(), problem.theta(), 5000);
        Run part = sgd.run(problem.objective(), problem.theta(), 1777);
        DMatrixRMaj theta = part.parameters();
        DMatrixRMaj velocity = part.velocity();
        Run saved = Run.of(part.steps(), theta, velocity);
        theta.zero();
        velocity.zero();
        assertEquals(RunStatus.FINISHED, saved.status());
        assertEquals(1777, saved.steps());
        assertArrayEquals(part.parameters().data, saved.parameters().data);
        Run resumed = sgd.withSeed(1).resume(problem.objective(), saved, 5000 - 1777);
        assertEquals(5000, resumed.steps());
        assertArrayEquals(whole.parameters().data, resumed.parameters().data);
        assertArrayEquals(whole.velocity().data, resumed.velocity().data);
    }

    /** Runs one after the other, in parts of any length, take the numbers that they would have alone. */
    @Test
    void partsOfAStepAreTheLongRun() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        Problems other = Problems.unfitted(Models.quadratic(2), 4, 5);
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.01).withLabelNoise(0.3).withBatchSize(2).withMomentum(0.5);
        Run one = sgd.run(problem.objective(), problem.theta(), 0);
        Run two = sgd.run(other.objective(), other.theta(), 0);
        for (int k = 1; k <= 40; k++) {
            one = sgd.resume(problem.objective(), one, k % 3);
            two = sgd.resume(other.objective(), two, 1);
            one = sgd.resume(problem.objective(), one, 1);
        }
        Run whole = sgd.withSeed(1).run(problem.objective(), problem.theta(), one.steps());
        assertEquals(80, one.steps());
        assertArrayEquals(whole.parameters().data, one.parameters().data);
        Run wholeTwo = sgd.withSeed(1).run(other.objective(), other.theta(), 40);
        assertArrayEquals(wholeTwo.parameters().data, two.parameters().data);
        Run again = sgd.resume(problem.objective(), sgd.run(problem.objective(), problem.theta(), 7), 3);
        assertArrayEquals(sgd.run(problem.objective(), problem.theta(), 10).parameters().data, again.parameters().data);
    }

    @Test
    void whatARunCompiledServesTheNext() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        Optimiser sgd = LabelNoiseSgd.of(0.01).withLabelNoise(0.3).optimiser();
        CompiledRuns kept = sgd.compiledRuns();
        SgdStepper first = kept.take(sgd, problem.objective());
        SgdStepper second = kept.take(sgd, problem.objective());
        assertNotSame(first, second, "each run has its own");
        kept.giveBack(first);
        assertSame(first, kept.take(sgd, problem.objective()));
        kept.giveBack(second);
        Problems other = Problems.unfitted(Models.quadratic(2), 5, 3);
        assertNotSame(second, kept.take(sgd, other.objective()));
        kept.giveBack(second);
        assertNotSame(second, kept.take(sgd, other.objective()), "of another objective");
        Optimiser threads = sgd.withThreads(2);
        SgdStepper ended = threads.compiledRuns().take(threads, problem.objective());
        threads.compiledRuns().giveBack(ended);
        assertNotSame(ended, threads.compiledRuns().take(threads, problem.objective()), "its threads have ended");
    }

    /** One optimiser in several threads at once. */
    @Test
    void runsSideBySideDoNotMeet() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 5, 3);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withLabelNoise(0.3).withBatchSize(2);
        Run start = sgd.run(problem.objective(), problem.theta(), 3);
        double[] expected = sgd.run(problem.objective(), problem.theta(), 203).parameters().data;
        IntStream.range(0, 200).parallel().forEach(i -> {
            Run run = sgd.resume(problem.objective(), start, 200);
            assertArrayEquals(expected, run.parameters().data);
        });
    }

    /** A schedule by hand: the numbers drawn are those of the steps, whatever η is. */
    @Test
    void theLearningRateMayChangeBetweenParts() {
        Problems problem = Problems.unfitted(Models.linear(3), 5, 4);
        LabelNoiseSgd fast = LabelNoiseSgd.of(0.02).withLabelNoise(0.3);
        LabelNoiseSgd slow = fast.withLearningRate(0.005);
        Run run = slow.resume(problem.objective(), fast.run(problem.objective(), problem.theta(), 10), 10);
        SgdStepper stepper = slow.compile(problem.objective(), 1).newStepper();
        stepper.start(problem.theta().data, 0);
        stepper.restore(10, fast.run(problem.objective(), problem.theta(), 10).parameters().data, new double[3]);
        for (int k = 0; k < 10; k++) {
            stepper.step();
        }
        assertArrayEquals(stepper.parameters(), run.parameters().data);
    }

    @Test
    void aSavedRunIsChecked() {
        DMatrixRMaj two = new DMatrixRMaj(2, 1);
        refusedExactly("Run.of: steps is -1, must be at least 0", () -> Run.of(-1, two, two));
        refusedExactly("Run.of: parameters is 1×2, must be 1×1", () -> Run.of(0, new DMatrixRMaj(1, 2), two));
        refusedExactly("Run.of: velocity is 3×1, must be 2×1", () -> Run.of(0, two, new DMatrixRMaj(3, 1)));
        DMatrixRMaj bad = new DMatrixRMaj(2, 1, true, 0, Double.NaN);
        refusedExactly("Run.of: parameters is NaN at (1, 0), must be finite", () -> Run.of(0, bad, two));
        refusedExactly("Run.of: velocity is NaN at (1, 0), must be finite", () -> Run.of(0, two, bad));
        DMatrixRMaj large = new DMatrixRMaj(2, 1, true, 0, -1e151);
        refusedExactly(
                "Run.of: parameters is -1.0E151 at (1, 0), must be at most 1.0E150 in absolute value",
                () -> Run.of(0, large, two));
        nullRefused("Run.of: parameters is null, must be given", () -> Run.of(0, null, two));
        nullRefused("Run.of: velocity is null, must be given", () -> Run.of(0, two, null));
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1);
        refusedExactly(
                "LabelNoiseSgd.resume: parameters of from is 2×1, must be 3×1",
                () -> sgd.resume(squares, Run.of(0, two, two), 1));
        DMatrixRMaj three = new DMatrixRMaj(3, 1);
        refusedExactly(
                "LabelNoiseSgd.resume: steps is 9223372036854775807, must be at most 9223372036854775806",
                () -> sgd.resume(squares, Run.of(1, three, three), Long.MAX_VALUE));
        refusedExactly(
                "restore: step is 1152921504606846976, must be at most 28823037615169536",
                () -> sgd.resume(squares, Run.of(1L << 60, three, three), 1));
    }

    @Test
    void refusesNull() {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1);
        DMatrixRMaj theta = new DMatrixRMaj(3, 1);
        Run run = Run.of(0, theta, theta);
        nullRefused("LabelNoiseSgd: noiseLaw is null, must be given", () -> sgd.withNoiseLaw(null));
        nullRefused("LabelNoiseSgd: parameterNoise is null, must be given", () -> sgd.withParameterNoise(null));
        nullRefused("noiseLaw: objective is null, must be given", () -> sgd.noiseLaw(null));
        nullRefused("batchSize: objective is null, must be given", () -> sgd.batchSize(null));
        nullRefused("LabelNoiseSgd.compile: objective is null, must be given", () -> sgd.compile(null, 1));
        nullRefused("LabelNoiseSgd.run: objective is null, must be given", () -> sgd.run(null, theta, 1));
        nullRefused("LabelNoiseSgd.run: theta is null, must be given", () -> sgd.run(squares, null, 1));
        nullRefused("LabelNoiseSgd.run: observer is null, must be given", () -> sgd.run(squares, theta, 1, null));
        nullRefused("LabelNoiseSgd.resume: from is null, must be given", () -> sgd.resume(squares, null, 1));
        nullRefused("LabelNoiseSgd.resume: observer is null, must be given", () -> sgd.resume(squares, run, 1, null));
        nullRefused("RunObserver.every: observer is null, must be given", () -> RunObserver.every(1, null));
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

    private static void nullRefused(String text, Runnable action) {
        assertEquals(text, assertThrows(NullPointerException.class, action::run).getMessage());
    }

    private static void refusedExactly(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
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
