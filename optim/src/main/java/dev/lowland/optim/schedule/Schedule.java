package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;

/** The learning rate of each step. Immutable, shared by threads; {@link Schedules} has the usual ones. */
public interface Schedule {

    /**
     * What it is called.
     *
     * @return for example {@code cosine}
     */
    String name();

    /**
     * η_k. Allocates nothing.
     *
     * @param step k, the steps taken before, at least 0
     * @return the learning rate, finite and at least 0
     */
    double at(long step);

    /**
     * The rate, if it is always the same.
     *
     * @return η; empty if it changes
     */
    default OptionalDouble constant() {
        return OptionalDouble.empty();
    }

    /**
     * The same behind a linear warm-up of w steps: η_k = (k + 1)/w · η′_0 for k &lt; w, and η′_{k−w} after that, η′
     * being this schedule.
     *
     * @param steps w, at least 0
     * @return a new schedule
     * @throws IllegalArgumentException if w is negative
     */
    default Schedule withWarmUp(long steps) {
        Checks.atLeast("Schedule", "warmUp", steps, 0);
        return steps == 0 ? this : new WarmUp(this, steps);
    }

    /**
     * Any function.
     *
     * @param name what it is, for people
     * @param rates takes k ≥ 0 to η_k ≥ 0, finite; must not depend on anything else. Called by any thread.
     * @return the schedule, which refuses a rate that is negative or no number in the step that asks for it
     */
    static Schedule of(String name, LongToDoubleFunction rates) {
        return new FunctionSchedule(
                Checks.notNull("Schedule.of", "name", name), Checks.notNull("Schedule.of", "rates", rates));
    }
}
