package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Parallel;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Claim 28: weight decay adds its γ‖θ‖²/2 to L + λR.
 *
 * <p>With γ of the order of λ the curvature γ of the decay changes the fluctuations, and so R, by a term of order λ:
 * the drift is −η(λ∇R + γθ) along the valley, to leading order.
 */
public final class WeightDecay implements Claim {

    private static final String ALONE = "weight decay alone";
    private static final String WITHOUT = "label noise alone";
    private static final String TWICE = "γ‖θ‖² for γ‖θ‖²/2";
    private static final String FLOW = "Φ on L + λR + γ‖θ‖²/2";

    /** ηλmax and λ. */
    private static final double[][] SCALES = {{0.5, 8e-4}, {1.2, 2e-4}};

    private static final double DISPLACEMENT = 0.2;
    private static final int SAMPLES = 3;
    private static final double CONDITIONING = 0.1;
    private static final int REPLICAS = 256;
    private static final Ladder LADDER = new Ladder(4, 2);

    @Override
    public String name() {
        return "weight-decay";
    }

    @Override
    public int number() {
        return 28;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Weight decay of the order of λ adds up with label noise: the runs drift as gradient descent on L + λR + γ‖θ‖²/2 does.";
    }

    @Override
    public String formula() {
        return "θ_{k+1} = θ_k − η(∇L̂ + γθ_k): drift −η(λ∇R + γθ) along the valley, λ = ησ²/B";
    }

    @Override
    public String source() {
        return "derived here: to leading order in λ and γ the two drifts add up";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`SlowFlow` with weight decay");
    }

    @Override
    public String method() {
        return "Two families with three samples, from the first random zero-loss point conditioned better than "
                + InWords.number(CONDITIONING) + ", full batch, ηλmax = " + InWords.column(SCALES, 0) + " with λ = "
                + InWords.column(SCALES, 1)
                + "; γ/λ is such that both drifts are of one size at the start. T is such that the two together, one after the other, would go "
                + InWords.number(DISPLACEMENT)
                + " each at their first speed. At least " + REPLICAS
                + " replicas run T steps with λ and γ, and as many T/4 steps with 4λ and 4γ; statistic: the projection of (4 x(λ) − x(4λ))/3, x the mean "
                + "displacement over the second half of the slow time, on the predicted one, which is the effect. "
                + LadderTrial.ALLOWANCE + ". A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(ALONE, WITHOUT, TWICE);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MLP_TANH)) {
            Setting setting = family.zeroLoss(SAMPLES, s -> s.rank() == SAMPLES && s.conditioning() > CONDITIONING);
            for (double[] scale : SCALES) {
                context.progress().advance(cases.size() / 4.0, family.title());
                check(setting, scale[0], scale[1], context, cases, figures);
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d drifts, largest error %.2f %% of the displacement", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private void check(
            Setting setting,
            double sharpness,
            double strength,
            ClaimContext context,
            List<CaseResult> cases,
            List<Figure> figures) {
        double learningRate = setting.learningRate(sharpness);
        Regularizer regularizer = Regularizer.of(setting.objective(), learningRate, 0);
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        regularizer.gradient(setting.theta(), gradient);
        double slope = Dense.norm(Dense.times(setting.nullProjector(), gradient));
        double ratio = slope / Dense.norm(Dense.times(setting.nullProjector(), setting.theta()));
        LadderTrial trial = new LadderTrial(
                String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness),
                setting,
                LADDER,
                rung -> {
                    double lambda = strength * Math.pow(LADDER.ratio(), rung);
                    double variance = lambda * setting.objective().sampleCount() / learningRate;
                    return Optimiser.of(Rules.plain(), learningRate)
                            .withNoise(Noise.rademacher(Math.sqrt(variance)))
                            .withRegularization(Regularization.none().withWeightDecay(lambda * ratio));
                },
                DISPLACEMENT / (learningRate * strength * slope));
        double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
        List<DriftPath> paths = Parallel.run(
                context.threads(),
                List.of(
                        () -> trial.theory(FLOW, 1),
                        () -> trial.theory(FLOW, factor),
                        () -> trial.slowFlow(ALONE, new Sum(regularizer, 0, ratio), learningRate, strength),
                        () -> trial.slowFlow(WITHOUT, new Sum(regularizer, 1, 0), learningRate, strength),
                        () -> trial.slowFlow(TWICE, new Sum(regularizer, 1, 2 * ratio), learningRate, strength)));
        DriftPath paper = paths.get(0);
        List<DriftPath> wrong = paths.subList(2, paths.size());
        cases.add(trial.judge(context, paper, paths.get(1), wrong, List.of(), REPLICAS, name()));
        DMatrixRMaj along = Dense.unit(LadderTrial.late(paper));
        figures.add(trial.figure(name(), "Weight decay and label noise", along, paths.get(1), wrong));
    }

    /** share·∇R + decay·θ. */
    private record Sum(Regularizer regularizer, double share, double decay) implements DriftField {

        @Override
        public String name() {
            return FLOW;
        }

        @Override
        public DriftEvaluator evaluator() {
            PotentialEvaluator evaluator = regularizer.evaluator();
            return (theta, out) -> {
                PotentialStatus status = evaluator.field(theta, out);
                CommonOps_DDRM.scale(share, out);
                CommonOps_DDRM.addEquals(out, decay, theta);
                return status;
            };
        }
    }
}
