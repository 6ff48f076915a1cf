package dev.lowland.optim.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.data.ArrayRows;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.EnsembleState;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.ensemble.ReplicaStatistics;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.support.Problems;
import java.io.IOException;
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
        for (LabelNoiseSgd sgd : variants()) {
            StateSettings settings = StateSettings.of(sgd, OBJECTIVE);
            Run undisturbed = sgd.run(OBJECTIVE, PROBLEM.theta(), 150);
            Run run = sgd.run(OBJECTIVE, PROBLEM.theta(), 0);
            for (int k = 0; k < 150; k += 30) {
                run = States.run(SavedState.of(States.of(run, settings).toBytes()), settings);
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
            EnsembleState state = first.finalState().orElseThrow();
            assertEquals(50, state.step());
            EnsembleState back =
                    States.ensemble(SavedState.of(States.of(state, settings).toBytes()), settings);
            EnsembleResult second = watched(ensemble, 100, 150).withThreads(2).resume(back, new long[] {100, 150});
            assertSame(undisturbed.checkpoints().get(1), second.checkpoints().get(0));
            assertSame(undisturbed.last(), second.last());
            EnsembleState ends = second.finalState().orElseThrow();
            EnsembleState expected = undisturbed.finalState().orElseThrow();
            assertArrayEquals(expected.parameters().data, ends.parameters().data);
            expected.memory()
                    .forEach((name, matrix) ->
                            assertArrayEquals(matrix.data, ends.memory().get(name).data));
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
        assertArrayEquals(expected.covariance().data, found.covariance().data);
    }

    @Test
    void theFinalStateIsKeptIfAskedFor() {
        Ensemble ensemble = Ensemble.of(OBJECTIVE, SGD).withReplicas(3);
        assertTrue(ensemble.run(PROBLEM.theta(), 5).finalState().isEmpty());
        EnsembleResult kept = ensemble.withFinalState(true).withStates(true).run(PROBLEM.theta(), 5);
        assertArrayEquals(
                kept.states().get(0).data, kept.finalState().orElseThrow().parameters().data);
    }

    @Test
    void refusesToGoOnFromSomethingElse() {
        Ensemble ensemble = Ensemble.of(OBJECTIVE, SGD).withReplicas(3).withFinalState(true);
        EnsembleState state = ensemble.run(PROBLEM.theta(), 5).finalState().orElseThrow();
        int p = OBJECTIVE.parameterCount();
        refused(
                "Ensemble.resume: parameters of from is 3×" + p + ", must be 4×" + p,
                () -> ensemble.withReplicas(4).resume(state, new long[] {9}));
        refused(
                "Ensemble.resume: first checkpoint is 5, must be at least 6",
                () -> ensemble.resume(state, new long[] {5}));
        refused(
                "Ensemble.resume: first step of statistic loss is 0, must be at least 5",
                () -> watched(ensemble, 0, 9).resume(state, new long[] {9}));
        EnsembleState other = EnsembleState.of(5, state.parameters(), Map.of("m", state.parameters()));
        refused(
                "Ensemble.resume: memory of from is [m], must be [velocity]",
                () -> ensemble.resume(other, new long[] {9}));
        DMatrixRMaj infinite = state.parameters();
        infinite.data[1] = Double.POSITIVE_INFINITY;
        refused(
                "EnsembleState.of: parameters is Infinity at (0, 1), must be finite",
                () -> EnsembleState.of(5, infinite, Map.of()));
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
        for (StateSettings other : List.of(
                StateSettings.of(SGD.withSeed(6), OBJECTIVE),
                StateSettings.of(SGD.withMomentum(0.1), OBJECTIVE),
                StateSettings.of(SGD.withLabelNoise(0.31), OBJECTIVE),
                StateSettings.of(SGD.withBatchSize(3), OBJECTIVE),
                StateSettings.of(LabelNoiseSgd.of(0.03).withLabelNoise(0.3).withSeed(5), OBJECTIVE),
                StateSettings.of(SGD, objective(Data.of(inputs, data.targets()))),
                StateSettings.of(
                        SGD, Problems.interpolated(Models.linear(3), 6, 1).objective()))) {
            assertNotEquals(settings.hash(), other.hash());
            String message = assertThrows(IllegalArgumentException.class, () -> States.run(saved, other))
                    .getMessage();
            assertTrue(message.matches("(?s)resume a run: .* in the saved state is .*, must be .*"), message);
        }
        refused(
                "resume an ensemble: the saved state is of kind run, must be of kind ensemble",
                () -> States.ensemble(saved, settings));
    }

    private static Objective objective(Data data) {
        return Objective.of(OBJECTIVE.model(), Losses.square(), data);
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
