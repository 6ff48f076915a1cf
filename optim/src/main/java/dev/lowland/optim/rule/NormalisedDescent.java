package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartKind;

/** θ ← θ − ηg/‖g‖₂, and nothing where g is 0. */
record NormalisedDescent() implements UpdateRule {

    static final PartKind<UpdateRule> KIND = PartKind.of("normalised", n -> new NormalisedDescent());

    @Override
    public String name() {
        return "normalised";
    }

    @Override
    public boolean needsNorm() {
        return true;
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("normalised", "step", step);
        double[] rates = step.rates();
        double[] norms = step.norms();
        double[] gradient = step.gradient();
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double norm = norms[i] == 0 ? 1 : norms[i];
            parameters[from + i] -= rates[i] * (gradient[from + i] / norm);
        }
    }
}
