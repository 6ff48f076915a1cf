package dev.lowland.theory.claims.coupling;

import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
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
import dev.lowland.theory.claim.ThreePartRule;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.PowerLaw;
import dev.lowland.theory.experiment.RunningEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Claim 8, theorem 1: runs come to stationary points of L + λR, and nearer to them the smaller λ is. */
public final class StationaryPoint implements Claim {

    private static final String LOSS_ALONE = "stationary for L alone";
    private static final String QUARTER = "stationary for L + λ·¼ tr H";

    /** The order of ε: that of the tangential fluctuation. */
    private static final double ORDER = 0.5;

    /** ε = ‖P_T∇R(θ_0)‖ λ^{1/4} in the theorem with δ = ½. */
    private static final double THEOREM_ORDER = 0.25;

    /** A run counts as high probability from here on. */
    private static final double IMPROBABLE = 0.01;

    private static final double[] CORRECTIONS = {1};
    private static final double LEFT_OUT = 2;

    /** Size of what the fit leaves out of E ε² at the largest λ, in units of the leading term. */
    private static final double LEFT_OUT_SIZE = 0.25;

    private static final int REPLICAS = 512;

    private final Potentials claimed;

    /** Which potential a claim of stationarity is about. */
    @FunctionalInterface
    interface Potentials {
        /** The potential that belongs to an objective and a learning rate. */
        DriftPotential of(StationaryCase subject);
    }

    /** Creates the claim. */
    public StationaryPoint() {
        this(subject -> Regularizer.of(subject.setting().objective(), subject.learningRate(), 0));
    }

    /** The claim about another potential than R, to see it refused. */
    StationaryPoint(Potentials claimed) {
        this.claimed = claimed;
    }

    @Override
    public String name() {
        return "stationary-point";
    }

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String statement() {
        return "From a global minimum label-noise SGD comes, before T ~ η⁻¹λ^{−1−δ} and with high probability, to (ε, γ)-stationary points of "
                + "L̃/λ = L/λ + R, where γ ~ λ^½ and ε may be as small as λ^{δ/2}. Where R has an isolated minimum on the valley it does better: "
                + "once there, ε ~ λ^½.";
    }

    @Override
    public String formula() {
        return "θ is (ε, γ)-stationary for F if ‖∇F(θ*)‖ ≤ ε and ‖θ − θ*‖ ≤ γ for some θ*; F = L/λ + R, λ = Θ(min(ε^{2/δ}, γ²))";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: theorem 1, with δ = ½; the order λ^½ at an isolated minimum is derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of(
                "ε ~ λ^½ and the minimum of R on the valley (`Valley`), against ‖∇L/λ + ∇R‖ on the floor below runs");
    }

    @Override
    public String method() {
        return "Four problems of three families, full batch, at large η (ηλmax = 1.6 or 1.7 at the start). Their R has an isolated minimum m on "
                + "the valley, found by steepest descent within the valley. " + REPLICAS
                + " replicas from a zero-loss point, at six values of λ, " + InWords.number(StationaryCase.LARGEST)
                + " … "
                + InWords.number(StationaryCase.SMALLEST) + "; " + StationaryCase.LOOKS
                + " looks at each run, from the slow time ηλk on at which the flow of −P_T∇R has lost all but "
                + InWords.number(StationaryCase.SETTLED) + " of its first slope, all "
                + "before T = " + InWords.number(StationaryCase.HORIZON)
                + " η⁻¹λ^{−3/2}. θ* is the point of the floor of L̃ below θ: down to the valley by Gauss-Newton steps, then across "
                + "it until ∇L/λ + ∇R has no part across; ε = ‖∇L/λ + ∇R‖ there. θ jitters along the valley: drift −ηλ∇²R x "
                + "against noise of variance O(ηλ²) a step gives x ~ λ^½, so RMS ε ~ λ^½. Statistics: the slope s in log RMS ε = c + "
                + "s log λ + bλ; its bias is what a term of order λ² in E ε² would do that is a quarter of the leading one at the largest λ. "
                + "If the runs were stationary for another function, ε would not fall: slope 0. Then the mean of θ* on the line from m to "
                + "the start, where L alone would leave it, and on the line from m to the minimum of ¼ tr H, combined as (4 x(λ) − x(4λ))/3, "
                + "which has no term of order λ, without a bias for what is left. And the share of runs that are seen to be (ε, γ)-stationary "
                + "with ε = ‖P_T∇R(θ_0)‖λ^{1/4} and γ = " + InWords.number(StationaryCase.WIDTH)
                + " (tr S)^{1/2}: 1, of which " + InWords.percent(IMPROBABLE)
                + " may fail. Left out are minima where label noise "
                + "along the valley vanishes, as for f = ⟨x, u² − v²⟩ at a vertex: there the jitter dies out too. A miss is "
                + "confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(LOSS_ALONE, QUARTER);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Where R has an isolated minimum on the valley. Minima at which label noise along the valley vanishes too, as those of f = ⟨x, u² − v²⟩ at a vertex, are left out.",
                "Below the run, on the floor of L̃: at θ itself ε is as large as the fluctuation across the valley makes it, which is why the theorem speaks of a point nearby.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<StationaryCase> subjects = StationaryCase.all();
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            StationaryCase subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, claimed.of(subject), context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, REPLICAS, plan.expectations(), plan::measure));
            figures.addAll(plan.figures());
        }
        double order = 0;
        for (CaseResult c : cases) {
            if (c.predicted() == ORDER) {
                order = Math.max(order, Math.abs(c.measured() - ORDER));
            }
        }
        String agreement = String.format(
                Locale.ROOT,
                "all runs come to (ε, γ)-stationary points of L/λ + R on %d problems; ε falls as λ^½, all slopes within %.3f",
                subjects.size(),
                order);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final StationaryCase subject;
        private final ClaimContext context;
        private final StationaryCase.Landmarks marks;
        private final double[] strengths = StationaryCase.strengths();
        private final double[] sizes = new double[strengths.length];
        private final double[] errors = new double[strengths.length];

        Plan(StationaryCase subject, DriftPotential claimed, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            this.marks = subject.landmarks(claimed);
        }

        List<Expectation> expectations() {
            List<Alternative> flat = new ArrayList<>();
            flat.add(Alternative.mustReject(LOSS_ALONE, 0));
            flat.add(Alternative.mustReject(QUARTER, 0));
            flat.add(Alternative.reported("λ^{1/4}, what the theorem promises", THEOREM_ORDER));
            double[] equal = new double[strengths.length];
            Arrays.fill(equal, 1);
            // Half, because the logarithm of a root is half that of the mean square.
            double bias = 0.5
                    * LEFT_OUT_SIZE
                    * PowerLaw.fit(strengths, equal, equal, CORRECTIONS).leverage(LEFT_OUT);
            List<Expectation> expectations = new ArrayList<>();
            expectations.add(new Expectation(
                    subject.name() + ", order of ε", ORDER, bias, ORDER, ThreePartRule.EXPONENT_PRECISION, flat));
            expectations.add(position("mean of θ* towards the start", LOSS_ALONE, marks.toStart()));
            expectations.add(position("mean of θ* towards the minimum of ¼ tr H", QUARTER, marks.toQuarter()));
            expectations.add(new Expectation(
                    subject.name() + ", share of (ε, γ)-stationary runs",
                    1,
                    IMPROBABLE,
                    1,
                    List.of(Alternative.mustReject(LOSS_ALONE, 0))));
            return expectations;
        }

        private Expectation position(String statistic, String wrong, double distance) {
            return new Expectation(
                    subject.name() + ", " + statistic,
                    0,
                    0,
                    distance,
                    List.of(Alternative.mustReject(wrong, distance)));
        }

        List<Estimate> measure(long seed, int replicas) {
            int last = strengths.length - 1;
            StationaryCase.Looks[] looks = new StationaryCase.Looks[strengths.length];
            double stationary = 1;
            for (int i = 0; i <= last; i++) {
                looks[i] = subject.run(marks, strengths[i], replicas, context.threads(), Seeds.derive(seed, "λ " + i));
                Estimate square = mean(looks[i].squares(), seed);
                sizes[i] = Math.sqrt(square.value());
                errors[i] = 0.5 * square.standardError() / square.value();
                stationary = Math.min(stationary, mean(looks[i].reached(), seed).value());
            }
            long samples = (long) strengths.length * replicas;
            List<Estimate> estimates = new ArrayList<>();
            if (Double.isFinite(Arrays.stream(sizes).sum())) {
                PowerLaw law = PowerLaw.fit(strengths, sizes, errors, CORRECTIONS);
                estimates.add(new Estimate(law.exponent(), law.standardError(), samples, seed));
            } else {
                estimates.add(new Estimate(Double.NaN, Double.NaN, samples, seed));
            }
            StationaryCase.Looks weak = looks[last];
            StationaryCase.Looks strong = looks[last - 2];
            estimates.add(TwoStrengths.combined(mean(weak.towardsStart(), seed), mean(strong.towardsStart(), seed)));
            estimates.add(
                    TwoStrengths.combined(mean(weak.towardsQuarter(), seed), mean(strong.towardsQuarter(), seed)));
            estimates.add(new Estimate(stationary, 0, replicas, seed));
            return estimates;
        }

        private static Estimate mean(double[] values, long seed) {
            RunningEstimate mean = new RunningEstimate();
            for (double value : values) {
                mean.add(value);
            }
            return mean.estimate(seed);
        }

        /** RMS ε against λ, with what it is at the start and at the minimum of ¼ tr H; none if a run did not end. */
        List<Figure> figures() {
            if (!Double.isFinite(Arrays.stream(sizes).sum())) {
                return List.of();
            }
            double[] predicted = new double[strengths.length];
            double[] theorem = new double[strengths.length];
            double[] start = new double[strengths.length];
            double[] quarter = new double[strengths.length];
            int last = strengths.length - 1;
            for (int i = 0; i <= last; i++) {
                predicted[i] = sizes[last] * Math.sqrt(strengths[i] / strengths[last]);
                theorem[i] = marks.firstSlope() * Math.pow(strengths[i], THEOREM_ORDER);
                start[i] = marks.firstSlope();
                quarter[i] = marks.slopeAtQuarter();
            }
            return List.of(Figure.named("stationary-point-" + Figure.slug(subject.name()))
                    .title("How stationary the runs get: " + subject.name())
                    .caption("RMS of ‖∇L/λ + ∇R‖ below the runs, " + Figure.BAND
                            + ", and the line of slope ½ through its smallest value. "
                            + "It would stay where it began if L alone counted.")
                    .logX("λ")
                    .logY("ε")
                    .line(Role.FALSIFICATION, LOSS_ALONE, strengths, start)
                    .line(Role.FALSIFICATION, QUARTER, strengths, quarter)
                    .line(Role.REFERENCE, "λ^{1/4}, the theorem's bound", strengths, theorem)
                    .line(Role.PREDICTED, "slope ½", strengths, predicted)
                    .aroundLogarithms(strengths, sizes, errors)
                    .points(Role.MEASURED, "RMS ε", strengths, sizes)
                    .build());
        }
    }

    /** ¼ tr H of a subject, as a claimed potential. */
    static DriftPotential quarterTrace(StationaryCase subject) {
        return QuarterTrace.of(subject.setting().objective());
    }
}
