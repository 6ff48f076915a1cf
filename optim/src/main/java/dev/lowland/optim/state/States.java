package dev.lowland.optim.state;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.EnsemblePart;
import dev.lowland.optim.ensemble.PartialMoments;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What optimisers have to remember as saved states, and back: of a run, of a stepper, or of an ensemble.
 *
 * <pre>{@code
 * StateSettings settings = StateSettings.of(optimiser, objective);
 * Run run = Files.exists(file)
 *         ? Run.of(States.state(SavedState.load(file), settings))
 *         : optimiser.run(objective, theta, 0);
 * while (run.steps() < end) {
 *     run = optimiser.resume(objective, run, 1000);
 *     States.of(run, settings).save(file);
 * }
 * }</pre>
 *
 * <p>However often this is killed, it ends with the same bits.
 */
public final class States {

    private static final String KIND = "optimiser";
    private static final String PART = "part of an ensemble";
    private static final String STEP = "step";
    private static final String SEED = "seed";
    private static final String FIRST_REPLICA = "first replica";
    private static final String LANES = "lanes";
    private static final String PARAMETERS = "parameters";
    private static final String MEMORY = "memory ";
    private static final String RESUME = "resume";

    private States() {}

    /**
     * The state of a run.
     *
     * @param run which has not diverged
     * @param settings under which it ran
     * @return what to save
     * @throws IllegalArgumentException if it has diverged
     */
    public static SavedState of(Run run, StateSettings settings) {
        Checks.notNull("States.of", "run", run);
        if (run.status() == RunStatus.DIVERGED) {
            throw Checks.error("States.of", "run", run.toString(), "a run that did not diverge");
        }
        return of(run.state(), settings);
    }

    /**
     * The state of a stepper or an ensemble.
     *
     * @param state what it remembers
     * @param settings under which it ran
     * @return what to save
     */
    public static SavedState of(OptimiserState state, StateSettings settings) {
        Checks.notNull("States.of", "state", state);
        Checks.notNull("States.of", "settings", settings);
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put(STEP, state.step());
        numbers.put(SEED, state.seed());
        numbers.put(FIRST_REPLICA, (long) state.firstReplica());
        numbers.put(LANES, (long) state.lanes());
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put(PARAMETERS, state.parameters());
        for (String name : state.memoryNames()) {
            arrays.put(MEMORY + name, state.memory(name));
        }
        return SavedState.lent(KIND, settings, numbers, arrays);
    }

    /**
     * A state that was saved.
     *
     * @param saved what was saved
     * @param settings of who is to go on
     * @return what it remembers
     * @throws IllegalArgumentException if it is none of an optimiser, or of other settings
     */
    public static OptimiserState state(SavedState saved, StateSettings settings) {
        Checks.notNull(RESUME, "saved", saved);
        saved.require(RESUME, KIND, settings);
        Map<String, double[]> memory = new LinkedHashMap<>();
        saved.arrays().forEach((name, array) -> {
            if (name.startsWith(MEMORY)) {
                memory.put(name.substring(MEMORY.length()), array);
            }
        });
        return OptimiserState.of(
                saved.number(STEP),
                saved.number(SEED),
                whole(saved, FIRST_REPLICA),
                whole(saved, LANES),
                saved.array(PARAMETERS),
                memory);
    }

    /**
     * What a part of an ensemble found.
     *
     * @param found the sums
     * @param settings under which it ran; {@link StateSettings#of(Optimiser, dev.lowland.optim.objective.Objective)},
     *     with what else makes two runs different, such as the start
     * @return what to save
     */
    public static SavedState of(PartialMoments found, StateSettings settings) {
        Checks.notNull("States.of", "found", found);
        Checks.notNull("States.of", "settings", settings);
        return SavedState.lent(PART, settings, found.numbers(), found.arrays());
    }

    /**
     * What a part of an ensemble has found and saved.
     *
     * @param saved what was saved
     * @param settings of who wants it
     * @param whole of which it is a part
     * @return the sums
     * @throws IllegalArgumentException if it is none of a part, of other settings, or does not fit the whole
     */
    public static PartialMoments partial(SavedState saved, StateSettings settings, EnsemblePart whole) {
        Checks.notNull("partial", "saved", saved);
        Checks.notNull("partial", "whole", whole);
        saved.require("partial", PART, settings);
        return whole.partial(saved.numbers(), saved.arrays());
    }

    private static int whole(SavedState saved, String name) {
        long number = saved.number(name);
        Checks.atLeast(RESUME, name, number, 0);
        Checks.atMost(RESUME, name, number, Integer.MAX_VALUE);
        return (int) number;
    }
}
