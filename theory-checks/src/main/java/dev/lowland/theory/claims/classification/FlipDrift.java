package dev.lowland.theory.claims.classification;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.FlowStatus;
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
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.Flips;
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
final class FlipDrift {

    /** How far the drift would go at the speed it starts with. */
    private static final double DISPLACEMENT = 0.6;

    /** How far it is expected to go, as it slows down. */
    private static final double EXPECTED = 0.45;

    /**
     * Largest share of the displacement that the theory's own bias may be; the number of copies is the least that keeps
     * to it.
     */
    private static final double SMALL_BIAS = 0.006;

    private static final int MOST_COPIES = 1000;

    /** Four planned standard errors over the displacement. */
    private static final double PLANNED = 0.009;

    /** Fewest replicas, for the normal law to hold at four standard errors. */
    private static final int FEWEST = 512;

    private static final int BLOCK = 64;

    private final Setting setting;
    private final double sharpness;
    private final int copies;
    private final long steps;
    private final ClaimContext context;
    private final int replicas;
    private final List<DMatrixRMaj> weak;
    private final List<DMatrixRMaj> strong;
    private final DMatrixRMaj along;
    private final double[] measured = new double[DriftCase.CHECKPOINTS];
    private final double[] errors = new double[DriftCase.CHECKPOINTS];

    /**
     * Chooses T, the number of copies and the number of replicas.
     *
     * @param setting every sample once, at a minimum
     * @param sharpness ηλmax
     */
    FlipDrift(Setting setting, double sharpness, ClaimContext context) {
        this.setting = setting;
        this.sharpness = sharpness;
        this.context = context;
        int least = 1;
        while (least < MOST_COPIES && bias(least, EXPECTED) > SMALL_BIAS * EXPECTED) {
            least++;
        }
        copies = least;
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        Regularizer.of(setting.objective(), learningRate(), 0).gradient(setting.theta(), gradient);
        double speed = learningRate() * strength(1) * Dense.norm(Dense.times(setting.nullProjector(), gradient));
        long unit = 4L * DriftCase.CHECKPOINTS;
        steps = unit * Math.max(1, Math.round(DISPLACEMENT / speed / unit));
        weak = flow(1, Theory.paper(), 1);
        strong = flow(4, Theory.paper(), 1);
        DMatrixRMaj end = combined(weak, strong, DriftCase.CHECKPOINTS - 1);
        along = Dense.unit(end);
        double deviation = scatter() * Math.sqrt(strength(1) / loss().curvature());
        double needed = Math.max(FEWEST, Math.pow(4 * deviation / (PLANNED * Dense.norm(end)), 2));
        replicas = BLOCK * (int) Math.ceil(needed / BLOCK);
    }

    private Loss loss() {
        return setting.objective().loss();
    }

    private double learningRate() {
        return setting.learningRate(sharpness);
    }

    /** factor·λ, with factor 1 or 4: 4·copies/factor copies of every sample. */
    private double strength(int factor) {
        double samples = 4.0 * copies / factor * setting.objective().sampleCount();
        return learningRate() * loss().noiseVariance(0) / samples;
    }

    /**
     * Planned standard deviation of the statistic of one pair of runs, in units of √(λ/α): found in pilot runs to be
     * near 0.2 for small ηλmax, and below 0.8 at 1.6.
     */
    private double scatter() {
        return 0.2 + 0.4 * sharpness;
    }

    String name() {
        return String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness);
    }

    /**
     * Half-width of the band that the theory allows after the combination of λ and 4λ, from the two small numbers of
     * the expansion at 4λ: the start-up lag relative to the displacement, as in {@link DriftCase#bias}, and the
     * variance u² of a prediction, by which the curvature of the loss and the variance of a flip differ from their
     * values at the minimum. u⁴: the relative term of order λ is some 2u², its square 4u⁴, of which the combination
     * leaves a quarter.
     */
    private double bias(int copies, double displacement) {
        int count = setting.parameters();
        double eta = learningRate();
        double strength = eta
                * loss().noiseVariance(0)
                / loss().curvature()
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
        double spread = largestVariance(Dense.withSpectrum(setting.spectrum(), variance));
        return 16 * lag * lag / displacement + spread * spread * displacement;
    }

    private double largestVariance(DMatrixRMaj covariance) {
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

    private long[] checkpoints(int factor) {
        long[] out = new long[DriftCase.CHECKPOINTS];
        for (int i = 0; i < out.length; i++) {
            out[i] = steps / factor / out.length * (i + 1);
        }
        return out;
    }

    /** Displacements of the slow flow; copies change neither L nor H, so one of each sample is enough. */
    private List<DMatrixRMaj> flow(int factor, Theory theory, double wrong) {
        Regularizer regularizer = Regularizer.of(setting.objective(), learningRate(), 0);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate());
        SlowFlowResult result = SlowFlow.of(setting.objective(), sgd)
                .withDrift(new ScaledPotential(regularizer, theory.gradientFactor()))
                .withStrength(strength(factor) * theory.lambdaFactor() * wrong)
                .run(setting.theta(), checkpoints(factor));
        List<DMatrixRMaj> displacements = new ArrayList<>();
        for (int i = 0; i < DriftCase.CHECKPOINTS; i++) {
            displacements.add(
                    result.status() == FlowStatus.FINISHED
                            ? Dense.minus(result.path().get(i).parameters(), setting.theta())
                            : Dense.scaled(Double.NaN, setting.theta()));
        }
        return displacements;
    }

    private static DMatrixRMaj combined(List<DMatrixRMaj> weak, List<DMatrixRMaj> strong, int checkpoint) {
        return Dense.scaled(1.0 / 3, Dense.minus(Dense.scaled(4, weak.get(checkpoint)), strong.get(checkpoint)));
    }

    private double[] projected(Theory theory, double wrong) {
        boolean paper = theory.equals(Theory.paper()) && wrong == 1;
        List<DMatrixRMaj> one = paper ? weak : flow(1, theory, wrong);
        List<DMatrixRMaj> four = paper ? strong : flow(4, theory, wrong);
        double[] out = new double[DriftCase.CHECKPOINTS];
        for (int i = 0; i < out.length; i++) {
            out[i] = Dense.dot(along, combined(one, four, i));
        }
        return out;
    }

    /** Replicas at each strength, as planned from what pilot runs of other problems needed. */
    int replicas() {
        return replicas;
    }

    Expectation expectation() {
        double predicted = projected(context.theory(), 1)[DriftCase.CHECKPOINTS - 1];
        double displacement = Dense.dot(along, combined(weak, strong, DriftCase.CHECKPOINTS - 1));
        List<Alternative> wrong = new ArrayList<>();
        if (loss().curvature() != 1) {
            wrong.add(Alternative.mustReject(Classification.NO_CURVATURE, last(loss().curvature())));
        }
        wrong.add(Alternative.mustReject(Classification.NO_COMPLEMENT, last(1 / (1 - loss().flipProbability()))));
        return new Expectation(name() + ", drift", predicted, bias(copies, displacement), displacement, wrong);
    }

    private double last(double wrong) {
        return projected(Theory.paper(), wrong)[DriftCase.CHECKPOINTS - 1];
    }

    /** Runs both strengths. */
    List<Estimate> measure(long seed, int count) {
        Runs one = run(1, seed, count);
        Runs four = run(4, Seeds.derive(seed, "4λ"), count);
        double start = Dense.dot(along, setting.theta());
        Estimate last = new Estimate(Double.NaN, Double.NaN, count, seed);
        for (int i = 0; i < DriftCase.CHECKPOINTS; i++) {
            Estimate a = one.meanAlong(i, along, start);
            Estimate b = four.meanAlong(i, along, start);
            last = new Estimate(
                    (4 * a.value() - b.value()) / 3,
                    Math.hypot(4 * a.standardError(), b.standardError()) / 3,
                    a.samples() + b.samples(),
                    seed);
            measured[i] = last.value();
            errors[i] = last.standardError();
        }
        return List.of(last);
    }

    private Runs run(int factor, long seed, int count) {
        Objective objective = Flips.copies(setting.objective(), 4 * copies / factor);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate()).withFullBatch().withSeed(seed);
        Setting repeated = new Setting(setting.family(), objective, setting.theta(), setting.spectrum());
        return Runs.moments(repeated, sgd, count, context.threads(), checkpoints(factor));
    }

    /** Projections on the predicted displacement against the number of steps; call after {@link #measure}. */
    Figure figure() {
        long[] checkpoints = checkpoints(1);
        double[] when = new double[checkpoints.length];
        double[] low = new double[checkpoints.length];
        double[] high = new double[checkpoints.length];
        for (int i = 0; i < when.length; i++) {
            when[i] = checkpoints[i];
            low[i] = measured[i] - 4 * errors[i];
            high[i] = measured[i] + 4 * errors[i];
        }
        Figure.Builder builder = Figure.named("classification-" + DriftTrial.slug(name()))
                .title("Drift with flipped labels: " + name())
                .caption("Motion along the predicted displacement. Band: mean of the runs, ± 4 standard errors.")
                .x("steps")
                .y("distance");
        if (loss().curvature() != 1) {
            builder.line(
                    Role.FALSIFICATION,
                    Classification.NO_CURVATURE,
                    when,
                    projected(Theory.paper(), loss().curvature()));
        }
        builder.line(
                        Role.FALSIFICATION,
                        Classification.NO_COMPLEMENT,
                        when,
                        projected(Theory.paper(), 1 / (1 - loss().flipProbability())))
                .line(Role.PREDICTED, "Φ on L + λR", when, projected(Theory.paper(), 1))
                .band(Role.MEASURED, "mean of the runs", when, low, high)
                .points(Role.MEASURED, "mean", when, measured);
        return builder.build();
    }
}
