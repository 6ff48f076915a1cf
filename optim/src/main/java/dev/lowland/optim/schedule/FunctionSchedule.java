package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import java.util.function.LongToDoubleFunction;

/** A user's function. */
record FunctionSchedule(String name, LongToDoubleFunction rates) implements Schedule {

    @Override
    public double at(long step) {
        Checks.atLeast(name, "step", step, 0);
        double rate = rates.applyAsDouble(step);
        if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
            throw Checks.error(name, "learning rate of step " + step, Double.toString(rate), "≥ 0 and finite");
        }
        return rate;
    }

    @Override
    public String toString() {
        return name;
    }
}
