package dev.lowland.theory.claims.trial;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.fluctuation.PointFluctuations;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * An optimiser that drifts along a valley, run for the same slow time at λ and at 4λ (T and T/4 steps): predicted
 * paths, measured paths, and {@link TwoStrengths#combined} of each. {@link DriftCase} is the special case of full-batch
 * label noise.
 *
 * <p>For one thread.
 */
public class DriftTrial {

    /** How many states of a path are kept, the end included. */
    public static final int CHECKPOINTS = 20;

    /** Size of the allowance for what is left, in units of the square of the start-up lag over the displacement. */
    protected static final double REMAINDER = 16;

    /** The allowance in the text of a claim. */
    public static final String BIAS = (int) REMAINDER + " lag²/‖Φ_T − θ_0‖";

    /** What S_k may still lack of S when the start-up is over. */
    private static final double SETTLED = 1e-3;

    private static final int LONGEST_START_UP = 100_000;

    private final String name;
    private final Setting setting;
    private final IntFunction<LabelNoiseSgd> optimisers;
    private final long steps;
    private double[][] measured = {};
    private double[][] errors = {};

    /**
     * A trial.
     *
     * @param name of its cases
     * @param setting problem and start
     * @param optimisers 1 ↦ the optimiser at λ, 4 ↦ that at 4λ, with any seed
     * @param displacement how far the drift would go at the speed it starts with: it sets T
     */
    public DriftTrial(String name, Setting setting, IntFunction<LabelNoiseSgd> optimisers, double displacement) {
        this(name, setting, optimisers, steps(setting, optimisers.apply(1), displacement));
    }

    /** The same with T given; it is rounded to a multiple of 4·{@link #CHECKPOINTS}. */
    public DriftTrial(String name, Setting setting, IntFunction<LabelNoiseSgd> optimisers, long steps) {
        this.name = name;
        this.setting = setting;
        this.optimisers = optimisers;
        this.steps = TwoStrengths.steps((double) steps, CHECKPOINTS);
    }

    private static long steps(Setting setting, LabelNoiseSgd sgd, double displacement) {
        DMatrixRMaj drift = new DMatrixRMaj(setting.parameters(), 1);
        Fluctuations.of(setting.objective(), sgd).at(setting.theta()).drift(drift);
        double slow = sgd.learningRate() / (1 - sgd.momentum());
        return Math.round(displacement / (slow * Dense.norm(Dense.times(setting.nullProjector(), drift))));
    }

    public String name() {
        return name;
    }

    public Setting setting() {
        return setting;
    }

    public long steps() {
        return steps;
    }

    public LabelNoiseSgd optimiser(int factor) {
        return optimisers.apply(factor);
    }

    /** Steps of the run at factor·λ that are looked at, with factor 1 or 4. */
    public long[] checkpoints(int factor) {
        return TwoStrengths.checkpoints(steps, factor, CHECKPOINTS);
    }

    /** Where −½∇³L[S] leads, S exact to second moments for this optimiser, with its strength multiplied by a factor. */
    public DriftPath exact(String title, double factor) {
        return path(title, sgd -> {
            SlowFlow flow = Fluctuations.of(setting.objective(), sgd).slowFlow();
            return flow.withStrength(factor * flow.strength());
        });
    }

    /** Where the paper's R leads at the optimiser's η and λ. */
    public DriftPath regularizer(String title) {
        return path(title, sgd -> SlowFlow.of(setting.objective(), sgd));
    }

    /** A slow flow for an optimiser. */
    @FunctionalInterface
    public interface Flow {
        /** The flow. */
        SlowFlow of(LabelNoiseSgd sgd);
    }

    public DriftPath path(String title, Flow flow) {
        return new DriftPath(title, displacements(flow, 1), displacements(flow, 4));
    }

    private List<DMatrixRMaj> displacements(Flow flow, int factor) {
        SlowFlowResult result = flow.of(optimiser(factor)).run(setting.theta(), checkpoints(factor));
        return DriftPath.displacements(result, setting.theta());
    }

    /**
     * Half-width of the band that the theory allows after the combination, with the start-up lag at 4λ: 16
     * lag²/displacement, where lag = ½η‖P_T∇³L[Σ_k (S − S_k)]‖ is the drift that is lost at 4λ while the fluctuations
     * build up, S_k their covariance after k steps.
     *
     * @param displacement size of the predicted motion
     */
    public double bias(double displacement) {
        LabelNoiseSgd sgd = optimiser(4);
        PointFluctuations fluctuations =
                Fluctuations.of(setting.objective(), sgd).at(setting.theta());
        int count = setting.parameters();
        DMatrixRMaj limit = new DMatrixRMaj(count, count);
        DMatrixRMaj now = new DMatrixRMaj(count, count);
        DMatrixRMaj missing = new DMatrixRMaj(count, count);
        fluctuations.covariance(limit);
        double size = Dense.norm(limit);
        double lacking = size;
        for (long k = 0; lacking > SETTLED * size && k < LONGEST_START_UP; k++) {
            fluctuations.afterSteps(k, now);
            DMatrixRMaj rest = Dense.minus(limit, now);
            lacking = Dense.norm(rest);
            for (int e = 0; e < count * count; e++) {
                missing.data[e] += rest.data[e];
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(missing);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.sqrt(Math.max(0, eigen.values()[i]));
        }
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting.objective().thirdOrder(setting.theta(), Dense.columnsScaled(eigen.vectors(), weights), third);
        double slow = sgd.learningRate() / (1 - sgd.momentum());
        double lag = 0.5 * slow * Dense.norm(Dense.times(setting.nullProjector(), third));
        return REMAINDER * lag * lag / displacement;
    }

    /**
     * What is said about the projection of the displacement. Where the theory is undefined on the way so is its
     * prediction, and there is no band.
     *
     * @param caseName which case
     * @param predicted its projection
     * @param displacement size of the predicted motion
     * @param alternatives what the wrong theories say
     */
    public Expectation expectation(
            String caseName, double predicted, double displacement, List<Alternative> alternatives) {
        boolean defined = Double.isFinite(displacement) && displacement > 0;
        return new Expectation(
                caseName,
                defined ? predicted : Double.NaN,
                defined ? bias(displacement) : 0,
                defined ? displacement : 1,
                alternatives);
    }

    /**
     * Runs both strengths and projects the mean displacements; keeps the paths of the projections for figures.
     *
     * @param directions where to look, P × 1 each. Not modified.
     * @param replicas at each strength
     * @param threads worker threads; the result does not depend on it
     * @param seed seed of the noise
     */
    public List<Estimate> measure(List<DMatrixRMaj> directions, int replicas, int threads, long seed) {
        Runs weak = run(1, seed, replicas, threads);
        Runs strong = run(4, Seeds.derive(seed, "4λ"), replicas, threads);
        List<Estimate> last = new ArrayList<>();
        measured = new double[directions.size()][CHECKPOINTS];
        errors = new double[directions.size()][CHECKPOINTS];
        for (int d = 0; d < directions.size(); d++) {
            Estimate estimate = new Estimate(Double.NaN, Double.NaN, replicas, seed);
            for (int i = 0; i < CHECKPOINTS; i++) {
                estimate = combined(weak, strong, i, directions.get(d));
                measured[d][i] = estimate.value();
                errors[d][i] = estimate.standardError();
            }
            last.add(estimate);
        }
        return last;
    }

    /**
     * Runs at factor·λ.
     *
     * @param factor 1 or 4
     * @param seed of the noise
     */
    protected Runs run(int factor, long seed, int replicas, int threads) {
        LabelNoiseSgd sgd = optimiser(factor).withSeed(seed);
        return Runs.moments(setting, sgd, replicas, threads, checkpoints(factor));
    }

    private Estimate combined(Runs weak, Runs strong, int checkpoint, DMatrixRMaj direction) {
        double start = Dense.dot(direction, setting.theta());
        return TwoStrengths.combined(
                weak.meanAlong(checkpoint, direction, start), strong.meanAlong(checkpoint, direction, start));
    }

    /** What was last measured along a direction, at the checkpoints. */
    public double[] measured(int direction) {
        return measured[direction].clone();
    }

    /**
     * Projections on the first direction against the number of steps; call after {@link #measure}. A path that is
     * undefined is left out.
     *
     * @param claim begins the figure's name
     * @param title begins its title
     */
    public Figure figure(String claim, String title, DMatrixRMaj direction, DriftPath theory, List<DriftPath> wrong) {
        double[] when = Arrays.stream(checkpoints(1)).asDoubleStream().toArray();
        Figure.Builder builder = Figure.named(claim + "-" + Figure.slug(name))
                .title(title + ": " + name)
                .caption("Motion along the predicted displacement. Band: mean of the runs, " + Figure.BAND + ".")
                .x("steps")
                .y("distance");
        for (DriftPath path : wrong) {
            builder.line(Role.FALSIFICATION, path.name(), when, projections(path, direction));
        }
        return builder.line(Role.PREDICTED, theory.name(), when, projections(theory, direction))
                .mean(when, measured[0], errors[0])
                .build();
    }

    /** A path in the figure: its projections on a direction. */
    protected double[] projections(DriftPath path, DMatrixRMaj direction) {
        return path.along(direction);
    }

    /** Whether there are numbers to draw along the first direction: a theory may be undefined on the way. */
    public boolean isDrawable(DriftPath theory, DMatrixRMaj direction) {
        return Arrays.stream(theory.along(direction)).allMatch(Double::isFinite)
                && Arrays.stream(measured[0]).allMatch(Double::isFinite);
    }
}
