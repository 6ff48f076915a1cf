package dev.lowland.theory.claims.limit;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.ReplicaStatistics;
import dev.lowland.optim.ensemble.StatisticSeries;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.PlannedStages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 16: with f = ⟨x, u∘u − v∘v⟩ label noise solves a Lasso, and finds a sparse truth that gradient descent does
 * not.
 */
public final class Lasso implements Claim {

    static final String LEAST_SQUARES = "minimum-ℓ2 interpolator";
    static final String DESCENT = "gradient descent";
    static final String UNWEIGHTED = "Σ|w_j| without the weights c_j";

    /** λ, and the one at which the sparse regression is chosen. */
    private static final double[] STRENGTHS = {0.05, 0.1};

    private static final int REPLICAS = 256;

    /** Looks on the way, for the picture. */
    private static final int ON_THE_WAY = 30;

    /** Looks at the end, over as many steps again. */
    private static final int AT_THE_END = 400;

    /** What may be left off the support, as a share of what the wrong theory has there. */
    private static final double REMAINDER = 2e-3;

    /** A wrong theory nearer than this share of the effect is not asked for. */
    private static final double DISTINCT = 0.05;

    @Override
    public String name() {
        return "lasso";
    }

    @Override
    public int number() {
        return 16;
    }

    @Override
    public String statement() {
        return "With f = ⟨x, u∘u − v∘v⟩, label noise ends at the solution of a Lasso in w = u∘u − v∘v. From a large start it finds a sparse truth "
                + "with fewer samples than coefficients, where gradient descent finds a dense interpolator.";
    }

    @Override
    public String formula() {
        return "as η → 0, E w → argmin (1/2n)‖Xw − y‖² + λΣ_j c_j|w_j|, c_j = (1/n)Σ_i x_ij², since ¼ tr ∇²L = Σ_j c_j(u_j² + v_j²)";
    }

    @Override
    public String source() {
        return "derived here from the limit of R as η → 0; the example is HaoChen, Wei, Lee, Ma 2020";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of(
                "a coordinate-descent Lasso with its duality gap (`LassoSolver`), against runs from a large start");
    }

    @Override
    public String method() {
        return "n = " + LassoCase.SAMPLES + " samples, d = " + LassoCase.COEFFICIENTS + " coefficients, "
                + 2 * LassoCase.COEFFICIENTS
                + " parameters; standard normal inputs; w° = (1, −1, 0, …, 0), y = Xw°; the first draw whose Lasso at λ = "
                + STRENGTHS[0]
                + " has the support of w° and |z_j| = |(1/n)Σ_i x_ij(y − Xw)_i|/(λc_j) below ½ off it. Identities: ¼ tr ∇²L by automatic "
                + "differentiation at a random point; the coordinate-descent solver against its own dual bound. Statistics: "
                + REPLICAS
                + " full-batch runs with label noise from u = v = 1, ηλmax = " + InWords.number(LassoCase.SHARPNESS)
                + " there, λ = " + InWords.list(STRENGTHS)
                + ", until the bound on what is left off the support, "
                + "Σ_j exp(−ηλc_j(1 − |z_j|)²T/2), is below " + InWords.number(REMAINDER)
                + " of what the minimum-ℓ2 interpolator has there; then means over replicas and "
                + AT_THE_END
                + " looks in as many steps again: each coefficient on the support; Σ|w_j| off it; and the distance from w° towards the end of gradient descent, which starts "
                + "from the same point with the same η. The effects are the distances of the Lasso from the minimum-ℓ2 interpolator, or from gradient descent. "
                + "Off the support the bias allowed is that bound: log u_j takes steps of mean −2ηλc_j(1 − |z_j|) and variance 4ηλc_j, and rare runs return. "
                + "On the support it is |K⁻¹|(2ηE ĝ_j² + 10ηλ²c_j²), K = X_SᵀX_S/n: stationarity is E log(1 − 2ηg_j) = 0 with g_j the noisy slope in w_j, whose noise alone gives the "
                + "Lasso exactly; ĝ, the jitter of the residuals, has E ĝĝᵀ = 4λKU(2 − ηH_S)⁻¹UK and adds a term of order η, counted twice for higher "
                + "orders in λ; third and fourth powers are below the second term. A coefficient has to refuse a wrong theory that is further away than "
                + InWords.percent(DISTINCT) + " of its effect. "
                + "A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(LEAST_SQUARES, DESCENT, UNWEIGHTED);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "As η → 0. At finite η the residuals' jitter moves the coefficients by up to a share ηh/(2 − ηh) of the Lasso's own shrinkage, h the curvatures on the support.",
                "In probability, not quickly in the mean: a coefficient off the support vanishes along a typical run at the rate 2ηλc_j(1 − |z_j|) a step, but rare runs "
                        + "return, and its mean falls only at the rate ½ηλc_j(1 − |z_j|)². Where |z_j| is near 1 that takes longer than any simulation.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        LassoCase chosen = LassoCase.of(STRENGTHS[0]);
        cases.add(trace(chosen));
        double worst = 0;
        for (int i = 0; i < STRENGTHS.length; i++) {
            LassoCase subject = chosen.withStrength(STRENGTHS[i]);
            cases.add(certificate(subject));
            context.progress().advance(i / (double) STRENGTHS.length, "λ = " + STRENGTHS[i]);
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + STRENGTHS[i]);
            List<CaseResult> judged = PlannedStages.judge(context, seed, REPLICAS, plan.expectations(), plan::measure);
            worst = Math.max(
                    worst,
                    judged.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN));
            cases.addAll(judged);
            figures.add(plan.figure());
        }
        figures.add(0, LassoFigures.path(chosen, STRENGTHS, cases));
        String agreement = String.format(
                Locale.ROOT,
                "coefficients agree with the Lasso to %.2f %% of their distance from the minimum-ℓ2 interpolator",
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** ¼ tr ∇²L = Σ c_j(u_j² + v_j²) at a random point. */
    private static CaseResult trace(LassoCase subject) {
        int count = 2 * LassoCase.COEFFICIENTS;
        DMatrixRMaj theta = new DMatrixRMaj(count, 1);
        RandomStream.of(1, 0, Purpose.TEST).fillGaussian(0, count, theta.data, 0, 1);
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        subject.objective().hessian(theta, hessian);
        double weighted = 0;
        double plain = 0;
        for (int k = 0; k < count; k++) {
            double square = theta.data[k] * theta.data[k];
            weighted += subject.lasso().weights()[k % LassoCase.COEFFICIENTS] * square;
            plain += square;
        }
        return ToleranceRule.judge(
                "¼ tr ∇²L at a random point",
                weighted,
                Dense.trace(hessian) / 4,
                ToleranceRule.IDENTITY,
                List.of(Alternative.mustReject(UNWEIGHTED, plain)));
    }

    /** The solver's value is its dual bound. */
    private static CaseResult certificate(LassoCase subject) {
        double[] other = subject.lasso().leastSquareNorm();
        return ToleranceRule.judge(
                "the Lasso's solver against its dual bound, λ = " + subject.strength(),
                subject.solution().dual(),
                subject.solution().value(),
                ToleranceRule.IDENTITY,
                List.of(Alternative.mustReject(LEAST_SQUARES, subject.lasso().value(other, subject.strength()))));
    }

    /** What is expected at one λ, and how it is measured. */
    private static final class Plan {

        private final LassoCase subject;
        private final ClaimContext context;
        private final double[] predicted;
        private final double[] interpolator;
        private final double[] descent;
        private final double[] unweighted;
        private final double[] towardsDescent;
        private final double[] shift;
        private final long steps;
        private final double remainder;
        private List<DMatrixRMaj> states = List.of();

        Plan(LassoCase subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
            predicted = subject.lasso().solve(factor * subject.strength()).coefficients();
            interpolator = subject.lasso().leastSquareNorm();
            descent = subject.gradientDescent();
            double[] ones = new double[LassoCase.COEFFICIENTS];
            Arrays.fill(ones, 1);
            unweighted = new LassoSolver(
                            subject.lasso().inputs(), subject.lasso().targets(), ones)
                    .solve(subject.strength())
                    .coefficients();
            towardsDescent = LassoCase.direction(descent, subject.truth());
            shift = subject.shift();
            long unit = AT_THE_END;
            long enough = unit;
            while (subject.remainder(enough) > REMAINDER * subject.offSupport(interpolator)) {
                enough += unit;
            }
            steps = enough;
            remainder = subject.remainder(enough);
        }

        List<Expectation> expectations() {
            List<Expectation> expectations = new ArrayList<>();
            for (int j : subject.support()) {
                double effect = Math.abs(predicted[j] - interpolator[j]);
                double apart = Math.abs(predicted[j] - unweighted[j]);
                expectations.add(new Expectation(
                        name("w_" + (j + 1)),
                        predicted[j],
                        shift[j],
                        effect,
                        List.of(
                                Alternative.mustReject(LEAST_SQUARES, interpolator[j]),
                                new Alternative(
                                        DESCENT, descent[j], Math.abs(predicted[j] - descent[j]) > DISTINCT * effect),
                                new Alternative(UNWEIGHTED, unweighted[j], apart > DISTINCT * effect))));
            }
            expectations.add(new Expectation(
                    name("Σ|w_j| off the support"),
                    subject.offSupport(predicted),
                    remainder,
                    subject.offSupport(interpolator),
                    List.of(
                            Alternative.mustReject(LEAST_SQUARES, subject.offSupport(interpolator)),
                            Alternative.mustReject(DESCENT, subject.offSupport(descent)))));
            double bias = remainder;
            for (int j : subject.support()) {
                bias += Math.abs(towardsDescent[j]) * shift[j];
            }
            double away = towards(predicted);
            expectations.add(new Expectation(
                    name("from the truth towards gradient descent"),
                    away,
                    bias,
                    Math.abs(towards(descent) - away),
                    List.of(
                            Alternative.mustReject(LEAST_SQUARES, towards(interpolator)),
                            Alternative.mustReject(DESCENT, towards(descent)))));
            return expectations;
        }

        private String name(String statistic) {
            return "λ = " + subject.strength() + ", " + statistic;
        }

        private double towards(double[] w) {
            return LassoCase.dot(towardsDescent, w) - LassoCase.dot(towardsDescent, subject.truth());
        }

        List<Estimate> measure(long seed, int replicas) {
            long period = steps / AT_THE_END;
            long[] looks = looks();
            long end = looks[ON_THE_WAY - 1];
            Ensemble ensemble = Ensemble.of(subject.objective(), subject.sgd(seed))
                    .withReplicas(replicas)
                    .withThreads(context.threads())
                    .withStates(true);
            StepSchedule schedule = StepSchedule.every(steps + period, period, end);
            for (ToDoubleFunction<DMatrixRMaj> statistic : statistics()) {
                ensemble = ensemble.withStatistic(
                        ReplicaStatistics.of("w", 2 * LassoCase.COEFFICIENTS, statistic), schedule);
            }
            EnsembleResult result = ensemble.run(LassoCase.start(), looks);
            List<Estimate> estimates = new ArrayList<>();
            if (result.status() != RunStatus.FINISHED) {
                statistics().forEach(s -> estimates.add(new Estimate(Double.NaN, Double.NaN, replicas, seed)));
                return estimates;
            }
            states = result.states();
            for (StatisticSeries series : result.statistics()) {
                estimates.add(new Estimate(series.timeMean(), series.timeMeanStandardError(), replicas, seed));
            }
            return estimates;
        }

        /** Steps for the picture, growing by a factor, up to the end. */
        private long[] looks() {
            long end = 2 * steps;
            long[] looks = new long[ON_THE_WAY];
            for (int i = 0; i < ON_THE_WAY; i++) {
                long before = i == 0 ? 0 : looks[i - 1];
                looks[i] = Math.max(before + 1, Math.round(Math.pow((double) end, (i + 1.0) / ON_THE_WAY)));
            }
            return looks;
        }

        /** In the order of the expectations. */
        private List<ToDoubleFunction<DMatrixRMaj>> statistics() {
            List<ToDoubleFunction<DMatrixRMaj>> statistics = new ArrayList<>();
            for (int j : subject.support()) {
                statistics.add(theta -> LassoCase.coefficient(theta, j));
            }
            statistics.add(theta -> subject.offSupport(LassoCase.coefficients(theta)));
            statistics.add(theta -> towards(LassoCase.coefficients(theta)));
            return statistics;
        }

        Figure figure() {
            return LassoFigures.runs(subject, predicted, descent, looks(), states);
        }
    }
}
