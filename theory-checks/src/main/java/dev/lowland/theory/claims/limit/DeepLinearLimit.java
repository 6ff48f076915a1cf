package dev.lowland.theory.claims.limit;

import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
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
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 17: label noise takes a deep linear net to where tr H depends on the product of its layers only, through the
 * nuclear norm.
 */
public final class DeepLinearLimit implements Claim {

    private static final String KEPT = "initial balancedness keeps tr H";

    private static final double SHARPNESS = 0.2;
    private static final double STRENGTH = 1e-3;
    private static final int REPLICAS = 256;

    /** Looks on the way, and looks at the end, over a further quarter of the way. */
    private static final int ON_THE_WAY = 24;

    private static final int AT_THE_END = 24;

    /** What may be missing at the end, as a share of the fall of tr H. */
    private static final double MISSING = 5e-4;

    /** Size of the allowance for what is left, in units of the square of the jitter's tr H at 4λ over the fall. */
    private static final double REMAINDER = 16;

    /** tr H at the flattest point with a given product. */
    @FunctionalInterface
    interface Formula {

        /**
         * @param layers d_0, …, d_D
         * @param nuclearNorm ‖M‖_*
         */
        double trace(int[] layers, double nuclearNorm);
    }

    private final Formula formula;

    /** The claim with the theory's formula. */
    public DeepLinearLimit() {
        this(DeepLinearLimit::schatten);
    }

    /** The claim with a formula of the caller's, to see a wrong one refused. */
    DeepLinearLimit(Formula formula) {
        this.formula = formula;
    }

    /** D (d_0 d_D)^{1/D} ‖M‖_*^{2(D−1)/D}. */
    static double schatten(int[] layers, double nuclearNorm) {
        double depth = layers.length - 1;
        double ends = (double) layers[0] * layers[layers.length - 1];
        return depth * Math.pow(ends, 1 / depth) * Math.pow(nuclearNorm, 2 * (depth - 1) / depth);
    }

    @Override
    public String name() {
        return "deep-linear";
    }

    @Override
    public int number() {
        return 17;
    }

    @Override
    public String statement() {
        return "On whitened data, label noise takes a deep linear net with product M to a point whose tr H is the least that M allows, a "
                + "power of the nuclear norm of M, wherever it started. Gradient descent would keep the balance between the layers, and with it "
                + "the tr H of the start.";
    }

    @Override
    public String formula() {
        return "tr H = D (d_0 d_D)^{1/D} ‖M‖_*^{2(D−1)/D},   f = x·W₁·…·W_D, (1/n)XᵀX = I, L = (1/2n) Σ_i ‖f_i − y_i‖²";
    }

    @Override
    public String source() {
        return "derived here from the limit of R as η → 0: the minimum of tr H at a fixed product, by Hölder's inequality for Schatten norms";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of(
                "D (d_0 d_D)^{1/D} ‖M‖_*^{2(D−1)/D}, against the flow at rest (`ProjectedFlow`) and against runs");
    }

    @Override
    public String method() {
        return "Nets with D = 2 and 3 and several outputs, whose losses are summed over the outputs; n = d_0 samples, whitened; standard normal "
                + "layers, or balanced ones (W_lᵀW_l = W_{l+1}W_{l+1}ᵀ) with d_0 ≠ d_D; the first draw whose H is conditioned better than "
                + InWords.number(DeepLinearCase.CONDITIONING) + " on its "
                + "range. The targets are the predictions at the start. Identities: tr H where the flow of ¼ tr H within the zero-loss set comes to "
                + "rest, to " + InWords.number(ToleranceRule.IDENTITY) + ". Statistics: " + REPLICAS
                + " full-batch runs at ηλmax = " + SHARPNESS + " (at the start) and λ = " + InWords.number(STRENGTH)
                + ", and as many at 4λ, for the slow time ηλT in which that flow has done all but "
                + InWords.number(MISSING) + " of the fall of tr H, and a quarter more; "
                + "mean of tr H over replicas and " + AT_THE_END
                + " looks in the last quarter, combined as (4 x(λ) − x(4λ))/3, so that no term of order λ is left. The bias allowed is the sum of: what the "
                + "flow has still to do; tr H where the flow of R comes to rest less where that of ¼ tr H does, a term of order η²; and "
                + InWords.number(REMAINDER) + " j²/fall, j = ½⟨S, ∇²tr H⟩ "
                + "at 4λ the tr H of the jitter, which is the closed form of the term of order λ. The effect is the fall of tr H. A miss is "
                + "confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(KEPT);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "As η, λ → 0, and on whitened data: otherwise the layers next to the data are weighted by its covariance, and the nuclear norm by it too.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<DeepLinearCase> simulated = List.of(
                DeepLinearCase.random(3, 2, 2), DeepLinearCase.balanced(6, 2, 2), DeepLinearCase.random(2, 2, 2, 2));
        List<DeepLinearCase> flows = new ArrayList<>(simulated);
        flows.add(DeepLinearCase.random(2, 3, 3));
        flows.add(DeepLinearCase.random(3, 2, 2, 2));
        flows.add(DeepLinearCase.balanced(4, 2, 2, 2));
        List<CaseResult> cases = new ArrayList<>();
        List<DMatrixRMaj> rests = new ArrayList<>();
        for (DeepLinearCase subject : flows) {
            context.progress().advance(0.2 * cases.size() / flows.size(), subject.name());
            DMatrixRMaj rest = subject.rest();
            rests.add(rest);
            cases.add(ToleranceRule.judge(
                    subject.name() + ", flow of ¼ tr H at rest",
                    formula.trace(subject.layers(), subject.nuclearNorm()),
                    subject.trace(rest),
                    ToleranceRule.IDENTITY,
                    List.of(Alternative.mustReject(
                            KEPT, subject.trace(subject.setting().theta())))));
        }
        List<Figure> figures = new ArrayList<>();
        double worst = 0;
        for (int i = 0; i < simulated.size(); i++) {
            DeepLinearCase subject = simulated.get(i);
            context.progress().advance(0.2 + 0.8 * i / simulated.size(), subject.name());
            Plan plan = new Plan(subject, rests.get(i), context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            List<CaseResult> judged =
                    PlannedStages.judge(context, seed, REPLICAS, List.of(plan.expectation()), plan::measure);
            worst = Math.max(worst, judged.get(0).relativeError());
            cases.addAll(judged);
            figures.add(plan.figure());
        }
        String agreement = String.format(
                Locale.ROOT,
                "the flow ends at the formula in %d nets; runs end there to %.2f %% of the fall of tr H in %d",
                flows.size(),
                100 * worst,
                simulated.size());
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** What is expected of the runs of one net, and how it is measured. */
    private final class Plan {

        private final DeepLinearCase subject;
        private final ClaimContext context;
        private final double predicted;
        private final double start;
        private final double[] times = new double[ON_THE_WAY];
        private final double[] flowing = new double[ON_THE_WAY];
        private final double[] measured = new double[ON_THE_WAY];
        private final double[] errors = new double[ON_THE_WAY];
        private final long steps;
        private final double bias;

        Plan(DeepLinearCase subject, DMatrixRMaj rest, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            predicted = formula.trace(subject.layers(), subject.nuclearNorm());
            start = subject.trace(subject.setting().theta());
            double least = subject.trace(rest);
            double fall = start - least;
            double end = 1;
            while (missing(end, least) > MISSING * fall) {
                end++;
            }
            double learningRate = subject.setting().learningRate(SHARPNESS);
            long unit = 4L * ON_THE_WAY;
            steps = unit * (long) Math.ceil(end / (learningRate * STRENGTH) / unit);
            for (int i = 0; i < ON_THE_WAY; i++) {
                times[i] = learningRate * STRENGTH * steps * (i + 1) / ON_THE_WAY;
            }
            List<DMatrixRMaj> path = subject.flow().path(subject.setting().theta(), times);
            for (int i = 0; i < ON_THE_WAY; i++) {
                flowing[i] = subject.trace(path.get(i));
            }
            double jitter = subject.traceOfJitter(sgd(4, 1), rest);
            bias = Math.abs(missing(end, least))
                    + Math.abs(subject.traceLostToLearningRate(learningRate, rest))
                    + REMAINDER * jitter * jitter / fall;
        }

        private double missing(double time, double least) {
            return subject.trace(
                            subject.flow().path(subject.setting().theta(), time).get(0))
                    - least;
        }

        private LabelNoiseSgd sgd(int factor, long seed) {
            double learningRate = subject.setting().learningRate(SHARPNESS);
            double variance = factor * STRENGTH * subject.setting().objective().sampleCount() / learningRate;
            return LabelNoiseSgd.of(learningRate)
                    .withFullBatch()
                    .withLabelNoise(Math.sqrt(variance))
                    .withSeed(seed);
        }

        Expectation expectation() {
            return new Expectation(
                    subject.name() + ", runs",
                    predicted,
                    bias,
                    Math.abs(start - predicted),
                    List.of(Alternative.mustReject(KEPT, start)));
        }

        List<Estimate> measure(long seed, int replicas) {
            double[][] weak = traces(1, seed, replicas);
            double[][] strong = traces(4, Seeds.derive(seed, "4λ"), replicas);
            for (int i = 0; i < ON_THE_WAY; i++) {
                Estimate point = TwoStrengths.combined(mean(weak, i, i + 1, seed), mean(strong, i, i + 1, seed));
                measured[i] = point.value();
                errors[i] = point.standardError();
            }
            int all = ON_THE_WAY + AT_THE_END;
            return List.of(
                    TwoStrengths.combined(mean(weak, ON_THE_WAY, all, seed), mean(strong, ON_THE_WAY, all, seed)));
        }

        /** tr H of each look and replica, at factor·λ; NaN if the runs diverged. */
        private double[][] traces(int factor, long seed, int replicas) {
            long[] looks = new long[ON_THE_WAY + AT_THE_END];
            for (int i = 0; i < ON_THE_WAY; i++) {
                looks[i] = steps / factor / ON_THE_WAY * (i + 1);
            }
            for (int i = 0; i < AT_THE_END; i++) {
                looks[ON_THE_WAY + i] = steps / factor + (i + 1) * (steps / factor / 4) / AT_THE_END;
            }
            Runs runs = Runs.states(subject.setting(), sgd(factor, seed), replicas, context.threads(), looks);
            double[][] traces = new double[looks.length][replicas];
            ObjectiveEvaluator evaluator = subject.setting().objective().evaluator();
            DMatrixRMaj theta = new DMatrixRMaj(subject.setting().parameters(), 1);
            for (int i = 0; i < looks.length; i++) {
                for (int r = 0; r < replicas; r++) {
                    if (runs.finished()) {
                        System.arraycopy(runs.states(i).data, r * theta.numRows, theta.data, 0, theta.numRows);
                        traces[i][r] = subject.trace(evaluator, theta);
                    } else {
                        traces[i][r] = Double.NaN;
                    }
                }
            }
            return traces;
        }

        private Estimate mean(double[][] traces, int from, int to, long seed) {
            RunningEstimate mean = new RunningEstimate();
            for (int r = 0; r < traces[0].length; r++) {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    sum += traces[i][r];
                }
                mean.add(sum / (to - from));
            }
            return mean.estimate(seed);
        }

        Figure figure() {
            double[] kept = new double[ON_THE_WAY];
            double[] schatten = new double[ON_THE_WAY];
            for (int i = 0; i < ON_THE_WAY; i++) {
                kept[i] = start;
                schatten[i] = predicted;
            }
            return Figure.named(Figure.slug(subject.name()))
                    .title("The fall of tr H: " + subject.name())
                    .caption("Mean of the runs " + Figure.BAND
                            + ", the flow of ¼ tr H within the zero-loss set, and the value of the formula.")
                    .x("slow time ηλk")
                    .y("tr H")
                    .line(Role.FALSIFICATION, KEPT, times, kept)
                    .line(Role.REFERENCE, "D (d_0 d_D)^{1/D} ‖M‖_*^{2(D−1)/D}", times, schatten)
                    .line(Role.PREDICTED, "projected flow of ¼ tr H", times, flowing)
                    .mean(times, measured, errors)
                    .build();
        }
    }
}
