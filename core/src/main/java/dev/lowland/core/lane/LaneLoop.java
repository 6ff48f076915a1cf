package dev.lowland.core.lane;

/** Compiled {@link LaneCode}. Has no state: threads may share it. */
public interface LaneLoop {

    /**
     * Runs the code on every lane. Allocates nothing once the JVM has compiled it. Within a lane all numbers are read
     * before the first is written, so an array may be read and written, at the same entries.
     *
     * @param arrays the arrays of the code, in the order of their numbers. Those stored to are modified.
     * @param offsets where in each array entry 0 begins. Not modified.
     * @throws IndexOutOfBoundsException if an array is too short; some lanes may then have been written. The loop
     *     trusts its caller as kernels do, and is called for a few nanoseconds of work, which a check of every array
     *     would double; the JVM's own check is the one that is left.
     */
    void run(double[][] arrays, int[] offsets);

    /**
     * Whether the loop is as fast as it gets, as far as can be told. One that is not yet runs all the same, and may be
     * slower than the work done another way.
     *
     * @return false while something better is being made ready on the side
     */
    default boolean isWarm() {
        return true;
    }
}
