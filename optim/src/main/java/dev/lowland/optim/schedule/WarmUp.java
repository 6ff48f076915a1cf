package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;

/** A linear way up to the first rate of a schedule, which begins when it is over. */
record WarmUp(Schedule behind, long steps) implements Schedule {

    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public double at(long step) {
        Checks.atLeast(name(), "step", step, 0);
        return step < steps ? (step + 1.0) / steps * behind.at(0) : behind.at(step - steps);
    }

    @Override
    public String toString() {
        return behind + " after a warm-up of " + steps;
    }
}
