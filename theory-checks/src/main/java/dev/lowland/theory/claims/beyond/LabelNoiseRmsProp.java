package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 25: label noise under a preconditioner that adapts drifts along −D⁻¹Π∇³L[D⁻¹], and comes to rest where tr
 * Diag(H)^½ is least.
 *
 * <p>With a fixed D the recursion θ ← θ − ηD⁻¹(∇L + noise), whose noise has covariance αG, α = σ²/B, fluctuates for
 * small η with S = (ηα/2)D⁻¹ but for directions along the valley, and drifts by −ηD⁻¹·½∇³L[S] = −(η²α/4)D⁻¹∇³L[D⁻¹] a
 * step, less what the valley pushes back, which is D⁻¹ times a combination of the rows of J. The squares of the
 * gradients have the mean α diag H on the valley, which v follows at the rate 1 − β₂ = cη². At rest v = α diag H, and
 * ∇³L[Diag(H)^{−½}] = 2∇tr Diag(H)^½ has no part along the valley. The mean of past gradients in Adam changes only how
 * long a kick takes.
 */
public final class LabelNoiseRmsProp implements Claim {

    private static final String TRACE = "tr H in place of ∇³L[D⁻¹]";
    private static final String FROZEN = "D frozen at its start";
    private static final String FLOW = "−D⁻¹Π∇³L[D⁻¹]";

    /** η of the finest rung. */
    private static final double LEARNING_RATE = 0.005;

    /** ηλmax(D^{−½}HD^{−½}) there, at the start: it sets σ. */
    private static final double SHARPNESS = 0.05;

    /** c, in 1 − β₂ = cη². */
    private static final double FORGETTING = 10;

    /** β₁ of each case. */
    private static final double[] MOMENTA = {0, 0.5};

    private static final double EPSILON = 1e-12;
    private static final double DISPLACEMENT = 0.4;

    private static final int SAMPLES = 3;
    private static final double CONDITIONING = 0.1;

    /** Least share of the smallest in the largest entry of diag H. */
    private static final double DIAGONAL = 0.05;

    private static final int REPLICAS = 512;
    /**
     * In η. What is left falls more slowly than with η²: by 1.6 where η halves, so less than the next whole order is
     * taken for it.
     */
    private static final Ladder LADDER = new Ladder(2, 1.5);

    @Override
    public String name() {
        return "label-noise-rmsprop";
    }

    @Override
    public int number() {
        return 25;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Label noise with RMSprop or Adam drifts along the valley by −(α/4)D⁻¹Π∇³L[D⁻¹] per η² of time, D the root of the mean squares, which follow α diag H; by "
                + "this formula it rests where tr Diag(H)^½, not tr H, is least.";
    }

    @Override
    public String formula() {
        return "dθ = −(α/4)D⁻¹Π∇³L[D⁻¹]dt, dw = c(α diag H − w)dt, D² = w/(1 − e^{−ct}), t = η²k, α = σ²/B, 1 − β₂ = cη², Π = I − Jᵀ(JD⁻¹Jᵀ)⁻¹JD⁻¹";
    }

    @Override
    public String source() {
        return "Li, Wen, Lyu 2025 (arXiv 2511.02773); the constant and the correction of Adam's start are derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("the flow of the adapting preconditioner (`PreconditionedFlow`)");
    }

    @Override
    public String method() {
        return "One family with three samples, from the first random zero-loss point conditioned better than "
                + InWords.number(CONDITIONING) + ", full batch, Adam with β₁ = "
                + InWords.list(MOMENTA)
                + "; β₁ = 0 is RMSprop with the mean squares corrected for their start. η = "
                + InWords.number(LEARNING_RATE)
                + ", 2η and 4η, c = " + InWords.number(FORGETTING)
                + ", σ such that η times the largest eigenvalue of D^{−½}HD^{−½} is "
                + InWords.number(SHARPNESS) + ". T is such that the drift goes "
                + InWords.number(DISPLACEMENT)
                + " at its first speed; T, T/4 and T/16 steps, t the same. Statistics: the projections of the extrapolated mean displacement 2x(η) − x(2η) over the "
                + "second half of the slow time on the predicted one, which is the effect, and on the direction in which the wrong theory tr H, with the mean of D⁻¹ "
                + "before it, deviates from it. " + LadderTrial.ALLOWANCE
                + ". A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(TRACE, FROZEN);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "What is measured is the motion. Where it rests, ∇³L[Diag(H)^{−½}] = 2∇tr Diag(H)^½ has no part along the valley by the formula; on the models of this ledger "
                        + "entries of diag H go to 0 there, where neither is smooth, and no run was laid beside it.",
                "Asymptotic in η, with 1 − β₂ of the order of η²: at a finite η the displacement is off by a term of order η, which the extrapolation takes off.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC)) {
            Setting setting = family.zeroLoss(SAMPLES, LabelNoiseRmsProp::isEven);
            for (double momentum : MOMENTA) {
                context.progress().advance(cases.size() / 4.0, family.title());
                cases.addAll(new Case(setting, momentum, context).check(name(), figures));
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d projections of drifts, largest error %.2f %% of the displacement",
                cases.size(),
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** Whether the preconditioner's entries do not differ by orders, and neither do the curvatures. */
    private static boolean isEven(Setting setting) {
        int size = setting.parameters();
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        setting.objective().hessian(setting.theta(), hessian);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, hessian.get(i, i));
            most = Math.max(most, hessian.get(i, i));
        }
        return setting.rank() == SAMPLES && setting.conditioning() > CONDITIONING && least > DIAGONAL * most;
    }

    /** One family with one β₁. */
    private static final class Case {

        private final Setting setting;
        private final ClaimContext context;
        private final double noise;
        private final LadderTrial trial;

        Case(Setting setting, double momentum, ClaimContext context) {
            this.setting = setting;
            this.context = context;
            this.noise = noise(setting);
            double deviation = Math.sqrt(noise * setting.objective().sampleCount());
            double start = 1e-6;
            double speed = Dense.norm(Dense.minus(
                            flow(PreconditionedFlow.Kind.ADAPTING)
                                    .path(setting.theta(), 1, start)
                                    .get(0),
                            setting.theta()))
                    / start;
            trial = new LadderTrial(
                    String.format(Locale.ROOT, "%s, β₁ = %.1f", setting.family(), momentum),
                    setting,
                    LADDER,
                    rung -> {
                        double rate = LEARNING_RATE * (1 << rung);
                        return Optimiser.of(Rules.adam(momentum, 1 - FORGETTING * rate * rate, EPSILON), rate)
                                .withNoise(Noise.rademacher(deviation));
                    },
                    DISPLACEMENT / speed / (LEARNING_RATE * LEARNING_RATE));
        }

        /** α, such that ηλmax(D^{−½}HD^{−½}) = ηλmax(Diag(H)^{−¼}H Diag(H)^{−¼})/√α is as it should. */
        private static double noise(Setting setting) {
            int size = setting.parameters();
            DMatrixRMaj hessian = new DMatrixRMaj(size, size);
            setting.objective().hessian(setting.theta(), hessian);
            DMatrixRMaj scaled = new DMatrixRMaj(size, size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    scaled.set(i, j, hessian.get(i, j) / Math.pow(hessian.get(i, i) * hessian.get(j, j), 0.25));
                }
            }
            double[] values = dev.lowland.core.linalg.SymmetricEigen.of(scaled).values();
            double root = LEARNING_RATE * values[size - 1] / SHARPNESS;
            return root * root;
        }

        private PreconditionedFlow flow(PreconditionedFlow.Kind kind) {
            return new PreconditionedFlow(setting.objective(), noise, FORGETTING, kind);
        }

        private DriftPath path(String title, PreconditionedFlow.Kind kind, double factor) {
            double[] times = Arrays.stream(trial.looks(0))
                    .mapToDouble(k -> LEARNING_RATE * LEARNING_RATE * k)
                    .toArray();
            List<DMatrixRMaj> moved = flow(kind).path(setting.theta(), factor, times).stream()
                    .map(at -> Dense.minus(at, setting.theta()))
                    .toList();
            return new DriftPath(title, moved, moved);
        }

        List<CaseResult> check(String claim, List<Figure> figures) {
            DriftPath paper = path(FLOW, PreconditionedFlow.Kind.ADAPTING, 1);
            double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
            DriftPath theory = factor == 1 ? paper : path(FLOW, PreconditionedFlow.Kind.ADAPTING, factor);
            List<DriftPath> wrong = List.of(
                    path(TRACE, PreconditionedFlow.Kind.TRACE, 1), path(FROZEN, PreconditionedFlow.Kind.FROZEN, 1));
            DMatrixRMaj end = LadderTrial.late(paper);
            List<DMatrixRMaj> directions =
                    List.of(Dense.unit(end), Dense.unit(Dense.minus(LadderTrial.late(wrong.get(0)), end)));
            long seed = Seeds.derive(context.seed(), claim + " " + trial.name());
            List<Double> allowances = trial.allowances(directions, REPLICAS, context.threads(), seed);
            List<Expectation> expectations = new ArrayList<>();
            for (int d = 0; d < directions.size(); d++) {
                DMatrixRMaj along = directions.get(d);
                List<Alternative> alternatives = new ArrayList<>();
                for (DriftPath each : wrong) {
                    double value = Dense.dot(along, LadderTrial.late(each));
                    double apart = Math.abs(value - Dense.dot(along, end));
                    alternatives.add(new Alternative(each.name(), value, apart > 0.04 * Dense.norm(end)));
                }
                expectations.add(LadderTrial.expectation(
                        trial.name() + (d == 0 ? ", along the displacement" : ", towards tr H"),
                        Dense.dot(along, LadderTrial.late(theory)),
                        allowances.get(d),
                        Dense.norm(end),
                        alternatives));
            }
            List<CaseResult> results = PlannedStages.judge(
                    context,
                    seed,
                    REPLICAS,
                    expectations,
                    (stage, count) -> trial.measure(directions, count, context.threads(), stage));
            figures.add(trial.figure(claim, "Label noise with Adam", directions.get(0), theory, wrong));
            return results;
        }
    }
}
