package dev.lowland.theory.claims.classification;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Losses;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.Flips;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Claim 11: flipped labels move a classifier like label noise of variance σ²/α² and curvature α. */
public final class Classification implements Claim {

    static final String NO_CURVATURE = "without 1/α";
    static final String NO_COMPLEMENT = "p in place of p(1−p)";
    static final String CONSTANT = "S of order λ alone, exponential loss";

    private static final double FLIP = 0.2;
    private static final int JITTER_REPLICAS = 1 << 18;

    /** ηλmax and the number of copies of each jitter. */
    private static final double[][] JITTERS = {{0.2, 5}, {1.0, 60}};

    @Override
    public String name() {
        return "classification";
    }

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String statement() {
        return "With labels flipped with probability p, SGD drifts from a global minimum as gradient descent on L + λR does, λ = ησ²/B, to "
                + "leading order in λ. σ² is what the loss makes it, so small λ at large η needs a large batch; at finite λ the "
                + "exponential loss has noise that depends on the margin, and its jitter is larger than S by a term that the theory leaves out.";
    }

    @Override
    public String formula() {
        return "c = argmin l̄, σ² = p(1−p)(l′(c) + l′(−c))², α = l̄″(c); noise of a gradient (σ²/α)H/B; R = −(1/(2ηα)) tr log(I − (η/2)H)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: classification with label smoothing; several classes and the next order in λ are derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of(
                "`Loss` and `SlowFlow` with λ/α, against the definitions, every pattern of flips, and ensembles");
    }

    @Override
    public String method() {
        return "Identities, to " + InWords.number(ToleranceRule.IDENTITY)
                + ": c, σ² and α of logistic, exponential and square loss at p = " + InWords.list(FlipIdentities.FLIPS)
                + " against the root and the slopes of l̄ by "
                + "central differences and the two outcomes of a flip; for cross-entropy with " + FlipIdentities.CLASSES
                + " classes c and, as a matrix in the logits, noise "
                + "covariance = Hessian; on models with 3 samples, mean and covariance of the full-batch gradient over every pattern of flips against 0 and "
                + "(σ²/α)H/n. Drift at p = " + InWords.number(FLIP)
                + " with matrix sensing, a quadratic model and tanh networks, ηλmax = 0.2 and 1.0 (three classes: 1.0), full batch, from the "
                + "first random minimum with one or two samples, conditioned better than 0.3 (three classes: 0.05). Each sample is there so often that the theory's bias stays "
                + "below " + InWords.percent(FlipDrift.SMALL_BIAS) + " of a displacement of "
                + InWords.number(FlipDrift.EXPECTED)
                + ". Replicas run T steps, and as many T/4 steps with a quarter of the copies, so at 4λ; their number "
                + "is planned for 4 SE near 1 %; the statistic is the projection of (4 x(λ) − x(4λ))/3 on the predicted displacement. Bias: "
                + DriftTrial.BIAS
                + ", as in the claim drift, + u⁴ ‖Φ_T − θ_0‖, u² the largest variance of a prediction at 4λ. For cross-entropy \"p in place of p(1−p)\" is a "
                + "noise larger by 1/(1−p). Where the condition of small λ fails: one margin under the exponential loss at λ/α of some per cent, "
                + JITTER_REPLICAS
                + " replicas; the variance agrees with s + s²[2 − 4p(1−p) − (1−a)/(2−a)], s the paper's and a = ηλmax, to 4s³, and refuses s. A miss is "
                + "confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(NO_CURVATURE, NO_COMPLEMENT, CONSTANT);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "To leading order in λ, and σ² is of order 1: a small λ at a large η needs a large batch, here made of copies of the samples.",
                "The exponential loss has noise that depends on the margin. Its fluctuations exceed S by a term of relative order λ, which two cases measure.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>(FlipIdentities.check(context.theory()));
        List<Figure> figures = new ArrayList<>();
        List<Problem> problems = problems();
        List<CaseResult> drifts = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            FlipDrift drift = FlipDrift.of(problems.get(i).setting, problems.get(i).sharpness, context);
            context.progress().advance(0.1 + 0.8 * i / problems.size(), drift.name());
            long seed = Seeds.derive(context.seed(), name() + " " + drift.name());
            drifts.addAll(
                    PlannedStages.judge(context, seed, drift.replicas(), List.of(drift.expectation()), drift::measure));
            figures.add(drift.figure());
        }
        cases.addAll(drifts);
        List<CaseResult> jitters = new ArrayList<>();
        for (double[] each : JITTERS) {
            FlipJitter jitter = new FlipJitter(each[0], (int) each[1]);
            context.progress().advance(0.95, jitter.name());
            long seed = Seeds.derive(context.seed(), name() + " " + jitter.name());
            jitters.addAll(PlannedStages.judge(
                    context,
                    seed,
                    JITTER_REPLICAS,
                    List.of(jitter.expectation(context.theory().lambdaFactor())),
                    (stage, replicas) -> List.of(jitter.measure(context, replicas, stage))));
        }
        cases.addAll(jitters);
        figures.add(0, figure(context));
        double worst =
                drifts.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d identities; %d drifts, largest error %.2f %% of the displacement; %d variances beyond the leading order",
                cases.size() - drifts.size() - jitters.size(),
                drifts.size(),
                100 * worst,
                jitters.size());
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** A minimum and ηλmax. */
    private record Problem(Setting setting, double sharpness) {}

    private static List<Problem> problems() {
        Setting logistic = Flips.minimum(Families.MATRIX_SENSING, Losses.logistic(FLIP), 1);
        Setting square = Flips.minimum(Families.MLP_TANH, Losses.squareMargin(FLIP), 2);
        Setting classes = Flips.classes("mlp tanh", Models.mlp(2, 3, 3).withActivation(Activation.TANH), 3, FLIP, 1);
        return List.of(
                new Problem(logistic, 0.2),
                new Problem(logistic, 1.0),
                new Problem(Flips.minimum(Families.MATRIX_SENSING, Losses.exponential(FLIP), 2), 0.2),
                new Problem(Flips.minimum(Families.QUADRATIC, Losses.exponential(FLIP), 2), 1.0),
                new Problem(square, 0.2),
                new Problem(square, 1.0),
                new Problem(classes, 1.0));
    }

    /** The jitter of a margin over the paper's, as the batch grows. */
    private static Figure figure(ClaimContext context) {
        int[] copies = {40, 60, 100, 200};
        double[] x = new double[copies.length];
        double[] one = new double[copies.length];
        double[] theory = new double[copies.length];
        double[] measured = new double[copies.length];
        for (int i = 0; i < copies.length; i++) {
            FlipJitter jitter = new FlipJitter(1.0, copies[i]);
            long seed = Seeds.derive(context.seed(), "classification figure " + copies[i]);
            x[i] = copies[i];
            one[i] = 1;
            theory[i] = jitter.corrected() / jitter.paper();
            measured[i] = jitter.measure(context, 1 << 14, seed).value() / jitter.paper();
        }
        return Figure.named("classification-jitter")
                .title("Where S of order λ is not enough")
                .caption(
                        "Variance of a margin under the exponential loss at ηλmax = 1, over the paper's, against the batch size: the noise "
                                + "depends on the margin, and the excess is of relative order λ. 16,384 runs a point.")
                .logX("batch size B")
                .y("variance / paper's variance")
                .line(Role.FALSIFICATION, CONSTANT, x, one)
                .line(Role.PREDICTED, "next order in λ", x, theory)
                .points(Role.MEASURED, "measured", x, measured)
                .build();
    }
}
