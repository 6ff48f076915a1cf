package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.part.Powers;
import java.util.List;

/**
 * θ ← θ − ηγθ; m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·m/(1 − β₁ᵗ) / (√v/√(1 − β₂ᵗ) + ε).
 *
 * <p>With γ = 0 it is Adam (D. P. Kingma, J. Ba, 2015), else AdamW (I. Loshchilov, F. Hutter, 2019); both as in PyTorch
 * and Optax.
 */
record Adam(String name, double beta1, double beta2, double epsilon, double weightDecay) implements UpdateRule {

    private static final PartField BETA_1 = PartField.optional("beta1", 0.9);
    private static final PartField BETA_2 = PartField.optional("beta2", 0.999);
    private static final PartField EPSILON = PartField.optional("epsilon", 1e-8);

    static final PartKind<UpdateRule> KIND =
            PartKind.of("adam", n -> new Adam("adam", n[0], n[1], n[2], 0), BETA_1, BETA_2, EPSILON);

    static final PartKind<UpdateRule> DECAYING = PartKind.of(
            "adamw",
            n -> new Adam("adamw", n[0], n[1], n[2], n[3]),
            BETA_1,
            BETA_2,
            EPSILON,
            PartField.optional("weightDecay", 0.01));

    Adam {
        Checks.inHalfOpenRange(name, "beta1", beta1, 0, 1);
        Checks.inHalfOpenRange(name, "beta2", beta2, 0, 1);
        Checks.positive(name, "epsilon", epsilon);
        Checks.notNegative(name, "weightDecay", weightDecay);
    }

    @Override
    public List<String> memory() {
        return List.of("means", "squares");
    }

    @Override
    public double[] numbers() {
        return new double[] {beta1, beta2, epsilon, weightDecay};
    }

    @Override
    public int derivedCount() {
        return 2;
    }

    @Override
    public void derive(long step, double[] numbers, double[] derived) {
        Checks.atLeast(name, "step", step, 0);
        Checks.span(name, "numbers", numbers, 0, 2, 1);
        Checks.span(name, "derived", derived, 0, 2, 1);
        derived[0] = 1 - Powers.of(numbers[0], step + 1);
        derived[1] = Math.sqrt(1 - Powers.of(numbers[1], step + 1));
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull(name, "step", step);
        if (name.equals("adamw")) {
            decay(step);
        }
        double[] rates = step.rates();
        double[] keptMean = step.numbers(0);
        double[] keptSquare = step.numbers(1);
        double[] epsilons = step.numbers(2);
        double[] ofMean = step.derived(0);
        double[] ofSquare = step.derived(1);
        double[] gradient = step.gradient();
        double[] means = step.memory(0);
        double[] squares = step.memory(1);
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double g = gradient[from + i];
            double mean = keptMean[i] * means[from + i] + (1 - keptMean[i]) * g;
            double square = keptSquare[i] * squares[from + i] + (1 - keptSquare[i]) * (g * g);
            means[from + i] = mean;
            squares[from + i] = square;
            parameters[from + i] -= rates[i] / ofMean[i] * mean / (Math.sqrt(square) / ofSquare[i] + epsilons[i]);
        }
    }

    private static void decay(RuleStep step) {
        double[] rates = step.rates();
        double[] decays = step.numbers(3);
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            parameters[from + i] -= rates[i] * decays[i] * parameters[from + i];
        }
    }
}
