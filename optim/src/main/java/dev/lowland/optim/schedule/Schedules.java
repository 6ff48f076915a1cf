package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartKind;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The usual schedules. Step k is counted from 0; a warm-up of w steps ({@link Schedule#withWarmUp}) delays the formula
 * by w. In files {@code steps} is the whole length, the warm-up within it.
 *
 * <table>
 * <caption>η_k</caption>
 * <tr><th>name</th><th>η_k</th></tr>
 * <tr><td>constant</td><td>peak</td></tr>
 * <tr><td>steps</td><td>peak · factor^⌊k/every⌋</td></tr>
 * <tr><td>cosine</td><td>final + ½(peak − final)(1 + cos(πk/steps)), from k = steps on final</td></tr>
 * <tr><td>exponential</td><td>peak · (final/peak)^{k/steps}, from k = steps on final</td></tr>
 * </table>
 */
public final class Schedules {

    private static final double MOST_STEPS = 0x1p53;

    private static final List<PartKind<Schedule>> KINDS =
            List.of(ConstantRate.KIND, StepwiseRate.KIND, CosineRate.KIND, ExponentialRate.KIND);

    private Schedules() {}

    /**
     * The schedules that files know.
     *
     * @return all kinds, in the order in which to list them
     */
    public static List<PartKind<Schedule>> kinds() {
        return KINDS;
    }

    /**
     * Always the same.
     *
     * @param rate η, positive and finite
     * @return the schedule
     * @throws IllegalArgumentException if η is not
     */
    public static Schedule constant(double rate) {
        return new ConstantRate(rate);
    }

    /**
     * Another factor after every so many steps.
     *
     * @param peak the first rate, positive
     * @param factor what it is multiplied by, positive
     * @param every steps from one to the next, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Schedule steps(double peak, double factor, long every) {
        return new StepwiseRate(peak, factor, every);
    }

    /**
     * Half a wave of the cosine.
     *
     * @param peak the first rate, positive
     * @param last the last rate, at least 0
     * @param steps how many it takes, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Schedule cosine(double peak, double last, long steps) {
        return new CosineRate(peak, last, steps);
    }

    /**
     * The same factor in every step.
     *
     * @param peak the first rate, positive
     * @param last the last rate, positive
     * @param steps how many it takes, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Schedule exponential(double peak, double last, long steps) {
        return new ExponentialRate(peak, last, steps);
    }

    /** A number of steps, as a field gives it. */
    static long whole(String field, double number) {
        if (!(number == Math.rint(number) && number >= 0 && number <= MOST_STEPS)) {
            throw Checks.error("Schedule", field, Double.toString(number), "a whole number of steps, ≥ 0");
        }
        return (long) number;
    }

    /** What takes the steps that a warm-up leaves of all. */
    static Schedule behindWarmUp(double steps, double warmUp, LongFunction<Schedule> schedule) {
        long all = whole("steps", steps);
        long up = whole("warmUp", warmUp);
        Checks.atMost("Schedule", "warmUp", up, Math.max(0, all - 1));
        return schedule.apply(all - up).withWarmUp(up);
    }
}
