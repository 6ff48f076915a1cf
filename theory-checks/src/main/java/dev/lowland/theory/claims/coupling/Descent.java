package dev.lowland.theory.claims.coupling;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.StatisticSeries;
import dev.lowland.optim.ensemble.StepSchedule;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.ObjectiveEvaluator;
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
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.ReferencePoint;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/** Claim 7: L + λR falls along the reference points that a run is coupled to, and how fast. */
public final class Descent implements Claim {

    private static final String WITHOUT_R = "L (without R) falling likewise";
    private static final String WHOLE_GRADIENT = "‖∇R‖² in place of ‖P_T∇R‖²";

    /** ηλmax and the λ used there. */
    private static final double[][] SCALES = {{0.2, 4e-4}, {1.6, 1e-4}};

    /** Replicas at ηλmax up to 1, and above, where there is more noise and fewer steps. */
    private static final int REPLICAS = 512;

    private static final int MORE_REPLICAS = 4096;

    /** Looks at a run, each after as many windows. */
    private static final int LOOKS = 5;

    private static final int WINDOWS = DriftCase.CHECKPOINTS;

    /** Creates the claim. */
    public Descent() {}

    @Override
    public String name() {
        return "descent";
    }

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String statement() {
        return "Along the reference points θ*_m = θ − ξ that a run from a global minimum is coupled to, window by window, L̃ = L + λR falls "
                + "at the rate ηλ²‖P_T∇R‖² a step, P_T the projector on the tangent space of the valley. L alone does not fall.";
    }

    @Override
    public String formula() {
        return "E[L̃(θ*_0) − L̃(θ*_m)] = Σ_k ηλ²‖P_T∇R(Φ_k)‖² (1 + O(λ)), θ*_m = θ_{k_m} − ξ_{k_m}";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: section 3, descent along the restarted coupling, in the proof of theorem 1";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("Σ ηλ²‖P_T∇R‖² along `SlowFlow`, against L̃ at the reference points");
    }

    @Override
    public String method() {
        return "Three families, ηλmax = " + InWords.column(SCALES, 0) + ", full batch, λ = " + InWords.column(SCALES, 1)
                + ", problems and numbers of steps T as in the claim drift. "
                + "A run is cut into " + WINDOWS
                + " windows; ξ is driven by the label noise of the run, carried on from window to window, and G and ∇f_i "
                + "are frozen anew at the reference point θ − ξ with which a window begins (windows last between 0.05 and 0.4 times 1/(η√λ) "
                + "steps). " + REPLICAS + " replicas at ηλmax = " + InWords.number(SCALES[0][0]) + " and "
                + MORE_REPLICAS
                + " at " + InWords.number(SCALES[1][0])
                + ", and as many for T/4 steps at 4λ. Statistics, in units of λ and combined as (4 x(λ) − x(4λ))/3, which has "
                + "no relative error of order λ: the mean fall of L̃ over the whole path and over its last fifth, against the sum of "
                + "ηλ²‖P_T∇R‖² along the slow flow (trapezoids over the windows, P_T from the Jacobian); and the mean fall of L, which "
                + "is 0 (at finite λ it even rises, by O(λ²)). The bias is twice that of the claim drift, relative to the fall, because "
                + "‖P_T∇R‖ enters squared. The effect is the predicted fall. The rate of L̃ holds on the valley floor, in tangential "
                + "directions only: the distance of the rate with the whole gradient, ηλ²‖∇R‖², is reported. A miss is confirmed by a "
                + "second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(WITHOUT_R);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Directions tangent to the valley. With the whole ‖∇R‖² in place of ‖P_T∇R‖² the rate is wrong, by the distance that each case reports.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<DriftCase> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            DriftCase subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, plan.replicas(), plan.expectations(), plan::measure));
            figures.addAll(plan.figures());
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d falls of L̃ and L, largest error %.2f %% of the predicted", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static List<DriftCase> subjects() {
        List<DriftCase> subjects = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            int samples = family == Families.DEEP_LINEAR ? 2 : 3;
            Setting setting = family.zeroLoss(samples, s -> s.rank() == samples && s.conditioning() > 0.1);
            for (double[] scale : SCALES) {
                subjects.add(DriftCase.of(setting, scale[0], scale[1]));
            }
        }
        return subjects;
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final DriftCase subject;
        private final ClaimContext context;
        private final Setting setting;
        private final DescentRate rate;
        private final double bias;
        private final double[] measured = new double[LOOKS];
        private final double[] errors = new double[LOOKS];
        private double loss;

        Plan(DriftCase subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            this.setting = subject.setting();
            this.rate = DescentRate.of(subject, context.theory());
            double displacement = Dense.norm(subject.theory("R", Theory.paper()).end());
            bias = 2 * subject.bias(displacement) / displacement;
        }

        List<Expectation> expectations() {
            double fall = fall(rate.tangential(), 0, LOOKS);
            double end = fall(rate.tangential(), LOOKS - 1, LOOKS);
            return List.of(
                    expectation("fall of L̃/λ", fall, fall, WHOLE_GRADIENT, fall(rate.whole(), 0, LOOKS)),
                    expectation(
                            "fall of L̃/λ, last fifth", end, end, WHOLE_GRADIENT, fall(rate.whole(), LOOKS - 1, LOOKS)),
                    expectation("fall of L/λ", 0, fall, WITHOUT_R, fall));
        }

        /** What has fallen from one look to another, 0 being the start. */
        private static double fall(double[] cumulated, int from, int to) {
            int windows = WINDOWS / LOOKS;
            return cumulated[to * windows - 1] - (from == 0 ? 0 : cumulated[from * windows - 1]);
        }

        private Expectation expectation(
                String statistic, double value, double effect, String wrong, double wrongValue) {
            boolean defined = Double.isFinite(effect);
            return new Expectation(
                    subject.name() + ", " + statistic,
                    value,
                    defined ? bias * effect : 0,
                    defined ? effect : 1,
                    List.of(new Alternative(wrong, wrongValue, wrong.equals(WITHOUT_R))));
        }

        /** The usual number. */
        int replicas() {
            return subject.sharpness() > 1 ? MORE_REPLICAS : REPLICAS;
        }

        List<Estimate> measure(long seed, int replicas) {
            EnsembleResult weak = run(1, replicas, seed);
            EnsembleResult strong = run(4, replicas, Seeds.derive(seed, "4λ"));
            if (weak.status() != RunStatus.FINISHED || strong.status() != RunStatus.FINISHED) {
                Estimate none = new Estimate(Double.NaN, Double.NaN, 2L * replicas, seed);
                return List.of(none, none, none);
            }
            List<StatisticSeries> one = weak.statistics();
            List<StatisticSeries> four = strong.statistics();
            for (int i = 0; i < LOOKS; i++) {
                Estimate fall = look(one.get(0), four.get(0), i, seed);
                measured[i] = fall.value();
                errors[i] = fall.standardError();
            }
            Estimate end = look(one.get(0), four.get(0), LOOKS - 1, seed);
            Estimate lossAlone = look(one.get(1), four.get(1), 0, seed);
            loss = lossAlone.value();
            return List.of(total(one.get(0), four.get(0), seed), end, lossAlone);
        }

        private EnsembleResult run(int factor, int replicas, long seed) {
            LabelNoiseSgd sgd = subject.optimiser(factor).withSeed(seed);
            double strength = factor * subject.strength();
            long steps = subject.steps() / factor;
            long window = steps / WINDOWS;
            Supplier<ToDoubleFunction<DMatrixRMaj>> alone = () -> {
                ObjectiveEvaluator evaluator = setting.objective().evaluator();
                return evaluator::loss;
            };
            Supplier<ToDoubleFunction<DMatrixRMaj>> regularized = () -> {
                ObjectiveEvaluator evaluator = setting.objective().evaluator();
                PotentialEvaluator regularizer =
                        Regularizer.of(setting.objective(), sgd).evaluator();
                return at -> evaluator.loss(at) + strength * regularizer.at(at).value();
            };
            return Ensemble.of(setting.objective(), sgd)
                    .withReplicas(replicas)
                    .withThreads(context.threads())
                    .withStatistic(
                            ReferencePoint.falls("L + λR", setting.objective(), sgd, window, regularized),
                            StepSchedule.every(steps / LOOKS, steps / LOOKS, steps))
                    .withStatistic(
                            ReferencePoint.falls("L", setting.objective(), sgd, window, alone), StepSchedule.at(steps))
                    .run(setting.theta(), steps);
        }

        /** The fall up to one look, from the look before. */
        private Estimate look(StatisticSeries one, StatisticSeries four, int look, long seed) {
            return combined(
                    new Estimate(one.mean(look), one.standardError(look), one.replicas(), seed),
                    new Estimate(four.mean(look), four.standardError(look), four.replicas(), seed),
                    1);
        }

        /** The fall over all looks: the mean over the looks times their number. */
        private Estimate total(StatisticSeries one, StatisticSeries four, long seed) {
            return combined(
                    new Estimate(one.timeMean(), one.timeMeanStandardError(), one.replicas(), seed),
                    new Estimate(four.timeMean(), four.timeMeanStandardError(), four.replicas(), seed),
                    LOOKS);
        }

        /** So many times a fall in units of λ, or of 4λ at 4λ. */
        private Estimate combined(Estimate one, Estimate four, int times) {
            return TwoStrengths.combined(
                    TwoStrengths.FACTOR,
                    scaled(times, one),
                    scaled((double) times / TwoStrengths.FACTOR, four),
                    subject.strength(),
                    one.seed());
        }

        private static Estimate scaled(double factor, Estimate estimate) {
            return new Estimate(
                    factor * estimate.value(), factor * estimate.standardError(), estimate.samples(), estimate.seed());
        }

        /** The cumulated falls against the number of steps; none if a run or the flow did not end. */
        List<Figure> figures() {
            if (!Double.isFinite(fall(rate.tangential(), 0, LOOKS)) || !(errors[0] > 0)) {
                return List.of();
            }
            double[] steps = new double[LOOKS + 1];
            double[] fallen = new double[LOOKS + 1];
            double[] theory = new double[LOOKS + 1];
            double[] spread = new double[LOOKS + 1];
            for (int i = 1; i <= LOOKS; i++) {
                steps[i] = (double) i * subject.steps() / LOOKS;
                fallen[i] = fallen[i - 1] - measured[i - 1];
                theory[i] = -fall(rate.tangential(), 0, i);
                spread[i] = errors[i - 1];
            }
            return List.of(Figure.named("descent-" + Figure.slug(subject.name()))
                    .title("Descent: " + subject.name())
                    .caption("L̃ and L at the reference points, less their values at the start, in units of λ. Band: "
                            + Figure.BAND + " of a fifth.")
                    .x("steps")
                    .y("change / λ")
                    .line(Role.PREDICTED, "−Σ ηλ‖P_T∇R‖²", steps, theory)
                    .around(Role.MEASURED, "L̃ in the mean of the runs", steps, fallen, spread)
                    .points(Role.MEASURED, "L̃", steps, fallen)
                    .points(Role.REFERENCE, "L at the end", new double[] {steps[LOOKS]}, new double[] {-loss})
                    .build());
        }
    }
}
