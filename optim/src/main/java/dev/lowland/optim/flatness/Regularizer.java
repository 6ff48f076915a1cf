package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.TheoryTerms;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The regularizer that label noise amounts to, R(θ) = −(1/(2eα)) tr log(I − (e/2)∇²L(θ)), e = η/(1+β): by eigenvalues
 * Σ_i −(1/(2eα)) log1p(−e h_i/2) = (1/α) Σ_i (h_i/4 + e h_i²/16 + …). It is defined while e·h_max &lt; 2.
 *
 * <p>Its gradient is ½ Σ_j ∇_θ D²L[w_j, w_j] with W Wᵀ = (1/α)(2I − eH)⁻¹ held constant. W comes from a Cholesky
 * factor, which exists exactly where R does; the value comes from the eigenvalues, because a determinant loses all
 * digits as e → 0.
 *
 * <p>EXACT up to {@link RegularizerSettings#EXACT_LIMIT} parameters: P Hessian-vector products and O(P³) for a value, P
 * more passes of third order for a gradient. STOCHASTIC beyond: a Lanczos run a probe gives the quadrature of the value
 * and w = (2I − eH)^{−1/2}z for the gradient. {@link #method} tells which; {@link RegularizerSettings} can force
 * either. With a stochastic estimate comes a standard error, from the scatter of independent probes; UNDEFINED is then
 * proved by a vector, DEFINED holds but for a probability below {@value DomainCheck#DOUBT}, and UNCERTAIN is what is
 * too near the limit to tell.
 *
 * <p>Immutable, shared by threads. Source: Damian, Ma, Lee 2021, equation (2) and the appendices on momentum and
 * classification.
 */
public final class Regularizer implements DriftPotential {

    /** Below this many parameters a dense Hessian takes less time than starting threads for it. */
    private static final int WORTH_THREADS = 256;

    /** Below this eh/2 the first terms of the series are all that is seen: the next is its cube over 4. */
    private static final double SERIES = 1e-6;

    private final Curvature derivatives;
    private final double effectiveRate;
    private final String name;
    private final RegularizerSettings settings;
    private final @Nullable DoubleConsumer progress;

    private Regularizer(
            Curvature derivatives,
            double effectiveRate,
            String name,
            RegularizerSettings settings,
            @Nullable DoubleConsumer progress) {
        this.derivatives = derivatives;
        this.effectiveRate = effectiveRate;
        this.name = name;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * The regularizer that belongs to an optimiser.
     *
     * @param objective gives L and α
     * @param sgd gives η and β
     * @return R
     */
    public static Regularizer of(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("regularizer", "objective", objective);
        Checks.notNull("regularizer", "sgd", sgd);
        return of(objective, sgd.learningRate(), sgd.momentum());
    }

    /**
     * The regularizer that belongs to an optimiser of other parts: plain or with heavy ball, at a constant learning
     * rate, without clipping; weight decay adds to the loss and leaves R alone: see {@link Decayed}. Whether its noise
     * is of a kind that R belongs to is asked where λ is.
     *
     * @param objective gives L and α
     * @param optimiser gives η and β
     * @return R
     * @throws IllegalArgumentException if a part is one that there is no theory for
     */
    public static Regularizer of(Objective objective, Optimiser optimiser) {
        Checks.notNull("regularizer", "objective", objective);
        Checks.notNull("regularizer", "optimiser", optimiser);
        return of(
                objective,
                TheoryTerms.learningRate("regularizer", optimiser),
                TheoryTerms.momentum("regularizer", optimiser));
    }

    /**
     * The regularizer at a learning rate and a momentum.
     *
     * @param objective gives L and α
     * @param learningRate η ≥ 0; with 0 it is tr ∇²L/(4α), the limit
     * @param momentum β in [0, 1)
     * @return R
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Regularizer of(Objective objective, double learningRate, double momentum) {
        Checks.notNull("Regularizer.of", "objective", objective);
        Checks.notNegative("Regularizer.of", "learningRate", learningRate);
        Checks.inHalfOpenRange("Regularizer.of", "momentum", momentum, 0, 1);
        return new Regularizer(
                Curvature.of(objective), learningRate / (1 + momentum), "R", RegularizerSettings.standard(), null);
    }

    static Regularizer limit(Objective objective, String name) {
        return new Regularizer(Curvature.of(objective), 0, name, RegularizerSettings.standard(), null);
    }

    /**
     * The same with other settings.
     *
     * @param other how to compute it
     * @return a new regularizer
     */
    public Regularizer withSettings(RegularizerSettings other) {
        Checks.notNull("regularizer", "other", other);
        return new Regularizer(derivatives, effectiveRate, name, other, progress);
    }

    /**
     * The same with several threads.
     *
     * @param count at least 1; no result depends on it
     * @return a new regularizer
     * @throws IllegalArgumentException if it is not
     */
    public Regularizer withThreads(int count) {
        return withSettings(settings.withThreads(count));
    }

    /**
     * The same with somebody who is told how far a value or gradient has come: an EXACT one as its parts are done, a
     * STOCHASTIC one with its gradient after each direction.
     *
     * @param listener gets the share that is done, in (0, 1], ascending, from whichever thread does it, one at a time
     * @return a new regularizer
     */
    public Regularizer withProgress(DoubleConsumer listener) {
        Checks.notNull("Regularizer", "listener", listener);
        return new Regularizer(derivatives, effectiveRate, name, settings, listener);
    }

    /**
     * What a value with its gradient takes, which an EXACT one of many parameters should be asked before it is begun.
     *
     * @return memory and time, about
     */
    public RegularizerCost cost() {
        Objective objective = derivatives.objective();
        double work = RegularizerCost.work(objective);
        return method() == RegularizerMethod.EXACT
                ? RegularizerCost.exact(objective.parameterCount(), work, settings.threads())
                : RegularizerCost.stochastic(objective.parameterCount(), work, settings);
    }

    /** What it is computed of. */
    Curvature derivatives() {
        return derivatives;
    }

    /** The derivatives of the objective, with the threads of the settings where they are worth it. */
    Curvature curvature() {
        boolean alone =
                method() == RegularizerMethod.EXACT && derivatives.objective().parameterCount() < WORTH_THREADS;
        return derivatives.withThreads(alone ? 1 : settings.threads());
    }

    @Nullable
    DoubleConsumer progress() {
        return progress;
    }

    /**
     * How it is computed.
     *
     * @return the settings
     */
    public RegularizerSettings settings() {
        return settings;
    }

    /**
     * Which way this regularizer goes.
     *
     * @return EXACT or STOCHASTIC
     */
    @Override
    public RegularizerMethod method() {
        return settings.resolved(derivatives.objective().parameterCount());
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * e = η/(1+β).
     *
     * @return e ≥ 0
     */
    public double effectiveRate() {
        return effectiveRate;
    }

    /**
     * What an eigenvalue adds to R for α = 1: −log1p(−eh/2)/(2e), or h/4 + eh²/16 + e²h³/48 where that is the same to
     * all digits and e may be too small to be divided by.
     */
    static double term(double rate, double eigenvalue) {
        double half = 0.5 * rate * eigenvalue;
        return Math.abs(half) < SERIES
                ? 0.25 * eigenvalue * (1 + half * (0.5 + half / 3))
                : -Math.log1p(-half) / (2 * rate);
    }

    @Override
    public PotentialEvaluator evaluator() {
        return method() == RegularizerMethod.EXACT
                ? new ExactRegularizer(this, curvature())
                : new StochasticRegularizer(this, curvature());
    }
}
