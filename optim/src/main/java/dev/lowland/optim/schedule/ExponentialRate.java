package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import dev.lowland.core.function.Exponentials;
import dev.lowland.core.function.Logarithms;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;

/** η_k = peak · (last/peak)^{k/steps} for k &lt; steps, last after that. */
record ExponentialRate(double peak, double last, long steps) implements Schedule {

    static final PartKind<Schedule> KIND = PartKind.of(
            "exponential",
            n -> Schedules.behindWarmUp(n[2], n[3], steps -> new ExponentialRate(n[0], n[1], steps)),
            PartField.required("peak"),
            PartField.required("final"),
            PartField.required("steps"),
            PartField.optional("warmUp", 0));

    ExponentialRate {
        Checks.positive("exponential", "peak", peak);
        Checks.positive("exponential", "final", last);
        Checks.atLeast("exponential", "steps", steps, 1);
    }

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public double at(long step) {
        Checks.atLeast("exponential", "step", step, 0);
        return step >= steps ? last : peak * Exponentials.exp((double) step / steps * Logarithms.log(last / peak));
    }
}
