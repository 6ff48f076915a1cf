package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.gradient.BatchChunks;
import dev.lowland.optim.gradient.BatchGradient;
import dev.lowland.optim.gradient.ChunkedGradient;
import dev.lowland.optim.gradient.StepGraph;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.CrewThreads;
import dev.lowland.optim.support.Problems;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Batches that are cut into chunks: any number of threads gives the bits of one, and the numbers of a program that is
 * not cut.
 */
@Tag("slow")
class LargeBatchTest {

    /** 9,271 parameters: a batch of 1,000 is cut into four chunks, the last of which is smaller. */
    private static final Model MODEL = Models.mlp(100, 90, 2).withActivation(Activation.TANH);

    private static final int BATCH = 1000;
    private static final Problems PROBLEM = Problems.unfitted(MODEL, BATCH, 7);
    private static final DMatrixRMaj START = start(MODEL);

    private static DMatrixRMaj start(Model model) {
        DMatrixRMaj theta = Problems.unfitted(model, 1, 8).theta();
        for (int e = 0; e < theta.numRows; e++) {
            theta.data[e] *= 0.05;
        }
        return theta;
    }

    private static LabelNoiseSgd drawn() {
        return LabelNoiseSgd.of(0.02).withLabelNoise(0.3).withSeed(3).withBatchSize(BATCH);
    }

    private static void checkBits(Objective objective, DMatrixRMaj theta, LabelNoiseSgd sgd, long steps) {
        Run one = sgd.run(objective, theta, steps);
        assertEquals(RunStatus.FINISHED, one.status());
        for (int threads : new int[] {2, 3, 7, 20}) {
            Run several = sgd.withThreads(threads).run(objective, theta, steps);
            assertArrayEquals(one.parameters().data, several.parameters().data, threads + " threads");
            assertArrayEquals(one.velocity().data, several.velocity().data, threads + " threads");
        }
    }

    @Test
    void theBitsDoNotDependOnThreads() {
        Objective objective = PROBLEM.objective();
        assertTrue(BatchChunks.suit(BATCH, objective.parameterCount()));
        checkBits(objective, START, drawn(), 4);
        checkBits(objective, START, drawn().withMomentum(0.9), 3);
        checkBits(objective, START, drawn().withFullBatch().withNoiseLaw(NoiseLaw.GAUSSIAN), 3);
    }

    /** Sixteen chunks and flipped labels: a strip adds up its own chunks first. */
    @Test
    void theBitsDoNotDependOnThreadsWithManyChunks() {
        Model model = Models.mlp(100, 20, 1).withActivation(Activation.TANH);
        Objective labels = Problems.labelled(model, Losses.logistic(0.2), 50, 2).objective();
        checkBits(labels, start(model), drawn().withBatchSize(4200), 2);
    }

    @Test
    void theFullBatchHasTheGradientOfTheObjective() {
        Objective objective = PROBLEM.objective();
        DMatrixRMaj gradient = new DMatrixRMaj(START.numRows, 1);
        objective.gradient(START, gradient);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(1).withNoiseLaw(NoiseLaw.NONE).withThreads(2);
        Run run = sgd.run(objective, START, 1);
        for (int e = 0; e < START.numRows; e++) {
            assertEquals(START.data[e] - gradient.data[e], run.parameters().data[e], 1e-13);
        }
    }

    /** Lanes, as ensembles have them, are never cut, and lane 0 sees what the single run sees. */
    @Test
    void aStepIsThatOfOneProgramToRounding() {
        Objective objective = PROBLEM.objective();
        LabelNoiseSgd sgd = drawn().withThreads(3);
        SgdStepper lanes = sgd.compile(objective, 2).newStepper();
        lanes.start(START.data, 0);
        assertTrue(CrewThreads.alive().isEmpty());
        lanes.step();
        lanes.step();
        Run run = sgd.run(objective, START, 2);
        double moved = 0;
        for (int e = 0; e < START.numRows; e++) {
            assertEquals(lanes.parameters()[2 * e], run.parameters().data[e], 1e-13);
            moved = Math.max(moved, Math.abs(run.parameters().data[e] - START.data[e]));
        }
        assertTrue(moved > 1e-3, "moved by " + moved);
    }

    @Test
    void aResumedRunAndARestoredStepperGoOnAsIfNothingHadHappened() {
        Objective objective = PROBLEM.objective();
        LabelNoiseSgd one = drawn().withMomentum(0.5);
        LabelNoiseSgd two = one.withThreads(2);
        Run whole = one.run(objective, START, 5);
        Run part = two.run(objective, START, 2);
        assertArrayEquals(
                whole.parameters().data, two.resume(objective, part, 3).parameters().data);
        SgdStepper stepper = two.compile(objective, 1).newStepper();
        stepper.start(START.data, 0);
        stepper.step();
        stepper.restore(2, part.parameters().data, part.velocity().data);
        stepper.step();
        stepper.close();
        stepper.step();
        stepper.step();
        assertArrayEquals(whole.parameters().data, stepper.parameters());
    }

    @Test
    void divergenceHasTheSameStepAndTheSameState() {
        LabelNoiseSgd sgd = drawn().withLearningRate(1e60);
        Run one = sgd.run(PROBLEM.objective(), START, 100);
        Run three = sgd.withThreads(3).run(PROBLEM.objective(), START, 100);
        assertEquals(RunStatus.DIVERGED, one.status());
        assertEquals(RunStatus.DIVERGED, three.status());
        assertEquals(one.divergedAtStep(), three.divergedAtStep());
        assertArrayEquals(one.parameters().data, three.parameters().data);
    }

    @Test
    void threadsAreThereDuringARunAndGoneAfterIt() {
        LabelNoiseSgd sgd = drawn().withThreads(3);
        int[] seen = {0};
        sgd.run(PROBLEM.objective(), START, 2, (step, theta) -> {
            seen[0] = CrewThreads.alive().size();
            return true;
        });
        assertEquals(2, seen[0]);
        assertTrue(CrewThreads.alive().isEmpty());
        RuntimeException thrown = new IllegalStateException("observer");
        assertThrows(
                IllegalStateException.class,
                () -> sgd.run(PROBLEM.objective(), START, 2, (step, theta) -> {
                    throw thrown;
                }));
        assertTrue(CrewThreads.alive().isEmpty());
    }

    @Test
    void smallBatchesStartNoThreads() {
        Problems small = Problems.unfitted(Models.linear(3), 5, 1);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1).withLabelNoise(1).withThreads(4);
        int[] seen = {0};
        Run run = sgd.run(small.objective(), small.theta(), 3, (step, theta) -> {
            seen[0] += CrewThreads.alive().size();
            return true;
        });
        assertEquals(0, seen[0]);
        assertArrayEquals(
                sgd.withThreads(1).run(small.objective(), small.theta(), 3).parameters().data, run.parameters().data);
    }

    @Test
    void anInterruptStopsARunAndIsLeftSet() {
        for (int threads : new int[] {1, 2}) {
            LabelNoiseSgd sgd = drawn().withThreads(threads);
            Run run = sgd.run(PROBLEM.objective(), START, 9, (step, theta) -> {
                if (step == 2) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            assertTrue(Thread.interrupted());
            assertEquals(RunStatus.STOPPED, run.status());
            assertEquals(2, run.steps());
            assertArrayEquals(drawn().run(PROBLEM.objective(), START, 2).parameters().data, run.parameters().data);
        }
    }

    @Test
    void anExceptionInAThreadReachesTheCaller() {
        double[] theta = START.data.clone();
        try (BatchGradient gradient = gradient(PROBLEM.objective(), BATCH, 3, theta)) {
            double[] before = gradient.at(new int[BATCH], 0, () -> false).clone();
            for (int attempt = 0; attempt < 20; attempt++) {
                String message = assertThrows(
                                IllegalArgumentException.class, () -> gradient.at(new int[BATCH / 2], 0, () -> false))
                        .getMessage();
                assertTrue(message.startsWith("gatherInputs: samples is of length " + BATCH / 2), message);
            }
            assertArrayEquals(before, gradient.at(new int[BATCH], 0, () -> false));
        }
        assertTrue(CrewThreads.alive().isEmpty());
    }

    @Test
    @Tag("once")
    void aGradientAllocatesNothing() {
        Objective objective = Problems.unfitted(Models.linear(4), 30, 5).objective();
        for (int threads : List.of(1, 2)) {
            int[] indices = new int[4100];
            try (BatchGradient gradient = gradient(objective, 4100, threads, new double[4])) {
                Allocation.checkNone(
                        "a gradient by " + threads + " threads", () -> gradient.at(indices, 0, () -> false));
                long before = CrewThreads.allocatedBytes();
                for (int call = 0; call < 1000; call++) {
                    gradient.at(indices, 0, () -> false);
                }
                assertTrue(CrewThreads.allocatedBytes() - before < 1000, "the other threads allocate");
            }
        }
    }

    @Test
    void keepsAndChecksTheNumberOfThreads() {
        LabelNoiseSgd sgd = drawn().withThreads(5);
        assertEquals(1, drawn().threads());
        assertEquals(5, sgd.threads());
        assertEquals(5, sgd.withSeed(2).threads());
        assertTrue(sgd.toString().endsWith(", threads=5)"), sgd.toString());
        assertFalse(drawn().toString().contains("threads"));
        assertNotEquals(sgd.toString(), drawn().toString());
        String message = assertThrows(IllegalArgumentException.class, () -> drawn().withThreads(0))
                .getMessage();
        assertTrue(message.contains("threads"), message);
    }

    /** Cut whether it is worth it or not. */
    private static BatchGradient gradient(Objective objective, int batch, int threads, double[] theta) {
        LabelNoiseSgd sgd = drawn().withBatchSize(batch).withThreads(threads);
        SgdProgram program = sgd.compile(objective, 1);
        BatchChunks chunks = BatchChunks.compile(
                batch,
                size -> StepGraph.of(objective, program.law(), size, batch, false)
                        .program());
        double[] targets = new double[batch * objective.data().outputSize()];
        return new ChunkedGradient(chunks, objective.data(), false, threads, theta, targets);
    }
}
