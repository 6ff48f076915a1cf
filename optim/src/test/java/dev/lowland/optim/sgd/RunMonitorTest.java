package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Problems;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a monitor sees of a run, against arithmetic by hand on ⟨x, θ⟩. */
class RunMonitorTest {

    private static final double[][] X = {{1, 2}, {-1, 0.5}, {0.3, -2}};
    private static final double[] Y = {1, -1, 1};
    private static final Objective OBJECTIVE = Objective.of(
            Models.linear(2), Losses.square(), Data.of(new DMatrixRMaj(X), new DMatrixRMaj(3, 1, true, Y)));
    private static final DMatrixRMaj START = new DMatrixRMaj(2, 1, true, 0.7, -0.2);

    @Test
    void seesTheBatchOfTheComingStep() {
        Optimiser optimiser = Optimiser.of(Rules.adam(), Schedules.exponential(0.1, 0.01, 20))
                .withBatches(Batches.withReplacement(2))
                .withNoise(Noise.rademacher(0.5))
                .withSeed(5);
        RandomStream signs = RandomStream.of(5, 0, Purpose.LABEL_NOISE);
        RandomStream indices = RandomStream.of(5, 0, Purpose.SAMPLE_INDEX);
        List<Long> seen = new ArrayList<>();
        double[] running = {0};
        Run watched = optimiser.run(OBJECTIVE, START, 12, RunMonitor.every(3, view -> {
            long k = view.step();
            seen.add(k);
            double[] theta = view.parameters().data.clone();
            double loss = 0;
            double[] gradient = new double[2];
            for (int i = 0; i < 2; i++) {
                int at = indices.index(2 * k + i, 3);
                double residual = X[at][0] * theta[0] + X[at][1] * theta[1] - Y[at] - 0.5 * signs.sign(2 * k + i);
                loss += residual * residual / 4;
                gradient[0] += residual * X[at][0] / 2;
                gradient[1] += residual * X[at][1] / 2;
            }
            running[0] += (loss - running[0]) / seen.size();
            assertEquals(loss, view.batchLoss(), 1e-14);
            assertEquals(running[0], view.runningLoss(), 1e-14);
            assertEquals(view.runningLoss(), view.runningLoss());
            assertEquals(Math.hypot(gradient[0], gradient[1]), view.gradientNorm(), 1e-14);
            assertEquals(OBJECTIVE.loss(view.parameters()), view.loss());
            assertEquals(optimiser.schedule().at(k - 1), view.learningRate());
            return true;
        }));
        assertEquals(List.of(3L, 6L, 9L, 12L), seen);
        Run alone = optimiser.run(OBJECTIVE, START, 12);
        assertArrayEquals(alone.parameters().data, watched.parameters().data, "looking changes nothing");
    }

    @Test
    void largeBatchesAreLookedAtInParts() {
        Problems problem = Problems.unfitted(Models.linear(3), 1300, 4);
        Optimiser optimiser = Optimiser.of(Rules.plain(), 0.01);
        optimiser.run(problem.objective(), problem.theta(), 3, (RunMonitor) view -> {
            assertEquals(view.loss(), view.batchLoss(), 1e-12);
            DMatrixRMaj gradient = new DMatrixRMaj(3, 1);
            problem.objective().gradient(view.parameters(), gradient);
            double norm = Math.sqrt(gradient.data[0] * gradient.data[0]
                    + gradient.data[1] * gradient.data[1]
                    + gradient.data[2] * gradient.data[2]);
            assertEquals(norm, view.gradientNorm(), 1e-12);
            return true;
        });
    }

    @Test
    void stopsEarly() {
        double[] numbers = {5, 4, 4.5, 3.9, 3.95, 3.91, 3, 2};
        EarlyStopping stopping = EarlyStopping.of(view -> numbers[(int) (view.step() / 2) - 1], 2)
                .withPeriod(2)
                .withLeastImprovement(0.05);
        Run run = Optimiser.of(Rules.plain(), 0.01).run(OBJECTIVE, START, 100, stopping);
        assertEquals(RunStatus.STOPPED, run.status());
        assertEquals(12, run.steps());
        assertEquals(3.9, stopping.best().orElseThrow());
        assertEquals(8, stopping.bestStep());
        assertTrue(EarlyStopping.of(view -> Double.NaN, 1).best().isEmpty());
    }

    @Test
    @Tag("once")
    void lookingAllocatesNothing() {
        Optimiser optimiser = Optimiser.of(Rules.heavyBall(0.5), 0.01)
                .withBatches(Batches.withoutReplacementKeepingShort(2))
                .withNoise(Noise.gaussian(0.1));
        double[] sum = {0};
        RunMonitor looking = view -> {
            sum[0] += view.batchLoss() + view.runningLoss() + view.gradientNorm() + view.learningRate() + view.loss();
            return true;
        };
        long few = bytes(optimiser, 3000, looking);
        long many = bytes(optimiser, 13_000, looking);
        assertTrue(Math.abs(many - few) < 5000, () -> "10,000 looks allocate " + (many - few) + " bytes");
    }

    private static long bytes(Optimiser optimiser, int steps, RunMonitor monitor) {
        optimiser.run(OBJECTIVE, START, 20_000, monitor);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            least = Math.min(least, Allocation.bytes(() -> optimiser.run(OBJECTIVE, START, steps, monitor)));
        }
        return least;
    }
}
