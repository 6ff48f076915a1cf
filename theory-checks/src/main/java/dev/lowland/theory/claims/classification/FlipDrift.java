package dev.lowland.theory.claims.classification;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.Flips;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * The drift of full-batch SGD with flipped labels from a global minimum, at λ and at 4λ. The variance σ² of a flip is
 * what the loss makes it, so λ = ησ²/n is set by the number of times that each sample occurs; copies change neither L
 * nor H.
 *
 * <p>For one thread.
 */
final class FlipDrift extends DriftTrial {

    /** How far the drift would go at the speed it starts with. */
    private static final double DISPLACEMENT = 0.6;

    /** How far it is expected to go, as it slows down. */
    static final double EXPECTED = 0.45;

    /**
     * Largest share of the displacement that the theory's own bias may be; the number of copies is the least that keeps
     * to it.
     */
    static final double SMALL_BIAS = 0.006;

    private static final int MOST_COPIES = 1000;

    /** Four planned standard errors over the displacement. */
    private static final double PLANNED = 0.009;

    /** Fewest replicas, for the normal law to hold at four standard errors. */
    private static final int FEWEST = 512;

    private static final int BLOCK = 64;

    private static final String FLOW = "Φ on L + λR";

    private final double learningRate;
    private final int copies;
    private final ClaimContext context;
    private final int replicas;
    private final DriftPath paper;
    private final DMatrixRMaj along;

    /**
     * Chooses T, the number of copies and the number of replicas.
     *
     * @param setting every sample once, at a minimum
     * @param sharpness ηλmax
     */
    static FlipDrift of(Setting setting, double sharpness, ClaimContext context) {
        double learningRate = setting.learningRate(sharpness);
        int copies = 1;
        while (copies < MOST_COPIES && bias(setting, learningRate, copies, EXPECTED) > SMALL_BIAS * EXPECTED) {
            copies++;
        }
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        Regularizer.of(setting.objective(), learningRate, 0).gradient(setting.theta(), gradient);
        double slope = Dense.norm(Dense.times(setting.nullProjector(), gradient));
        double speed = learningRate * strength(setting, learningRate, copies, 1) * slope;
        long steps = TwoStrengths.steps(DISPLACEMENT / speed, CHECKPOINTS);
        return new FlipDrift(setting, sharpness, copies, steps, context);
    }

    private FlipDrift(Setting setting, double sharpness, int copies, long steps, ClaimContext context) {
        super(
                String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness),
                setting,
                factor -> LabelNoiseSgd.of(setting.learningRate(sharpness)).withFullBatch(),
                steps);
        this.learningRate = setting.learningRate(sharpness);
        this.copies = copies;
        this.context = context;
        paper = path(FLOW, Theory.paper(), 1);
        DMatrixRMaj end = paper.end();
        along = Dense.unit(end);
        double variance = strength(setting, learningRate, copies, 1) / loss().curvature();
        double deviation = scatter(sharpness) * Math.sqrt(variance);
        double needed = Math.max(FEWEST, Math.pow(4 * deviation / (PLANNED * Dense.norm(end)), 2));
        replicas = BLOCK * (int) Math.ceil(needed / BLOCK);
    }

    private Loss loss() {
        return setting().objective().loss();
    }

    /** factor·λ, with factor 1 or 4: 4·copies/factor copies of every sample. */
    private static double strength(Setting setting, double learningRate, int copies, int factor) {
        double samples = 4.0 * copies / factor * setting.objective().sampleCount();
        return learningRate * setting.objective().loss().noiseVariance(0) / samples;
    }

    /**
     * Planned standard deviation of the statistic of one pair of runs, in units of √(λ/α): found in pilot runs to be
     * near 0.2 for small ηλmax, and below 0.8 at 1.6.
     */
    private static double scatter(double sharpness) {
        return 0.2 + 0.4 * sharpness;
    }

    /**
     * Half-width of the band that the theory allows after the combination of λ and 4λ, from the two small numbers of
     * the expansion at 4λ: the start-up lag relative to the displacement, as in {@link DriftTrial#bias}, and the
     * variance u² of a prediction, by which the curvature of the loss and the variance of a flip differ from their
     * values at the minimum. u⁴: the relative term of order λ is some 2u², its square 4u⁴, of which the combination
     * leaves a quarter.
     */
    private static double bias(Setting setting, double eta, int copies, double displacement) {
        int count = setting.parameters();
        Loss loss = setting.objective().loss();
        double strength = eta
                * loss.noiseVariance(0)
                / loss.curvature()
                / (copies * setting.objective().sampleCount());
        double[] values = setting.spectrum().values();
        double[] variance = new double[count];
        double[] missing = new double[count];
        for (int i = count - setting.rank(); i < count; i++) {
            double a = eta * values[i];
            variance[i] = strength / (2 - a);
            missing[i] = Math.sqrt(strength / a) / (2 - a);
        }
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting.objective()
                .thirdOrder(
                        setting.theta(), Dense.columnsScaled(setting.spectrum().vectors(), missing), third);
        double lag = 0.5 * eta * Dense.norm(Dense.times(setting.nullProjector(), third));
        double spread = largestVariance(setting, Dense.withSpectrum(setting.spectrum(), variance));
        return REMAINDER * lag * lag / displacement + spread * spread * displacement;
    }

    private static double largestVariance(Setting setting, DMatrixRMaj covariance) {
        DMatrixRMaj targets = setting.objective().data().targets();
        DMatrixRMaj jacobian = new DMatrixRMaj(targets.getNumElements(), setting.parameters());
        setting.objective().jacobian(setting.theta(), jacobian);
        double largest = 0;
        for (int row = 0; row < jacobian.numRows; row++) {
            DMatrixRMaj gradient = new DMatrixRMaj(jacobian.numCols, 1);
            System.arraycopy(jacobian.data, row * jacobian.numCols, gradient.data, 0, jacobian.numCols);
            largest = Math.max(largest, Dense.form(covariance, gradient));
        }
        return largest;
    }

    @Override
    public double bias(double displacement) {
        return bias(setting(), learningRate, copies, displacement);
    }

    /** Displacements of the slow flow; copies change neither L nor H, so one of each sample is enough. */
    private DriftPath path(String name, Theory theory, double wrong) {
        return new DriftPath(name, flow(1, theory, wrong), flow(TwoStrengths.FACTOR, theory, wrong));
    }

    private List<DMatrixRMaj> flow(int factor, Theory theory, double wrong) {
        Regularizer regularizer = Regularizer.of(setting().objective(), learningRate, 0);
        SlowFlowResult result = SlowFlow.of(setting().objective(), LabelNoiseSgd.of(learningRate))
                .withDrift(new ScaledPotential(regularizer, theory.gradientFactor()))
                .withStrength(strength(setting(), learningRate, copies, factor) * theory.lambdaFactor() * wrong)
                .run(setting().theta(), checkpoints(factor));
        return DriftPath.displacements(result, setting().theta());
    }

    private List<DriftPath> wrong() {
        List<DriftPath> wrong = new ArrayList<>();
        if (loss().curvature() != 1) {
            wrong.add(path(Classification.NO_CURVATURE, Theory.paper(), loss().curvature()));
        }
        wrong.add(path(Classification.NO_COMPLEMENT, Theory.paper(), 1 / (1 - loss().flipProbability())));
        return wrong;
    }

    /** Replicas at each strength, as planned from what pilot runs of other problems needed. */
    int replicas() {
        return replicas;
    }

    Expectation expectation() {
        DriftPath theory = context.theory().equals(Theory.paper()) ? paper : path(FLOW, context.theory(), 1);
        List<Alternative> wrong = wrong().stream()
                .map(path -> Alternative.mustReject(path.name(), along(path)))
                .toList();
        double displacement = along(paper);
        return new Expectation(name() + ", drift", along(theory), bias(displacement), displacement, wrong);
    }

    private double along(DriftPath path) {
        return Dense.dot(along, path.end());
    }

    /** As at the end, which is what is predicted: vectors are combined, and then projected. */
    @Override
    protected double[] projections(DriftPath path, DMatrixRMaj direction) {
        double[] out = new double[CHECKPOINTS];
        for (int i = 0; i < out.length; i++) {
            out[i] = Dense.dot(
                    direction,
                    TwoStrengths.combined(path.weak().get(i), path.strong().get(i)));
        }
        return out;
    }

    @Override
    protected Runs run(int factor, long seed, int count, int threads) {
        Objective objective = Flips.copies(setting().objective(), TwoStrengths.FACTOR * copies / factor);
        Setting repeated = new Setting(
                setting().family(), objective, setting().theta(), setting().spectrum());
        return Runs.moments(repeated, optimiser(factor).withSeed(seed), count, threads, checkpoints(factor));
    }

    List<Estimate> measure(long seed, int count) {
        return measure(List.of(along), count, context.threads(), seed);
    }

    /** Projections on the predicted displacement against the number of steps; call after {@link #measure}. */
    Figure figure() {
        return figure("classification", "Drift with flipped labels", along, paper, wrong());
    }
}
