package dev.lowland.optim.fluctuation;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.lyapunov.Recursion;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.TheoryTerms;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of an optimiser fluctuate about their slow flow, and where that drives them: the recursion (η, β), the
 * noise (of labels, or of any covariance) and the law of the batches give at each θ a stationary covariance S
 * ({@link #at}), and S gives the drift −½∇³L[S] ({@link #drift}).
 *
 * <p>Immutable, shared by threads. Works on the n·c rows of the Jacobian, so P may be large where n·c is not (n·c up to
 * about 2,000). The package documentation has the equation.
 */
public final class Fluctuations {

    private static final String OPERATION = "fluctuations";

    private final Objective objective;
    private final Optimiser optimiser;
    private final Recursion recursion;
    private final @Nullable ParameterNoise noise;
    private final double strength;
    private final double spread;
    private final double mean;

    private Fluctuations(
            Objective objective,
            Optimiser optimiser,
            @Nullable ParameterNoise noise,
            double strength,
            double spread,
            double mean) {
        this.objective = objective;
        this.optimiser = optimiser;
        this.recursion = new Recursion(
                TheoryTerms.learningRate(OPERATION, optimiser),
                TheoryTerms.momentum(OPERATION, optimiser),
                TheoryTerms.weightDecay(OPERATION, optimiser));
        if ((noise != null || takesBack()) && recursion.weightDecay() > 0) {
            throw Checks.error(
                    OPERATION,
                    "weightDecay beside noise on the parameters",
                    Double.toString(recursion.weightDecay()),
                    "0; it has a theory of weight decay beside noise of labels, none of which is along the valley");
        }
        this.noise = noise;
        this.strength = strength;
        this.spread = spread;
        this.mean = mean;
    }

    /**
     * What an optimiser does on an objective: with the noise of drawing mini-batches, and with the noise that flips of
     * labels make in the curvature of their loss. The second moments of a linear model with square loss are exact. A
     * loss whose noise depends on the margin, as the exponential one with flips, has a term of the same order in λ as
     * that of the curvature which is left out: its noise is correlated with its third derivative.
     *
     * @param objective gives K and the loss
     * @param sgd gives η, β, the noise and the batches
     * @return its fluctuations
     * @throws IllegalArgumentException if the law of the noise does not suit the loss
     */
    public static Fluctuations of(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("fluctuations", "objective", objective);
        Checks.notNull("fluctuations", "sgd", sgd);
        return of(objective, sgd.optimiser());
    }

    /**
     * The same for an optimiser of other parts. There is a theory for the rules plain and heavy-ball at a constant
     * learning rate, without clipping; for batches whose {@link dev.lowland.optim.batch.SamplingNoise} has a factor f,
     * which takes the place of 1/B in the sampling term and nowhere else; for label noise of one σ or, with square
     * loss, one for each output; for flips with the probability of the loss, noise of a given covariance,
     * anti-correlated noise, and beside noise of labels for weight decay, which holds the fluctuations by K + γI in
     * place of K. The floor that it pulls the residuals to adds terms of order γ² to the noise of drawing, which are
     * left out.
     *
     * @param objective gives K and the loss
     * @param optimiser gives η, β, the noise and the batches
     * @return its fluctuations
     * @throws IllegalArgumentException if the law of the noise does not suit the loss, or a part is one that there is
     *     no theory for
     */
    public static Fluctuations of(Objective objective, Optimiser optimiser) {
        Checks.notNull(OPERATION, "objective", objective);
        Checks.notNull(OPERATION, "optimiser", optimiser);
        TheoryTerms.check(OPERATION, optimiser);
        boolean flips = optimiser.noiseLaw(objective).flipsLabels();
        double variation = flips && objective.data().outputSize() == 1 ? FlipVariation.of(objective.loss()) : 0;
        double factor = TheoryTerms.samplingFactor(OPERATION, optimiser, objective.sampleCount());
        double share = 1.0 / optimiser.batchSize(objective);
        return create(objective, optimiser, factor + variation * share, factor);
    }

    /**
     * The same as in the paper: the noise of drawing mini-batches, which acts on the fluctuating residuals, and that in
     * the curvature are left out. For label noise its drift is then that of
     * {@link dev.lowland.optim.flatness.Regularizer} along the valley.
     *
     * @param objective gives K and the loss
     * @param sgd gives η, β and the noise
     * @return its fluctuations
     * @throws IllegalArgumentException if the law of the noise does not suit the loss
     */
    public static Fluctuations inPaper(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("fluctuations in the paper", "objective", objective);
        Checks.notNull("fluctuations in the paper", "sgd", sgd);
        return inPaper(objective, sgd.optimiser());
    }

    /**
     * The same for an optimiser of other parts: see {@link #of(Objective, Optimiser)}.
     *
     * @param objective gives K and the loss
     * @param optimiser gives η, β, γ and the noise
     * @return its fluctuations
     * @throws IllegalArgumentException if the law of the noise does not suit the loss, or a part is one that there is
     *     no theory for
     */
    public static Fluctuations inPaper(Objective objective, Optimiser optimiser) {
        Checks.notNull("fluctuations in the paper", "objective", objective);
        Checks.notNull("fluctuations in the paper", "optimiser", optimiser);
        return create(objective, optimiser, 0, 0);
    }

    private static Fluctuations create(Objective objective, Optimiser optimiser, double spread, double mean) {
        NoiseLaw law = optimiser.noiseLaw(objective);
        ParameterNoise noise =
                law == NoiseLaw.EXPLICIT ? optimiser.noise().onParameters().orElse(null) : null;
        boolean uneven = law.addsToTargets() && !optimiser.noise().isEven();
        if (uneven && objective.loss().curvature() != 1) {
            throw Checks.error(
                    OPERATION,
                    "noise",
                    optimiser.noise() + " with the " + objective.loss().name() + " loss",
                    "of one size, or with the square loss");
        }
        double strength = uneven
                ? TheoryTerms.learningRate(OPERATION, optimiser) / optimiser.batchSize(objective)
                : optimiser.regularizationStrength(objective);
        return new Fluctuations(objective, optimiser, noise, strength, spread, mean);
    }

    /**
     * The same recursion and batches under other noise.
     *
     * @param other Σ and λ, in place of the optimiser's noise
     * @return new fluctuations
     */
    public Fluctuations withNoise(ParameterNoise other) {
        Checks.notNull("fluctuations", "other", other);
        return new Fluctuations(objective, optimiser, other, other.strength(), spread, mean);
    }

    /**
     * What it is, for people.
     *
     * @return a short text
     */
    public String name() {
        String kind =
                noise != null ? "noise of a given covariance" : takesBack() ? "anti-correlated noise" : "label noise";
        return "S of " + kind + (spread > 0 ? ", sampling included" : "");
    }

    /**
     * λ.
     *
     * @return the strength of the noise
     */
    public double strength() {
        return strength;
    }

    /**
     * The fluctuations at a point, which should be on the valley floor.
     *
     * @param theta P × 1, finite. Not modified.
     * @return S there, with its status
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public PointFluctuations at(DMatrixRMaj theta) {
        Checks.shape("Fluctuations.at", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("Fluctuations.at", "theta", theta);
        return new FluctuationSolver(this).at(theta.copy());
    }

    /**
     * The field v = ½∇³L[S]/λ, in place of ∇R. UNDEFINED where there is no stationary covariance.
     *
     * @return the drift
     */
    public DriftField drift() {
        return new FluctuationDrift(this);
    }

    /**
     * The slow flow along this drift, with the optimiser's η and β.
     *
     * @return gradient descent on L beside −½∇³L[S]
     */
    public SlowFlow slowFlow() {
        return SlowFlow.along(objective, optimiser, drift()).withStrength(strength);
    }

    /** Whether each step takes back the noise of the one before. */
    boolean takesBack() {
        return noise == null && optimiser.noiseLaw(objective).isTakenBack();
    }

    /** σ_j of the outputs where they differ, for noise of strength η/B; null where λ is a number. */
    double @Nullable [] unevenDeviations() {
        if (noise != null
                || optimiser.noise().isEven()
                || !optimiser.noiseLaw(objective).addsToTargets()) {
            return null;
        }
        double[] deviations = new double[objective.data().outputSize()];
        for (int j = 0; j < deviations.length; j++) {
            deviations[j] = optimiser.noise().deviation(j);
        }
        return deviations;
    }

    Objective objective() {
        return objective;
    }

    Recursion recursion() {
        return recursion;
    }

    @Nullable
    ParameterNoise noise() {
        return noise;
    }

    double spread() {
        return spread;
    }

    double mean() {
        return mean;
    }
}
