package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartKind;

/** θ ← θ − η sign(g), sign(0) = 0 (J. Bernstein and others, <i>signSGD</i>, 2018). */
record SignDescent() implements UpdateRule {

    static final PartKind<UpdateRule> KIND = PartKind.of("sign", n -> new SignDescent());

    @Override
    public String name() {
        return "sign";
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("sign", "step", step);
        double[] rates = step.rates();
        double[] gradient = step.gradient();
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            parameters[from + i] -= rates[i] * Math.signum(gradient[from + i]);
        }
    }
}
