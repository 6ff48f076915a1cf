package dev.lowland.optim.schedule;

import dev.lowland.core.check.Checks;
import dev.lowland.core.function.Trigonometry;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;

/** η_k = last + ½(peak − last)(1 + cos(πk/steps)) for k &lt; steps, last after that. */
record CosineRate(double peak, double last, long steps) implements Schedule {

    static final PartKind<Schedule> KIND = PartKind.of(
            "cosine",
            n -> Schedules.behindWarmUp(n[2], n[3], steps -> new CosineRate(n[0], n[1], steps)),
            PartField.required("peak"),
            PartField.optional("final", 0),
            PartField.required("steps"),
            PartField.optional("warmUp", 0));

    CosineRate {
        Checks.positive("cosine", "peak", peak);
        Checks.notNegative("cosine", "final", last);
        Checks.atLeast("cosine", "steps", steps, 1);
    }

    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public double at(long step) {
        Checks.atLeast("cosine", "step", step, 0);
        return step >= steps
                ? last
                : last + 0.5 * (peak - last) * (1 + Trigonometry.cos(Math.PI * ((double) step / steps)));
    }
}
