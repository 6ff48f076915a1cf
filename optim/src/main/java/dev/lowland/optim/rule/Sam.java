package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.Arrays;
import java.util.List;

/**
 * Another rule with g = ∇L̂(θ + ρ∇L̂(θ)/‖∇L̂(θ)‖₂), both gradients on the batch and the labels of the step; where
 * ∇L̂(θ) is 0, g is 0 too. Clipping and weight decay are for g alone (P. Foret and others, <i>Sharpness-aware
 * minimization</i>, 2021).
 */
record Sam(double rho, UpdateRule base) implements UpdateRule {

    static final PartKind<UpdateRule> KIND =
            PartKind.of("sam", n -> new Sam(n[0], new PlainDescent()), PartField.optional("rho", 0.05));

    Sam {
        Checks.notNegative("sam", "rho", rho);
        Checks.notNull("sam", "base", base);
        if (base.looksAhead()) {
            throw Checks.error("sam", "base", base.name(), "a rule that takes one gradient a step");
        }
    }

    @Override
    public String name() {
        return base instanceof PlainDescent ? "sam" : "sam of " + base.name();
    }

    @Override
    public List<String> memory() {
        return base.memory();
    }

    @Override
    public double[] numbers() {
        double[] ofBase = base.numbers();
        double[] all = Arrays.copyOf(ofBase, ofBase.length + 1);
        all[ofBase.length] = rho;
        return all;
    }

    @Override
    public int derivedCount() {
        return base.derivedCount();
    }

    @Override
    public void derive(long step, double[] numbers, double[] derived) {
        base.derive(step, numbers, derived);
    }

    @Override
    public boolean needsNorm() {
        return base.needsNorm();
    }

    @Override
    public boolean remembersChange() {
        return base.remembersChange();
    }

    @Override
    public void update(RuleStep step) {
        base.update(step);
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public void lookAhead(RuleStep step) {
        Checks.notNull("sam", "step", step);
        double[] radii = step.lastNumbers();
        double[] norms = step.norms();
        double[] gradient = step.gradient();
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double norm = norms[i] == 0 ? 1 : norms[i];
            parameters[from + i] += radii[i] * (gradient[from + i] / norm);
        }
    }
}
