package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.batch.SamplingNoise;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;

/**
 * What the theory of slow flows asks of an optimiser: η, β, γ and the factor of its batches, and a refusal if it has
 * none.
 */
public final class TheoryTerms {

    private TheoryTerms() {}

    /**
     * Refuses an optimiser that there is no theory for: one whose rule is neither plain nor heavy-ball, whose learning
     * rate changes, which clips, or has decoupled weight decay beside momentum, where it is no part of a potential.
     *
     * @param operation what the caller was asked to do
     * @param optimiser the optimiser
     * @throws IllegalArgumentException naming the part, and those that there is a theory for
     */
    public static void check(String operation, Optimiser optimiser) {
        Checks.notNull("check", "operation", operation);
        Checks.notNull(operation, "optimiser", optimiser);
        String rule = optimiser.rule().name();
        if (!optimiser.rule().equals(Rules.plain()) && !rule.equals("heavy-ball")) {
            throw Checks.error(operation, "rule", rule, "plain or heavy-ball, which it has a theory for");
        }
        if (optimiser.schedule().constant().isEmpty()) {
            throw Checks.error(
                    operation, "learningRate", optimiser.schedule().toString(), "constant, which it has a theory for");
        }
        Regularization regularization = optimiser.regularization();
        boolean clips = regularization.clipNorm().isPresent()
                || regularization.clipValue().isPresent();
        boolean apart = regularization.isDecoupled() && !optimiser.rule().equals(Rules.plain());
        if (clips || apart) {
            throw Checks.error(
                    operation,
                    "regularization",
                    regularization.toString(),
                    "none, coupled weight decay, or decoupled beside plain, which it has a theory for");
        }
    }

    /**
     * η.
     *
     * @param operation what the caller was asked to do
     * @param optimiser one that there is a theory for
     * @return its learning rate
     * @throws IllegalArgumentException if there is none
     */
    public static double learningRate(String operation, Optimiser optimiser) {
        check(operation, optimiser);
        return optimiser.schedule().constant().getAsDouble();
    }

    /**
     * β.
     *
     * @param operation what the caller was asked to do
     * @param optimiser one that there is a theory for
     * @return its momentum, 0 for plain
     * @throws IllegalArgumentException if there is none
     */
    public static double momentum(String operation, Optimiser optimiser) {
        check(operation, optimiser);
        double[] numbers = optimiser.rule().numbers();
        return numbers.length == 0 ? 0 : numbers[0];
    }

    /**
     * γ: the optimiser descends L + γ‖θ‖²/2. Decoupled weight decay does the same beside plain.
     *
     * @param operation what the caller was asked to do
     * @param optimiser one that there is a theory for
     * @return its weight decay, 0 for none
     * @throws IllegalArgumentException if there is no theory
     */
    public static double weightDecay(String operation, Optimiser optimiser) {
        check(operation, optimiser);
        return optimiser.regularization().weightDecay();
    }

    /**
     * The factor of the noise of drawing batches.
     *
     * @param operation what the caller was asked to do
     * @param optimiser the optimiser
     * @param samples n
     * @return f
     * @throws IllegalArgumentException if the law of its batches has none, with the reason
     */
    public static double samplingFactor(String operation, Optimiser optimiser, int samples) {
        Checks.notNull("sampling factor", "operation", operation);
        Checks.notNull(operation, "optimiser", optimiser);
        Checks.atLeast(operation, "samples", samples, 1);
        SamplingNoise noise = optimiser.batches().samplingNoise(samples);
        if (noise.factor().isEmpty()) {
            throw Checks.error(
                    operation,
                    "batches",
                    optimiser.batches() + ", UNSUPPORTED since " + noise.reason(),
                    "full, with-replacement or distinct");
        }
        return noise.factor().getAsDouble();
    }
}
