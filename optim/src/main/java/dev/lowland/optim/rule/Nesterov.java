package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.List;

/**
 * v ← βv + g, θ ← θ − η(g + βv): PyTorch's SGD with {@code nesterov=True} and no dampening, Optax's
 * {@code sgd(nesterov=True)} (Y. Nesterov, 1983; in this form I. Sutskever and others, 2013).
 */
record Nesterov(double momentum) implements UpdateRule {

    static final PartKind<UpdateRule> KIND =
            PartKind.of("nesterov", n -> new Nesterov(n[0]), PartField.optional("momentum", 0.9));

    Nesterov {
        Checks.inHalfOpenRange("nesterov", "momentum", momentum, 0, 1);
    }

    @Override
    public String name() {
        return "nesterov";
    }

    @Override
    public List<String> memory() {
        return List.of("trace");
    }

    @Override
    public double[] numbers() {
        return new double[] {momentum};
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("nesterov", "step", step);
        double[] rates = step.rates();
        double[] momenta = step.numbers(0);
        double[] gradient = step.gradient();
        double[] trace = step.memory(0);
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double g = gradient[from + i];
            double next = momenta[i] * trace[from + i] + g;
            trace[from + i] = next;
            parameters[from + i] -= rates[i] * (g + momenta[i] * next);
        }
    }
}
