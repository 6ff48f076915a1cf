package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.Setting;

/**
 * An optimiser on a problem, at a point where the loss is zero.
 *
 * @param problem the problem and its point
 * @param step η and β
 * @param noise law, σ and B
 * @param seed of the noise
 */
public record Trial(InterpolatingProblem problem, StepSize step, LabelNoise noise, long seed) {
    /** Refuses null. */
    public Trial {
        Checks.notNull("trial", "problem", problem);
        Checks.notNull("trial", "step", step);
        Checks.notNull("trial", "noise", noise);
    }

    /** Objective, point and spectrum; compiled anew by each call. */
    public Setting setting() {
        return problem.setting();
    }

    /**
     * The optimiser.
     *
     * @param setting the setting of this trial, which gives λmax
     */
    public LabelNoiseSgd sgd(Setting setting) {
        Checks.notNull("optimiser of a trial", "setting", setting);
        return noise.sgd(step.learningRate(setting))
                .withMomentum(step.momentum())
                .withSeed(seed);
    }

    /** The problem file: what {@code ./lowland inspect}, {@code predict} and {@code simulate --seed} read. */
    public String problemFile() {
        LabelNoiseSgd sgd = sgd(setting());
        String batch = noise.batchSize().isEmpty()
                ? "\"full\""
                : String.valueOf(noise.batchSize().getAsInt());
        return "{" + problem.json() + ",\n \"sgd\": {\"learningRate\": " + sgd.learningRate() + ", \"momentum\": "
                + sgd.momentum() + ", \"batchSize\": " + batch + ", \"labelNoise\": " + sgd.labelNoise() + "}}";
    }

    /** The Java expression that makes it again, and the problem file on the lines after it. */
    @Override
    public String toString() {
        return expression() + "\n" + problemFile();
    }

    /** The Java expression that makes it again. */
    public String expression() {
        return "new Trial(" + problem + ", " + step + ", " + noise + ", " + seed + "L)";
    }
}
