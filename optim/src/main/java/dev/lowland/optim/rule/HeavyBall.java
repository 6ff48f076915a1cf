package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.List;

/**
 * v ← βv − ηg, θ ← θ + v: v is the last change of θ (B. T. Polyak, 1964). With a constant η this is PyTorch's SGD with
 * momentum; with a schedule, PyTorch multiplies the whole of v by the η of the step, this rule g alone.
 */
record HeavyBall(double momentum) implements EvenRule {

    static final PartKind<UpdateRule> KIND =
            PartKind.of("heavy-ball", n -> new HeavyBall(n[0]), PartField.required("momentum"));

    HeavyBall {
        Checks.inHalfOpenRange("heavy-ball", "momentum", momentum, 0, 1);
    }

    @Override
    public String name() {
        return "heavy-ball";
    }

    @Override
    public List<String> memory() {
        return List.of("velocity");
    }

    @Override
    public double[] numbers() {
        return new double[] {momentum};
    }

    @Override
    public boolean remembersChange() {
        return true;
    }

    @Override
    public void update(RuleStep step) {
        Checks.notNull("heavy-ball", "step", step);
        double[] rates = step.rates();
        double[] momenta = step.numbers(0);
        double[] gradient = step.gradient();
        double[] velocity = step.memory(0);
        double[] parameters = step.parameters();
        int from = step.from();
        for (int i = 0; i < step.count(); i++) {
            double next = momenta[i] * velocity[from + i] - rates[i] * gradient[from + i];
            velocity[from + i] = next;
            parameters[from + i] += next;
        }
    }

    @Override
    public void updateEvenly(
            KernelSet kernels, double rate, double[] gradient, double[] parameters, double[][] memory) {
        kernels.heavyBallStep(parameters.length, rate, momentum, gradient, memory[0], parameters);
    }
}
