package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.List;

/**
 * v ← β₂v + (1 − β₂)g², θ ← θ − ηg/(√v + ε): PyTorch's RMSprop, which calls β₂ {@code alpha} (T. Tieleman, G. Hinton,
 * 2012). v starts at 0 and is not corrected for it.
 */
record RmsProp(double beta2, double epsilon) implements UpdateRule {

    static final PartKind<UpdateRule> KIND = PartKind.of(
            "rmsprop",
            n -> new RmsProp(n[0], n[1]),
            PartField.optional("beta2", 0.99),
            PartField.optional("epsilon", 1e-8));

    RmsProp {
        Checks.inHalfOpenRange("rmsprop", "beta2", beta2, 0, 1);
        Checks.positive("rmsprop", "epsilon", epsilon);
    }

    @Override
    public String name() {
        return "rmsprop";
    }

    @Override
    public List<String> memory() {
        return List.of("squares");
    }

    @Override
    public double[] numbers() {
        return new double[] {beta2, epsilon};
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("rmsprop", "step", step);
        double[] rates = step.rates();
        double[] kept = step.numbers(0);
        double[] epsilons = step.numbers(1);
        double[] gradient = step.gradient();
        double[] squares = step.memory(0);
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double g = gradient[from + i];
            double next = kept[i] * squares[from + i] + (1 - kept[i]) * (g * g);
            squares[from + i] = next;
            parameters[from + i] -= rates[i] * g / (Math.sqrt(next) + epsilons[i]);
        }
    }
}
