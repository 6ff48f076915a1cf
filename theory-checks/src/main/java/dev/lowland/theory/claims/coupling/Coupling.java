package dev.lowland.theory.claims.coupling;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.StatisticSeries;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.ReferencePoint;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.PowerLaw;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 6: a run is the slow flow plus a linear fluctuation, up to a remainder that is smaller than both. */
public final class Coupling implements Claim {

    private static final String HALF = "slope ½";
    private static final String ONE = "slope 1";
    private static final double SLOPE = 0.75;

    /** What sampling leaves behind where batches are smaller than the data and η stays fixed. */
    private static final double SAMPLING_SLOPE = 0.5;

    /** The largest λ, how many there are, and how many a decade. */
    private static final double LARGEST = 1.6e-2;

    private static final int STRENGTHS = 7;
    private static final double PER_DECADE = 2;

    /** Powers of λ that the fit has beyond the leading one, and the first that it leaves out. */
    private static final double[] CORRECTIONS = {0.5, 1};

    private static final double LEFT_OUT = 1.5;

    private static final int REPLICAS = 4096;

    /** Creates the claim. */
    public Coupling() {}

    @Override
    public String name() {
        return "coupling";
    }

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String statement() {
        return "Near a global minimum θ* a run is the slow flow plus a linear fluctuation, θ_k = Φ_k(θ*) + ξ_k + Δ_k, where ξ ~ λ^½ and, "
                + "after the 1/(η√λ) steps for which the coupling is stated, the remainder Δ ~ λ^¾. At a fixed η this holds for the full "
                + "batch: smaller batches leave a remainder of the size of ξ.";
    }

    @Override
    public String formula() {
        return "(E‖θ_k − Φ_k − ξ_k‖²)^½ ~ λ^¾ at k = 1/(η√λ); ξ_{k+1} = (I − ηG)ξ_k + (η/B) Σ ε_i ∇f_i(θ*), ξ_0 = 0";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: section 3, the local coupling, with δ = ½";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("the slope ¾ of RMS‖θ − Φ − ξ‖ in λ, ξ driven by the run's own noise (`ReferencePoint`)");
    }

    @Override
    public String method() {
        return "Three families with a full-row-rank Jacobian, ηλmax = 0.2 and 1.0, full batch, from a zero-loss point conditioned better than "
                + "0.2. " + STRENGTHS + " values of λ, " + InWords.number(strength(0)) + " … "
                + InWords.number(strength(STRENGTHS - 1)) + "; at each, " + REPLICAS
                + " replicas run k = 1/(η√λ) steps, and ξ is driven by the label noise of the very same steps. The statistic is the slope s "
                + "in log RMS‖Δ‖ = c + s log λ + b₁√λ + b₂λ, fitted by least squares weighted with the standard errors: Φ moves by "
                + "O(√λ) in these steps, so the next orders come in powers of √λ and are large at λ = "
                + InWords.number(LARGEST) + " (without them "
                + "the slope comes out between 0.70 and 0.81). The bias is the shift of s by a term of order λ^{3/2} as large as the "
                + "leading one at the largest λ. The last case shows the condition: the same with B = 1 at the same η, where sampling acts "
                + "on the fluctuating residuals and leaves a remainder of slope ½. Slope ½ and slope 1 have to be refused where "
                + "the theory says ¾. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF, ONE);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Full batch. With drawn batches at a fixed η the remainder is of the size of ξ itself; the case with B = 1 shows its slope, ½.",
                "In the limit λ → 0. At the λ of ordinary runs the next orders, √λ and λ, are large: a straight line through these points has a slope between 0.70 and 0.81.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Subject> subjects = subjects();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Fit fit = new Fit(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, REPLICAS, List.of(subject.expectation()), fit::measure));
            figures.addAll(fit.figures());
        }
        double worst = 0;
        for (CaseResult c : cases) {
            worst = Math.max(worst, Math.abs(c.measured() - c.predicted()));
        }
        String agreement = String.format(
                Locale.ROOT,
                "%d slopes over three decades of λ, all within %.3f of the predicted",
                cases.size(),
                worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            int samples = family == Families.DEEP_LINEAR ? 2 : 3;
            Setting setting = family.zeroLoss(samples, s -> s.rank() == samples && s.conditioning() > 0.2);
            subjects.add(new Subject(setting, 0.2, true));
            subjects.add(new Subject(setting, 1.0, true));
        }
        subjects.add(new Subject(subjects.get(2).setting(), 0.2, false));
        return subjects;
    }

    private static double strength(int i) {
        return LARGEST * Math.pow(10, -i / PER_DECADE);
    }

    private static double[] strengths() {
        double[] strengths = new double[STRENGTHS];
        for (int i = 0; i < STRENGTHS; i++) {
            strengths[i] = strength(i);
        }
        return strengths;
    }

    private record Subject(Setting setting, double sharpness, boolean fullBatch) {

        String name() {
            return String.format(
                    Locale.ROOT, "%s, ηλmax = %.1f%s", setting.family(), sharpness, fullBatch ? "" : ", B = 1");
        }

        double learningRate() {
            return setting.learningRate(sharpness);
        }

        double slope() {
            return fullBatch ? SLOPE : SAMPLING_SLOPE;
        }

        LabelNoiseSgd sgd(double strength, long seed) {
            int batch = fullBatch ? setting.objective().sampleCount() : 1;
            LabelNoiseSgd base = LabelNoiseSgd.of(learningRate())
                    .withLabelNoise(Math.sqrt(strength * batch / learningRate()))
                    .withSeed(seed);
            return fullBatch ? base : base.withBatchSize(batch);
        }

        long steps(double strength) {
            return Math.round(1 / (learningRate() * Math.sqrt(strength)));
        }

        Expectation expectation() {
            double[] equal = new double[STRENGTHS];
            Arrays.fill(equal, 1);
            // As large as the leading term of the mean square, so half as large in the logarithm of its root.
            double bias =
                    0.5 * PowerLaw.fit(strengths(), equal, equal, CORRECTIONS).leverage(LEFT_OUT);
            List<Alternative> wrong = new ArrayList<>();
            if (fullBatch) {
                wrong.add(Alternative.mustReject(HALF, 0.5));
            } else {
                wrong.add(Alternative.reported("slope ¾, as for the full batch", SLOPE));
            }
            wrong.add(Alternative.mustReject(ONE, 1));
            return Expectation.ofExponent(name() + ", slope", slope(), bias, wrong);
        }
    }

    /** The remainders of one subject and the power law through them. */
    private static final class Fit {

        private final Subject subject;
        private final ClaimContext context;
        private final double[] strengths = strengths();
        private final double[] sizes = new double[STRENGTHS];
        private final double[] errors = new double[STRENGTHS];

        Fit(Subject subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
        }

        List<Estimate> measure(long seed, int replicas) {
            for (int i = 0; i < STRENGTHS; i++) {
                if (!remainder(i, replicas, Seeds.derive(seed, "λ " + i))) {
                    return List.of(new Estimate(Double.NaN, Double.NaN, replicas, seed));
                }
            }
            PowerLaw law = PowerLaw.fit(strengths, sizes, errors, CORRECTIONS);
            return List.of(new Estimate(law.exponent(), law.standardError(), (long) STRENGTHS * replicas, seed));
        }

        /** Sets RMS‖Δ‖ at one λ and its relative standard error; false if a run or the flow did not end. */
        private boolean remainder(int index, int replicas, long seed) {
            double strength = strengths[index];
            Setting setting = subject.setting();
            LabelNoiseSgd sgd = subject.sgd(strength, seed);
            long steps = subject.steps(strength);
            Theory theory = context.theory();
            SlowFlowResult flow = SlowFlow.of(setting.objective(), sgd)
                    .withDrift(new ScaledPotential(Regularizer.of(setting.objective(), sgd), theory.gradientFactor()))
                    .withStrength(strength * theory.lambdaFactor())
                    .run(setting.theta(), steps);
            if (flow.status() != FlowStatus.FINISHED) {
                return false;
            }
            DMatrixRMaj end = flow.parameters();
            ReferencePoint remainder = ReferencePoint.value(
                    "squared remainder", setting.objective(), sgd, () -> reference -> squared(reference, end));
            EnsembleResult result = Ensemble.of(setting.objective(), sgd)
                    .withReplicas(replicas)
                    .withThreads(context.threads())
                    .withStatistic(remainder, StepSchedule.at(steps))
                    .run(setting.theta(), steps);
            if (result.status() != RunStatus.FINISHED) {
                return false;
            }
            StatisticSeries series = result.statistics().get(0);
            sizes[index] = Math.sqrt(series.mean(0));
            errors[index] = 0.5 * series.standardError(0) / series.mean(0);
            return true;
        }

        private static double squared(DMatrixRMaj a, DMatrixRMaj b) {
            double distance = Dense.norm(Dense.minus(a, b));
            return distance * distance;
        }

        /** RMS‖Δ‖ against λ with the three slopes through the smallest one; none if a run or the flow did not end. */
        List<Figure> figures() {
            if (!(Arrays.stream(sizes).min().orElse(0) > 0)) {
                return List.of();
            }
            return List.of(Figure.named("coupling-" + Figure.slug(subject.name()))
                    .title("What is left of the coupling: " + subject.name())
                    .caption("RMS‖θ − Φ − ξ‖ after 1/(η√λ) steps, " + Figure.BAND
                            + ", and lines of each slope through its " + "smallest value.")
                    .logX("λ")
                    .logY("RMS remainder")
                    .line(subject.fullBatch() ? Role.FALSIFICATION : Role.PREDICTED, HALF, strengths, line(0.5))
                    .line(subject.fullBatch() ? Role.PREDICTED : Role.REFERENCE, "slope ¾", strengths, line(SLOPE))
                    .line(Role.FALSIFICATION, ONE, strengths, line(1))
                    .aroundLogarithms(strengths, sizes, errors)
                    .points(Role.MEASURED, "measured", strengths, sizes)
                    .build());
        }

        private double[] line(double slope) {
            int last = STRENGTHS - 1;
            double[] out = new double[STRENGTHS];
            for (int i = 0; i < STRENGTHS; i++) {
                out[i] = sizes[last] * Math.pow(strengths[i] / strengths[last], slope);
            }
            return out;
        }
    }
}
