package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import java.util.Arrays;

/** Some neighbouring lanes of a block: replicas first, first + 1, … of one optimiser, from one start. Immutable. */
public final class LaneGroup {

    private final Optimiser optimiser;
    private final int firstReplica;
    private final int count;
    private final double[] start;

    private LaneGroup(Optimiser optimiser, int firstReplica, int count, double[] start) {
        this.optimiser = optimiser;
        this.firstReplica = firstReplica;
        this.count = count;
        this.start = start;
    }

    /**
     * Some lanes.
     *
     * @param optimiser their settings
     * @param firstReplica the replica of the first of them, at least 0, and at most 2³¹ − count
     * @param count how many, at least 1
     * @param start θ at step 0, P numbers, finite. Not modified.
     * @return the group
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static LaneGroup of(Optimiser optimiser, int firstReplica, int count, double[] start) {
        Checks.notNull("LaneGroup", "optimiser", optimiser);
        Checks.notNull("LaneGroup", "start", start);
        Checks.atLeast("LaneGroup", "firstReplica", firstReplica, 0);
        Checks.atLeast("LaneGroup", "count", count, 1);
        Checks.atMost("LaneGroup", "firstReplica", firstReplica, (1L << 31) - count);
        LanedState.checkFinite("LaneGroup", "start", start);
        return new LaneGroup(optimiser, firstReplica, count, start.clone());
    }

    /**
     * The settings.
     *
     * @return the optimiser
     */
    public Optimiser optimiser() {
        return optimiser;
    }

    /**
     * The replica of the first lane.
     *
     * @return its number
     */
    public int firstReplica() {
        return firstReplica;
    }

    /**
     * How many lanes.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * A copy of the start.
     *
     * @return P numbers
     */
    public double[] start() {
        return start.clone();
    }

    double[] liveStart() {
        return start;
    }

    @Override
    public String toString() {
        return count + " lanes from replica " + firstReplica + " of " + optimiser + " at " + Arrays.toString(start);
    }
}
