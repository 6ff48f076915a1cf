package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run has to remember: the steps taken, θ, what its rule remembers, and which random numbers it sees. With
 * the same settings it goes on from here as if it had never stopped, bit for bit. Immutable.
 *
 * <p>Arrays are laned: entry e of lane l is at [e·lanes + l], and lane l is replica {@link #firstReplica} + l. A single
 * run has one lane.
 */
public final class OptimiserState {

    private final long step;
    private final long seed;
    private final int firstReplica;
    private final int lanes;
    private final double[] parameters;
    private final Map<String, double[]> memory;

    private OptimiserState(
            long step, long seed, int firstReplica, int lanes, double[] parameters, Map<String, double[]> memory) {
        this.step = step;
        this.seed = seed;
        this.firstReplica = firstReplica;
        this.lanes = lanes;
        this.parameters = parameters;
        this.memory = memory;
    }

    /**
     * A state.
     *
     * @param step steps taken from the very start, k ≥ 0
     * @param seed that of all random numbers
     * @param firstReplica the replica of lane 0, at least 0
     * @param lanes how many replicas, at least 1
     * @param parameters θ, P·lanes numbers, finite. Not modified.
     * @param memory what the rule remembers, by name, in its order ({@link UpdateRule#memory}): arrays as long as
     *     parameters, finite. Not modified.
     * @return the state
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static OptimiserState of(
            long step, long seed, int firstReplica, int lanes, double[] parameters, Map<String, double[]> memory) {
        String operation = "OptimiserState.of";
        Checks.atLeast(operation, "step", step, 0);
        Checks.atLeast(operation, "firstReplica", firstReplica, 0);
        Checks.atLeast(operation, "lanes", lanes, 1);
        Checks.notNull(operation, "parameters", parameters);
        Checks.notNull(operation, "memory", memory);
        if (parameters.length == 0 || parameters.length % lanes != 0) {
            throw Checks.error(
                    operation, "parameters", "of length " + parameters.length, "a positive multiple of " + lanes);
        }
        checkFinite(operation, "parameters", parameters);
        Map<String, double[]> copies = new LinkedHashMap<>();
        for (Map.Entry<String, double[]> entry : memory.entrySet()) {
            String name = Checks.notNull(operation, "name in memory", entry.getKey());
            double[] array = Checks.notNull(operation, name, entry.getValue());
            Checks.length(operation, name, array.length, parameters.length);
            checkFinite(operation, name, array);
            copies.put(name, array.clone());
        }
        return new OptimiserState(
                step, seed, firstReplica, lanes, parameters.clone(), Collections.unmodifiableMap(copies));
    }

    private static void checkFinite(String operation, String argument, double[] numbers) {
        for (int e = 0; e < numbers.length; e++) {
            if (!(Math.abs(numbers[e]) <= Double.MAX_VALUE)) {
                throw Checks.error(operation, argument, numbers[e] + " at " + e, "finite");
            }
        }
    }

    /**
     * Steps taken from the very start.
     *
     * @return k
     */
    public long step() {
        return step;
    }

    /**
     * The seed of all random numbers.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * The replica of lane 0.
     *
     * @return its number
     */
    public int firstReplica() {
        return firstReplica;
    }

    /**
     * Replicas side by side.
     *
     * @return the number of lanes
     */
    public int lanes() {
        return lanes;
    }

    /**
     * A copy of θ.
     *
     * @return P·lanes numbers
     */
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * The names of what the rule remembers.
     *
     * @return in its order
     */
    public List<String> memoryNames() {
        return List.copyOf(memory.keySet());
    }

    /**
     * A copy of what the rule remembers under a name.
     *
     * @param name one of {@link #memoryNames}
     * @return P·lanes numbers
     * @throws IllegalArgumentException if there is no such name
     */
    public double[] memory(String name) {
        Checks.notNull("OptimiserState.memory", "name", name);
        double[] found = memory.get(name);
        if (found == null) {
            throw Checks.error("OptimiserState.memory", "name", name, "one of " + memory.keySet());
        }
        return found.clone();
    }

    @Override
    public String toString() {
        return "OptimiserState(step " + step + ", " + parameters.length / lanes + " parameters, " + lanes
                + (lanes == 1 ? " lane" : " lanes") + ", memory " + memory.keySet() + ")";
    }
}
