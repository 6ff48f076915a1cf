package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.part.Powers;

/** η_k = peak · factor^⌊k/every⌋. */
record StepwiseRate(double peak, double factor, long every) implements Schedule {

    static final PartKind<Schedule> KIND = PartKind.of(
            "steps",
            n -> new StepwiseRate(n[0], n[1], Schedules.whole("every", n[2]))
                    .withWarmUp(Schedules.whole("warmUp", n[3])),
            PartField.required("peak"),
            PartField.optional("factor", 0.1),
            PartField.required("every"),
            PartField.optional("warmUp", 0));

    StepwiseRate {
        Checks.positive("steps", "peak", peak);
        Checks.inOpenRange("steps", "factor", factor, 0, Double.MAX_VALUE);
        Checks.atLeast("steps", "every", every, 1);
    }

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public double at(long step) {
        Checks.atLeast("steps", "step", step, 0);
        double rate = peak * Powers.of(factor, step / every);
        return Math.min(rate, Double.MAX_VALUE);
    }
}
