package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;

/** λ = ησ²/(B(1−β)) as a number that everything else can be computed from. */
final class NoiseStrength {
    private NoiseStrength() {}

    /**
     * λ.
     *
     * @throws ProblemException if it is too large, or so small beside a σ that is not 0, that it is no number
     */
    static double of(Problem problem, Objective objective, Optimiser sgd) {
        if (sgd.noiseLaw(objective).addsToParameters()) {
            throw new ProblemException(
                    problem.file().toString(),
                    "sgd.noise",
                    "noise on the parameters",
                    "noise in the labels, which R belongs to");
        }
        double lambda = sgd.regularizationStrength(objective);
        boolean tooSmall =
                lambda == 0 && sgd.noise().deviation() > 0 && !objective.loss().flipsLabels();
        if (tooSmall || !(lambda <= Double.MAX_VALUE)) {
            throw new ProblemException(
                    problem.file().toString(),
                    "sgd.labelNoise",
                    sgd.noise().deviation() + ", of which λ = ησ²/(B(1−β)) is too " + (tooSmall ? "small" : "large")
                            + " a number",
                    tooSmall ? "larger" : "smaller");
        }
        return lambda;
    }
}
