package dev.lowland.theory.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.experiment.Experiment;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worked example of THEOREMS.md: what label noise does to the balance of two weights, a true theorem and two false
 * ones.
 */
class BalanceTest {

    /** f = u·v with u = 1.5, v = 0.5, and one sample with the target 0.75: a global minimum. */
    private static final Setting START = Setting.interpolating(
            "u·v",
            Models.matrixSensing(1, 1, 1),
            new DMatrixRMaj(new double[][] {{1}}),
            new DMatrixRMaj(new double[][] {{1.5}, {0.5}}));

    private static final double RATE = START.learningRate(1.2); // η with ηh = 1.2
    private static final double LAMBDA = 1e-4;
    private static final int STEPS = 2000;

    /**
     * u² − v² after STEPS steps, if each multiplies it by 1 − 2ηλ/(2 − weight·ηh), where h = u² + v² and uv stays 0.75.
     */
    private static double predicted(double weight) {
        double d = 2;
        for (int k = 0; k < STEPS; k++) {
            double h = Math.sqrt(d * d + 4 * 0.75 * 0.75);
            d *= 1 - 2 * RATE * LAMBDA / (2 - weight * RATE * h);
        }
        return d;
    }

    /** The mean of u² − v² over replicas of label-noise SGD. */
    private static List<Estimate> measured(long seed, int replicas) {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(RATE)
                .withFullBatch()
                .withLabelNoise(Math.sqrt(LAMBDA / RATE)) // λ = ησ²/B, and B = n = 1
                .withSeed(seed);
        DMatrixRMaj states = Runs.states(START, sgd, replicas, 2, STEPS).states(0);
        RunningEstimate mean = new RunningEstimate();
        for (int r = 0; r < replicas; r++) {
            double u = states.get(r, 0);
            double v = states.get(r, 1);
            mean.add(u * u - v * v);
        }
        return List.of(mean.estimate(seed));
    }

    private static Experiment experiment(double theorem, List<Alternative> wrong) {
        double lag = 2 * RATE * LAMBDA / Math.pow(2 - 1.2, 2); // decay lost while the jitter builds up
        return Experiment.of(
                List.of(new Expectation("u² − v²", theorem, 4 * lag, 2 - theorem, wrong)), BalanceTest::measured);
    }

    @Tag("slow")
    @Test
    void labelNoiseBalancesFasterWhereItIsSharp() {
        List<Alternative> wrong = List.of(
                Alternative.mustReject("balance is conserved", 2),
                Alternative.mustReject("sharpness does not matter", predicted(0)));
        Experiment.Outcome outcome = experiment(predicted(1), wrong).run(7);
        assertEquals(Verdict.HOLDS, outcome.verdict(), outcome::toString);
    }

    @Test
    void aTheoremThatForgetsTheSharpnessIsCaught() {
        List<Alternative> wrong = List.of(Alternative.mustReject("balance is conserved", 2));
        Experiment.Outcome outcome = experiment(predicted(0), wrong).run(7);
        assertEquals(Verdict.FAILS, outcome.verdict(), outcome::toString);
    }
}
