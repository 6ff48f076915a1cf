package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;

/** Some numbers of steps, growing: when to look. Immutable. */
public final class StepSchedule {

    private final int count;
    private final long first;
    private final long period;
    private final long[] listed;

    private StepSchedule(int count, long first, long period, long[] listed) {
        this.count = count;
        this.first = first;
        this.period = period;
        this.listed = listed;
    }

    /**
     * first, first + period, … up to last.
     *
     * @param first at least 0; 0 is the start, before any step
     * @param period at least 1
     * @param last at least first
     * @return the schedule
     * @throws IllegalArgumentException if an argument is out of range or there are more than 2³¹ − 1 steps in it
     */
    public static StepSchedule every(long first, long period, long last) {
        Checks.atLeast("StepSchedule.every", "first", first, 0);
        Checks.atLeast("StepSchedule.every", "period", period, 1);
        Checks.atLeast("StepSchedule.every", "last", last, first);
        long more = (last - first) / period;
        Checks.atMost("StepSchedule.every", "number of steps after the first", more, Integer.MAX_VALUE - 1);
        return new StepSchedule((int) more + 1, first, period, new long[0]);
    }

    /**
     * These.
     *
     * @param steps at least one, not negative and growing. Not modified.
     * @return the schedule
     * @throws IllegalArgumentException if they are not
     */
    public static StepSchedule at(long... steps) {
        Checks.notNull("StepSchedule.at", "steps", steps);
        check("StepSchedule.at", steps);
        return new StepSchedule(steps.length, 0, 0, steps.clone());
    }

    static void check(String operation, long[] steps) {
        Checks.atLeast(operation, "number of steps", steps.length, 1);
        Checks.atLeast(operation, "step 0", steps[0], 0);
        for (int i = 1; i < steps.length; i++) {
            Checks.atLeast(operation, "step " + i, steps[i], steps[i - 1] + 1);
        }
    }

    /**
     * How many there are.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * One of them.
     *
     * @param i which, in [0, count)
     * @return the number of steps
     * @throws IllegalArgumentException if i is out of range
     */
    public long step(int i) {
        Checks.index("StepSchedule.step", "i", i, count);
        return listed.length > 0 ? listed[i] : first + i * period;
    }

    /**
     * The last of them.
     *
     * @return the number of steps
     */
    public long last() {
        return step(count - 1);
    }
}
