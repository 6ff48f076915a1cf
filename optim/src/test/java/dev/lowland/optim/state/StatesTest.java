package dev.lowland.optim.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.data.ArrayRows;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.ensemble.ReplicaStatistics;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.support.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class StatesTest {

    private static final Problems PROBLEM = Problems.interpolated(Models.mlp(3, 4, 1), 6, 1);
    private static final Objective OBJECTIVE = PROBLEM.objective();
    private static final LabelNoiseSgd SGD =
            LabelNoiseSgd.of(0.02).withLabelNoise(0.3).withSeed(5);

    private static List<LabelNoiseSgd> variants() {
        return List.of(
                SGD,
                SGD.withMomentum(0.7),
                SGD.withBatchSize(2),
                SGD.withFullBatch().withMomentum(0.5));
    }

    @Test
    void aRunThatWasSavedGoesOnAsIfNothingHadHappened() throws IOException {
        List<Optimiser> all = new ArrayList<>();
        variants().forEach(sgd -> all.add(sgd.optimiser()));
        for (UpdateRule rule : List.of(
                Rules.nesterov(0.5), Rules.rmsprop(), Rules.adam(), Rules.sam(0.1, Rules.adamw(0.1)), Rules.sign())) {
            Schedule schedule = Schedules.constant(0.01).withWarmUp(70);
            all.add(Optimiser.of(rule, schedule)
                    .withNoise(Noise.gaussian(0.2))
                    .withBatches(Batches.withoutReplacement(4)));
        }
        for (Optimiser sgd : all) {
            StateSettings settings = StateSettings.of(sgd, OBJECTIVE);
            Run undisturbed = sgd.run(OBJECTIVE, PROBLEM.theta(), 150);
            Run run = sgd.run(OBJECTIVE, PROBLEM.theta(), 0);
            for (int k = 0; k < 150; k += 30) {
                run = Run.of(States.state(SavedState.of(States.of(run, settings).toBytes()), settings));
                run = sgd.resume(OBJECTIVE, run, 30);
            }
            assertEquals(150, run.steps());
            assertArrayEquals(undisturbed.parameters().data, run.parameters().data);
            assertArrayEquals(undisturbed.velocity().data, run.velocity().data);
        }
    }

    /** With lanes that do not count in the last block, moments at several checkpoints, and a statistic. */
    @Test
    void anEnsembleThatWasSavedGoesOnAsIfNothingHadHappened() throws IOException {
        for (LabelNoiseSgd sgd : variants()) {
            StateSettings settings = StateSettings.of(sgd, OBJECTIVE);
            Ensemble ensemble = Ensemble.of(OBJECTIVE, sgd).withReplicas(70).withFinalState(true);
            EnsembleResult undisturbed = watched(ensemble, 100, 150).run(PROBLEM.theta(), new long[] {50, 100, 150});
            EnsembleResult first = ensemble.withThreads(2).run(PROBLEM.theta(), 50);
            assertSame(undisturbed.checkpoints().get(0), first.last());
            OptimiserState state = first.finalState().orElseThrow();
            assertEquals(50, state.step());
            OptimiserState back =
                    States.state(SavedState.of(States.of(state, settings).toBytes()), settings);
            EnsembleResult second = watched(ensemble, 100, 150).withThreads(2).resume(back, new long[] {100, 150});
            assertSame(undisturbed.checkpoints().get(1), second.checkpoints().get(0));
            assertSame(undisturbed.last(), second.last());
            OptimiserState ends = second.finalState().orElseThrow();
            OptimiserState expected = undisturbed.finalState().orElseThrow();
            assertArrayEquals(expected.parameters(), ends.parameters());
            for (String name : expected.memoryNames()) {
                assertArrayEquals(expected.memory(name), ends.memory(name));
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        undisturbed.statistics().get(0).mean(i),
                        second.statistics().get(0).mean(i));
            }
        }
    }

    private static Ensemble watched(Ensemble ensemble, long... steps) {
        return ensemble.withStatistic(ReplicaStatistics.loss(OBJECTIVE), StepSchedule.at(steps));
    }

    private static void assertSame(Moments expected, Moments found) {
        assertEquals(expected.step(), found.step());
        assertArrayEquals(expected.mean().data, found.mean().data);
        assertArrayEquals(
                expected.covariance().orElseThrow().data, found.covariance().orElseThrow().data);
    }

    @Test
    void theFinalStateIsKeptIfAskedFor() {
        Ensemble ensemble = Ensemble.of(OBJECTIVE, SGD).withReplicas(3);
        assertTrue(ensemble.run(PROBLEM.theta(), 5).finalState().isEmpty());
        EnsembleResult kept = ensemble.withFinalState(true).withStates(true).run(PROBLEM.theta(), 5);
        double[] ends = kept.finalState().orElseThrow().parameters();
        for (int replica = 0; replica < 3; replica++) {
            for (int i = 0; i < OBJECTIVE.parameterCount(); i++) {
                assertEquals(kept.states().get(0).get(replica, i), ends[3 * i + replica]);
            }
        }
    }

    /** Settings side by side go on as each of them would alone, from the same block. */
    @Test
    void settingsSideBySideGoOn() {
        Optimiser base = Optimiser.of(Rules.adam(), 0.01).withNoise(Noise.gaussian(0.2));
        List<Optimiser> settings = List.of(base, base.withLearningRate(0.02).withSeed(9), base.withSeed(3));
        Ensemble ensemble = Ensemble.of(OBJECTIVE, base).withReplicas(5).withFinalState(true);
        List<DMatrixRMaj> starts = List.of(PROBLEM.theta(), PROBLEM.theta(), PROBLEM.theta());
        List<EnsembleResult> undisturbed = ensemble.runEach(settings, starts, new long[] {40});
        List<OptimiserState> half = new ArrayList<>();
        for (EnsembleResult result : ensemble.runEach(settings, starts, new long[] {15})) {
            half.add(result.finalState().orElseThrow());
        }
        List<EnsembleResult> resumed = ensemble.resumeEach(settings, half, new long[] {40});
        for (int i = 0; i < settings.size(); i++) {
            assertSame(undisturbed.get(i).last(), resumed.get(i).last());
            EnsembleResult alone =
                    Ensemble.of(OBJECTIVE, settings.get(i)).withReplicas(5).resume(half.get(i), new long[] {40});
            assertArrayEquals(
                    undisturbed.get(i).last().mean().data, alone.last().mean().data);
        }
    }

    /** Every replica from a start of its own. */
    @Test
    void aStateBeforeTheFirstStepIsAStart() {
        int p = OBJECTIVE.parameterCount();
        double[] starts = new double[2 * p];
        DMatrixRMaj other = PROBLEM.theta().copy();
        for (int i = 0; i < p; i++) {
            other.data[i] += 0.1;
            starts[2 * i] = PROBLEM.theta().data[i];
            starts[2 * i + 1] = other.data[i];
        }
        Ensemble ensemble = Ensemble.of(OBJECTIVE, SGD).withReplicas(2).withStates(true);
        OptimiserState from = OptimiserState.of(0, 5, 0, 2, starts, Map.of());
        double[] found = ensemble.resume(from, new long[] {30}).states().get(0).data;
        double[] first = ensemble.run(PROBLEM.theta(), 30).states().get(0).data;
        double[] second = ensemble.run(other, 30).states().get(0).data;
        assertArrayEquals(Arrays.copyOf(first, p), Arrays.copyOf(found, p));
        assertArrayEquals(Arrays.copyOfRange(second, p, 2 * p), Arrays.copyOfRange(found, p, 2 * p));
    }

    @Test
    void refusesToGoOnFromSomethingElse() {
        Ensemble ensemble = Ensemble.of(OBJECTIVE, SGD).withReplicas(3).withFinalState(true);
        OptimiserState state = ensemble.run(PROBLEM.theta(), 5).finalState().orElseThrow();
        int p = OBJECTIVE.parameterCount();
        refused(
                "Ensemble.resume: from is OptimiserState(step 5, " + p + " parameters, 3 lanes, memory []), must be of "
                        + p + " parameters in 4 lanes",
                () -> ensemble.withReplicas(4).resume(state, new long[] {9}));
        refused(
                "Ensemble.resume: first checkpoint is 5, must be at least 6",
                () -> ensemble.resume(state, new long[] {5}));
        refused(
                "Ensemble.resume: first step of statistic loss is 0, must be at least 5",
                () -> watched(ensemble, 0, 9).resume(state, new long[] {9}));
        refused(
                "Ensemble.resume: what from remembers is [m], must be []",
                () -> ensemble.resume(
                        OptimiserState.of(5, 5, 0, 3, state.parameters(), Map.of("m", state.parameters())),
                        new long[] {9}));
        refused(
                "Ensemble.resume: seed of from is 6, must be 5",
                () -> ensemble.resume(OptimiserState.of(5, 6, 0, 3, state.parameters(), Map.of()), new long[] {9}));
        refused(
                "Ensemble.resume: first replica of from is 3, must be 0",
                () -> ensemble.resume(OptimiserState.of(5, 5, 3, 3, state.parameters(), Map.of()), new long[] {9}));
    }

    /** Every setting that decides what a run does, and the data to the last bit; not the threads. */
    @Test
    void settingsAreAllThatDecides() {
        StateSettings settings = StateSettings.of(SGD, OBJECTIVE);
        assertEquals(
                settings.hash(), StateSettings.of(SGD.withThreads(2), OBJECTIVE).hash());
        Data data = OBJECTIVE.data();
        Data same = Data.of(ArrayRows.of(data.inputs()), ArrayRows.of(data.targets()));
        assertEquals(settings.hash(), StateSettings.of(SGD, objective(same)).hash());
        DMatrixRMaj inputs = data.inputs();
        inputs.data[17] = Math.nextUp(inputs.data[17]);
        Run run = SGD.run(OBJECTIVE, PROBLEM.theta(), 3);
        SavedState saved = States.of(run, settings);
        for (StateSettings changed : List.of(
                StateSettings.of(SGD.withSeed(6), OBJECTIVE),
                StateSettings.of(SGD.withMomentum(0.1), OBJECTIVE),
                StateSettings.of(SGD.withLabelNoise(0.31), OBJECTIVE),
                StateSettings.of(SGD.withBatchSize(3), OBJECTIVE),
                StateSettings.of(LabelNoiseSgd.of(0.03).withLabelNoise(0.3).withSeed(5), OBJECTIVE),
                StateSettings.of(SGD, objective(Data.of(inputs, data.targets()))),
                StateSettings.of(
                        SGD, Problems.interpolated(Models.linear(3), 6, 1).objective()))) {
            assertNotEquals(settings.hash(), changed.hash());
            String message = assertThrows(IllegalArgumentException.class, () -> States.state(saved, changed))
                    .getMessage();
            assertTrue(message.matches("(?s)resume: .* in the saved state is .*, must be .*"), message);
        }
        SavedState other = SavedState.of("something", settings, Map.of(), Map.of());
        refused(
                "resume: the saved state is of kind something, must be of kind optimiser",
                () -> States.state(other, settings));
    }

    private static Objective objective(Data data) {
        return Objective.of(OBJECTIVE.model(), Losses.square(), data);
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
