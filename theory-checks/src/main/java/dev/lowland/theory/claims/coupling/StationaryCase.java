package dev.lowland.theory.claims.coupling;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.fluctuation.StationaryCovariance;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claims.trial.Valley;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Parallel;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;

/**
 * A start on the valley, a learning rate, and the runs from it down to the minimum of R on the valley.
 *
 * @param setting the problem and its zero-loss point
 * @param sharpness ηλmax at the start
 */
record StationaryCase(Setting setting, double sharpness) {

    /** How often a run is looked at. */
    static final int LOOKS = 5;

    /** Time between looks, in units of the time to settle. */
    private static final double APART = 0.1;

    /**
     * What is left of the first slope of R when the slow flow counts as settled, and the step by which it is followed.
     */
    static final double SETTLED = 1e-5;

    private static final double FLOW_STEP = 0.01;

    /** The largest λ and how many there are, each half of the one before. */
    static final double LARGEST = 4.8e-3;

    private static final int STRENGTHS = 6;
    static final double SMALLEST = LARGEST / (1 << (STRENGTHS - 1));

    /** The time of theorem 1, T = {@value} η⁻¹λ^{−3/2}. */
    static final double HORIZON = 2;

    /** ε = ‖P_T∇R(θ_0)‖ λ^{1/4} and γ = {@value} (tr S)^{1/2}. */
    static final double WIDTH = 3;

    /** Tangential gradient at a minimum, at most, and the steps that it may take to get there. */
    private static final double AT_REST = 1e-9;

    private static final int DESCENT_STEPS = 20_000;

    static double[] strengths() {
        double[] strengths = new double[STRENGTHS];
        for (int i = 0; i < STRENGTHS; i++) {
            strengths[i] = LARGEST / (1 << i);
        }
        return strengths;
    }

    double learningRate() {
        return setting.learningRate(sharpness);
    }

    String name() {
        return String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness);
    }

    /**
     * Points and sizes by which runs are judged.
     *
     * @param potential the potential that the runs are claimed to be stationary for
     * @param minimum of the claimed potential on the valley
     * @param towardsStart unit vector from there to θ_0
     * @param toStart the distance
     * @param towardsQuarter unit vector from the minimum of R to that of ¼ tr H
     * @param toQuarter the distance
     * @param firstSlope ‖P_T∇R‖ at θ_0, of the claimed potential
     * @param slopeAtQuarter ‖P_T∇R‖ at the minimum of ¼ tr H
     * @param width γ/√λ
     * @param settlingTime slow time ηλk of the first look
     */
    record Landmarks(
            DriftPotential potential,
            DMatrixRMaj minimum,
            DMatrixRMaj towardsStart,
            double toStart,
            DMatrixRMaj towardsQuarter,
            double toQuarter,
            double firstSlope,
            double slopeAtQuarter,
            double width,
            double settlingTime) {}

    Landmarks landmarks(DriftPotential claimed) {
        Valley valley = new Valley(setting.objective());
        DriftPotential regularizer = Regularizer.of(setting.objective(), learningRate(), 0);
        DMatrixRMaj start = setting.theta();
        DMatrixRMaj minimum = valley.minimum(claimed, start, AT_REST, DESCENT_STEPS);
        DMatrixRMaj flattest = valley.minimum(regularizer, start, AT_REST, DESCENT_STEPS);
        DMatrixRMaj quarter = valley.minimum(QuarterTrace.of(setting.objective()), start, AT_REST, DESCENT_STEPS);
        DMatrixRMaj toStart = Dense.minus(start, minimum);
        DMatrixRMaj toQuarter = Dense.minus(quarter, flattest);
        DMatrixRMaj covariance = new DMatrixRMaj(setting.parameters(), setting.parameters());
        StationaryCovariance.of(setting.objective(), sgd(1, 1)).limit(flattest, covariance);
        double settling = valley.settlingTime(regularizer, start, SETTLED, FLOW_STEP);
        double end = settling * (1 + APART * (LOOKS - 1));
        if (!(end <= HORIZON / Math.sqrt(LARGEST))) {
            throw new IllegalStateException(
                    name() + " ends at the slow time " + end + ", must be before that of theorem 1");
        }
        return new Landmarks(
                claimed,
                minimum,
                Dense.unit(toStart),
                Dense.norm(toStart),
                Dense.unit(toQuarter),
                Dense.norm(toQuarter),
                slope(valley, claimed, start),
                slope(valley, regularizer, quarter),
                WIDTH * Math.sqrt(Dense.trace(covariance)),
                settling);
    }

    private double slope(Valley valley, DriftPotential potential, DMatrixRMaj theta) {
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        potential.gradient(theta, gradient);
        return Dense.norm(valley.tangential(theta, gradient));
    }

    private LabelNoiseSgd sgd(double strength, long seed) {
        double variance = strength * setting.objective().sampleCount() / learningRate();
        return LabelNoiseSgd.of(learningRate())
                .withFullBatch()
                .withLabelNoise(Math.sqrt(variance))
                .withSeed(seed);
    }

    /**
     * What is seen of every replica; NaN if one diverged or has no valley below it.
     *
     * @param squares mean of ε² over the looks
     * @param reached 1 if it was (ε, γ)-stationary at a look, else 0
     * @param towardsStart mean place of θ* on the line from the minimum to the start
     * @param towardsQuarter the same on the line to the minimum of ¼ tr H
     */
    record Looks(double[] squares, double[] reached, double[] towardsStart, double[] towardsQuarter) {

        private static Looks of(int replicas, double value) {
            double[][] arrays = new double[4][replicas];
            for (double[] array : arrays) {
                Arrays.fill(array, value);
            }
            return new Looks(arrays[0], arrays[1], arrays[2], arrays[3]);
        }

        private void add(Looks look) {
            for (int r = 0; r < squares.length; r++) {
                squares[r] += look.squares[r] / LOOKS;
                reached[r] = Math.max(reached[r], look.reached[r]);
                towardsStart[r] += look.towardsStart[r] / LOOKS;
                towardsQuarter[r] += look.towardsQuarter[r] / LOOKS;
            }
        }
    }

    Looks run(Landmarks marks, double strength, int replicas, int threads, long seed) {
        long[] checkpoints = new long[LOOKS];
        for (int i = 0; i < LOOKS; i++) {
            checkpoints[i] = Math.round(marks.settlingTime * (1 + APART * i) / (learningRate() * strength));
        }
        Runs runs = Runs.states(setting, sgd(strength, seed), replicas, threads, checkpoints);
        if (!runs.finished()) {
            return Looks.of(replicas, Double.NaN);
        }
        List<Callable<Looks>> tasks = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            DMatrixRMaj states = runs.states(i);
            tasks.add(() -> look(marks, strength, states));
        }
        Looks sum = Looks.of(replicas, 0);
        Parallel.run(threads, tasks).forEach(sum::add);
        return sum;
    }

    /** Every replica's reference point θ* on the floor of L + λR, and what is to be known of it. */
    private Looks look(Landmarks marks, double strength, DMatrixRMaj states) {
        int size = setting.parameters();
        Valley valley = new Valley(setting.objective());
        PotentialEvaluator drift = marks.potential.evaluator();
        DMatrixRMaj theta = new DMatrixRMaj(size, 1);
        DMatrixRMaj reference = new DMatrixRMaj(size, 1);
        double epsilon = marks.firstSlope * Math.pow(strength, 0.25);
        double gamma = marks.width * Math.sqrt(strength);
        Looks out = Looks.of(states.numRows, Double.NaN);
        for (int r = 0; r < states.numRows; r++) {
            Interruption.check();
            System.arraycopy(states.data, r * size, theta.data, 0, size);
            reference.setTo(theta);
            double slope = valley.floor(reference, drift, strength);
            DMatrixRMaj away = Dense.minus(reference, marks.minimum);
            out.squares[r] = slope * slope;
            out.reached[r] = slope <= epsilon && Dense.norm(Dense.minus(theta, reference)) <= gamma ? 1 : 0;
            out.towardsStart[r] = Dense.dot(marks.towardsStart, away);
            out.towardsQuarter[r] = Dense.dot(marks.towardsQuarter, away);
        }
        return out;
    }

    /**
     * The problems of the claim. Their numbers were drawn from the standard normal law and rounded, and chosen among
     * some tens so that the minimum of R on the valley is isolated and reached soon, and lies some way from that of ¼
     * tr H at this η; nothing was simulated for it.
     */
    static List<StationaryCase> all() {
        return List.of(
                new StationaryCase(
                        setting(
                                "matrix-sensing 2×2",
                                Models.matrixSensing(2, 2, 1),
                                new double[][] {{1.1, 1.8, -2.6, -0.1}, {1.0, 1.4, 0.7, 1.5}},
                                0.3,
                                0.6,
                                0.2,
                                -1.1),
                        1.7),
                new StationaryCase(
                        setting(
                                "matrix-sensing 3×3",
                                Models.matrixSensing(3, 3, 1),
                                new double[][] {
                                    {2.0, -2.6, 0.4, -0.6, -0.5, -0.2, -2.0, -0.2, -0.9},
                                    {3.3, 0.2, -0.4, -0.3, -0.7, -1.1, -0.4, 0.5, -0.2},
                                    {1.0, -0.2, 0.0, 1.5, 0.5, -0.5, -0.2, 0.5, 1.9}
                                },
                                -0.3,
                                -0.2,
                                1.0,
                                -0.9,
                                -0.3,
                                0.9),
                        1.6),
                new StationaryCase(
                        setting(
                                "deep-linear of depth 3",
                                Models.deepLinear(2, 1, 1, 1),
                                new double[][] {{1.1, 1.8}, {-2.6, -0.1}},
                                1.0,
                                1.4,
                                0.7,
                                1.5),
                        1.7),
                new StationaryCase(
                        setting("mlp tanh", Models.mlp(1, 1, 1), new double[][] {{2.0}, {-2.6}}, 0.4, -0.6, -0.5, -0.2),
                        1.7));
    }

    private static Setting setting(String family, Model model, double[][] inputs, double... theta) {
        return Setting.interpolating(family, model, new DMatrixRMaj(inputs), new DMatrixRMaj(theta));
    }
}
