package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.rule.OptimiserState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * θ, and what the rule remembers, of some replicas side by side: entry e of lane l is at [e·lanes + l]. One earlier
 * state can be kept beside it. For one thread.
 */
final class LanedState {

    private static final String VELOCITY = "velocity";

    private final int lanes;
    private final List<String> names;
    private final double[] parameters;
    private final double[][] memory;
    private final double[] velocity;
    private double @Nullable [][] mark;

    /** So many parameters in so many lanes, and an array for each name. */
    LanedState(int size, int lanes, List<String> names) {
        this.lanes = lanes;
        this.names = names;
        this.parameters = new double[size * lanes];
        this.memory = new double[names.size()][size * lanes];
        int at = names.indexOf(VELOCITY);
        this.velocity = at < 0 ? new double[size * lanes] : memory[at];
    }

    double[] parameters() {
        return parameters;
    }

    List<String> names() {
        return names;
    }

    double[] memory(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw Checks.error("memory", "name", name, "one of " + names);
        }
        return memory[at];
    }

    double[][] memory() {
        return memory;
    }

    /** The last change of θ, where the rule remembers it; else zeros. */
    double[] velocity() {
        return velocity;
    }

    /** Some lanes at θ, at rest. */
    void start(double[] theta, int from, int count) {
        int size = parameters.length / lanes;
        Checks.length("start", "theta", theta.length, size);
        for (int i = 0; i < size; i++) {
            Arrays.fill(parameters, i * lanes + from, i * lanes + from + count, theta[i]);
        }
        for (double[] array : memory) {
            for (int e = from; e < array.length; e += lanes) {
                Arrays.fill(array, e, e + count, 0);
            }
        }
    }

    /** The state that is given, laned, of a rule that remembers the velocity or nothing. */
    void restore(double[] givenParameters, double[] givenVelocity) {
        check("restore", "parameters", givenParameters, parameters.length);
        check("restore", "velocity", givenVelocity, parameters.length);
        for (String name : names) {
            if (!name.equals(VELOCITY)) {
                throw Checks.error("restore", "velocity", "all that is given", "given with " + names);
            }
        }
        System.arraycopy(givenParameters, 0, parameters, 0, parameters.length);
        System.arraycopy(givenVelocity, 0, velocity, 0, velocity.length);
    }

    /** The state that is given; a state that remembers nothing is at rest. */
    void restore(String operation, OptimiserState given) {
        double[] theta = given.parameters();
        Checks.length(operation, "parameters", theta.length, parameters.length);
        List<String> known = given.memoryNames();
        if (!known.isEmpty() && !known.containsAll(names)) {
            throw Checks.error(operation, "the state", "one that remembers " + known, "one that remembers " + names);
        }
        System.arraycopy(theta, 0, parameters, 0, theta.length);
        for (int i = 0; i < memory.length; i++) {
            if (known.isEmpty()) {
                Arrays.fill(memory[i], 0);
            } else {
                System.arraycopy(given.memory(names.get(i)), 0, memory[i], 0, memory[i].length);
            }
        }
    }

    /** A copy. */
    OptimiserState copy(long step, long seed, int firstReplica) {
        Map<String, double[]> all = new LinkedHashMap<>();
        for (int i = 0; i < memory.length; i++) {
            all.put(names.get(i), memory[i]);
        }
        return OptimiserState.of(step, seed, firstReplica, lanes, parameters, all);
    }

    /** Keeps the state as it is. */
    void remember() {
        double[][] kept = mark;
        if (kept == null) {
            kept = new double[1 + memory.length][parameters.length];
            mark = kept;
        }
        System.arraycopy(parameters, 0, kept[0], 0, parameters.length);
        for (int i = 0; i < memory.length; i++) {
            System.arraycopy(memory[i], 0, kept[i + 1], 0, parameters.length);
        }
    }

    /** Back to the state that was kept. */
    void goBack() {
        double[][] kept = mark;
        if (kept == null) {
            throw Checks.outOfTurn("goBack", "the state", "not kept", "remembered");
        }
        System.arraycopy(kept[0], 0, parameters, 0, parameters.length);
        for (int i = 0; i < memory.length; i++) {
            System.arraycopy(kept[i + 1], 0, memory[i], 0, parameters.length);
        }
    }

    private static void check(String operation, String argument, double[] numbers, int length) {
        Checks.notNull(operation, argument, numbers);
        Checks.length(operation, argument, numbers.length, length);
        checkFinite(operation, argument, numbers);
    }

    static void checkFinite(String operation, String argument, double[] numbers) {
        for (int e = 0; e < numbers.length; e++) {
            if (!(Math.abs(numbers[e]) <= Double.MAX_VALUE)) {
                throw Checks.error(operation, argument, numbers[e] + " at " + e, "finite");
            }
        }
    }

    /**
     * The first lane with a parameter that is no number or exceeds {@link LabelNoiseSgd#LARGEST_PARAMETER}, or that
     * remembers a number that is not finite.
     */
    OptionalInt divergedLane() {
        boolean sound = true;
        for (double parameter : parameters) {
            sound &= Math.abs(parameter) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        for (double[] array : memory) {
            for (double number : array) {
                sound &= Math.abs(number) <= Double.MAX_VALUE;
            }
        }
        if (sound) {
            return OptionalInt.empty();
        }
        for (int l = 0; l < lanes; l++) {
            if (hasDiverged(l)) {
                return OptionalInt.of(l);
            }
        }
        throw new AssertionError("a diverged parameter has no lane");
    }

    boolean hasDiverged(int lane) {
        boolean sound = true;
        for (int e = lane; e < parameters.length; e += lanes) {
            sound &= Math.abs(parameters[e]) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        for (double[] array : memory) {
            for (int e = lane; e < array.length; e += lanes) {
                sound &= Math.abs(array[e]) <= Double.MAX_VALUE;
            }
        }
        return !sound;
    }
}
