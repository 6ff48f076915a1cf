package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.part.PartKind;

/** θ ← θ − ηg. */
record PlainDescent() implements EvenRule {

    static final PartKind<UpdateRule> KIND = PartKind.of("plain", n -> new PlainDescent());

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("plain", "step", step);
        double[] rates = step.rates();
        double[] gradient = step.gradient();
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            parameters[from + i] -= rates[i] * gradient[from + i];
        }
    }

    @Override
    public void updateEvenly(
            KernelSet kernels, double rate, double[] gradient, double[] parameters, double[][] memory) {
        kernels.sgdStep(parameters.length, rate, gradient, parameters);
    }

    @Override
    public String toString() {
        return "plain";
    }
}
