package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.OptionalDouble;

/** η_k = η. */
record ConstantRate(double rate) implements Schedule {

    static final PartKind<Schedule> KIND = PartKind.of(
            "constant",
            n -> new ConstantRate(n[0]).withWarmUp(Schedules.whole("warmUp", n[1])),
            PartField.required("peak"),
            PartField.optional("warmUp", 0));

    ConstantRate {
        Checks.positive("Schedule", "learningRate", rate);
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public double at(long step) {
        Checks.atLeast("constant", "step", step, 0);
        return rate;
    }

    @Override
    public OptionalDouble constant() {
        return OptionalDouble.of(rate);
    }

    @Override
    public String toString() {
        return String.valueOf(rate);
    }
}
