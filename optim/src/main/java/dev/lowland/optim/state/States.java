package dev.lowland.optim.state;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.EnsembleState;
import dev.lowland.optim.sgd.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Runs and ensembles as saved states, and back.
 *
 * <pre>{@code
 * StateSettings settings = StateSettings.of(sgd, objective);
 * Run run = Files.exists(file)
 *         ? States.run(SavedState.load(file), settings)
 *         : sgd.run(objective, theta, 0);
 * while (run.steps() < end) {
 *     run = sgd.resume(objective, run, 1000);
 *     States.of(run, settings).save(file);
 * }
 * }</pre>
 *
 * <p>However often this is killed, it ends with the same bits.
 */
public final class States {

    private static final String RUN = "run";
    private static final String ENSEMBLE = "ensemble";
    private static final String STEPS = "steps";
    private static final String REPLICAS = "replicas";
    private static final String PARAMETERS = "parameters";
    private static final String VELOCITY = "velocity";
    private static final String MEMORY = "memory ";

    private States() {}

    /**
     * The state of a run.
     *
     * @param run which has not diverged
     * @param settings under which it ran
     * @return what to save
     */
    public static SavedState of(Run run, StateSettings settings) {
        Checks.notNull("States.of", "run", run);
        Checks.notNull("States.of", "settings", settings);
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put(PARAMETERS, run.parameters().data);
        arrays.put(VELOCITY, run.velocity().data);
        return SavedState.lent(RUN, settings, new LinkedHashMap<>(Map.of(STEPS, run.steps())), arrays);
    }

    /**
     * A run that was saved.
     *
     * @param saved its state
     * @param settings of the run that is to go on
     * @return the run, FINISHED
     * @throws IllegalArgumentException if the state is of another kind or of other settings, or is none of a run
     */
    public static Run run(SavedState saved, StateSettings settings) {
        Checks.notNull("resume a run", "saved", saved);
        saved.require("resume a run", RUN, settings);
        return Run.of(saved.number(STEPS), column(saved.array(PARAMETERS)), column(saved.array(VELOCITY)));
    }

    private static DMatrixRMaj column(double[] numbers) {
        return DMatrixRMaj.wrap(numbers.length, 1, numbers);
    }

    /**
     * The state of an ensemble.
     *
     * @param state where its replicas are
     * @param settings under which they ran
     * @return what to save
     */
    public static SavedState of(EnsembleState state, StateSettings settings) {
        Checks.notNull("States.of", "state", state);
        Checks.notNull("States.of", "settings", settings);
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put(STEPS, state.step());
        numbers.put(REPLICAS, (long) state.replicas());
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put(PARAMETERS, state.parameters().data);
        state.memory().forEach((name, matrix) -> arrays.put(MEMORY + name, matrix.data));
        return SavedState.lent(ENSEMBLE, settings, numbers, arrays);
    }

    /**
     * An ensemble that was saved.
     *
     * @param saved its state
     * @param settings of the ensemble that is to go on
     * @return where its replicas are
     * @throws IllegalArgumentException if the state is of another kind or of other settings, or is none of an ensemble
     */
    public static EnsembleState ensemble(SavedState saved, StateSettings settings) {
        Checks.notNull("resume an ensemble", "saved", saved);
        saved.require("resume an ensemble", ENSEMBLE, settings);
        long replicas = saved.number(REPLICAS);
        double[] parameters = saved.array(PARAMETERS);
        Checks.atLeast("resume an ensemble", "replicas in the saved state", replicas, 1);
        Checks.atMost("resume an ensemble", "replicas in the saved state", replicas, parameters.length);
        Map<String, DMatrixRMaj> memory = new LinkedHashMap<>();
        saved.arrays().forEach((name, array) -> {
            if (name.startsWith(MEMORY)) {
                memory.put(name.substring(MEMORY.length()), rows((int) replicas, array));
            }
        });
        return EnsembleState.of(saved.number(STEPS), rows((int) replicas, parameters), memory);
    }

    private static DMatrixRMaj rows(int replicas, double[] numbers) {
        return DMatrixRMaj.wrap(replicas, numbers.length / replicas, numbers);
    }
}
