package dev.lowland.theory.claims.beyond;

import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.rule.OptimiserState;
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
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 22: noise that is taken back in the next step drifts as label noise does.
 *
 * <p>With ζ_k = θ_k − sξ_k a step is ζ_{k+1} = ζ_k − η∇L(ζ_k + sξ_k): gradient descent that looks at a point shaken by
 * fresh noise. To second order ζ is kicked by −ηsHξ_k, so along an eigenvector of H with eigenvalue h its variance v
 * obeys v = (1 − ηh)²v + η²s²h², v = s²ηh/(2 − ηh). That of θ is v + s² = 2s²/(2 − ηh), which is S of label noise with
 * λ = 2s²; the drift −(η/2)∇³L[S] is therefore −η·2s²∇R along the valley, with the same R, at every η.
 */
public final class AntiPgd implements Claim {

    private static final String QUARTER = "(s²/2) tr H in place of 2s²R";
    private static final String ONCE = "s² for 2s²";
    private static final String FRESH = "uncorrelated noise";
    private static final String FLOW = "Φ on L + 2s²R";

    /** ηλmax, and 2s². */
    private static final double[][] SCALES = {{0.2, 1.6e-3}, {1.0, 4e-4}, {1.6, 1e-4}};

    /** From which ηλmax on the limit of small η has to be refused. */
    private static final double LARGE = 1;

    private static final double DISPLACEMENT = 0.2;
    private static final int SAMPLES = 3;
    private static final double CONDITIONING = 0.1;
    private static final int REPLICAS = 512;

    private static final Ladder LADDER = new Ladder(4, 2);

    @Override
    public String name() {
        return "anti-pgd";
    }

    @Override
    public int number() {
        return 22;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Gradient descent whose every kick is taken back by the next step (Anti-PGD) drifts along the valley as gradient descent on L + 2s²R does, with "
                + "the R of label noise, at every learning rate.";
    }

    @Override
    public String formula() {
        return "θ_{k+1} = θ_k − η∇L(θ_k) + s(ξ_{k+1} − ξ_k): S = 2s²(2 − ηH)⁻¹, drift −η·2s²∇R, R = −(1/2η) tr log(I − (η/2)H)";
    }

    @Override
    public String source() {
        return "Orvieto, Kersting, Proske, Bach, Lucchi 2022 (arXiv 2202.02831), for η → 0; finite η is derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`SlowFlow` of anti-correlated noise: `Regularizer` with λ = 2s²");
    }

    @Override
    public String method() {
        return "Three families with three samples, from the first random zero-loss point conditioned better than "
                + InWords.number(CONDITIONING) + ", ηλmax = " + InWords.column(SCALES, 0) + " with 2s² = "
                + InWords.column(SCALES, 1) + "; normal ξ. T is such that the drift goes "
                + InWords.number(DISPLACEMENT) + " at its first speed. At least " + REPLICAS
                + " replicas run T steps with s² and as many T/4 steps with 4s²; statistic: the projection of (4 x(s²) − x(4s²))/3, x the mean "
                + "displacement over the second half of the slow time less s(ξ_k − ξ_0), whose mean is 0, on the predicted one, which is the effect. "
                + LadderTrial.ALLOWANCE
                + ", with T/16 steps at 16s². Uncorrelated noise of the same variance a step, 2s²I, drifts along −(η/2)∇³L[2s²Π(ηH(2 − ηH))⁻¹]. "
                + "The limit (s²/2) tr H has to be refused from ηλmax = " + InWords.number(LARGE)
                + " on. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(QUARTER, ONCE, FRESH);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH);
        double count = families.size() * SCALES.length;
        for (Families family : families) {
            Setting setting = family.zeroLoss(SAMPLES, s -> s.rank() == SAMPLES && s.conditioning() > CONDITIONING);
            for (double[] scale : SCALES) {
                Case one = new Case(setting, scale[0], scale[1], context);
                context.progress().advance(cases.size() / count, one.trial.name());
                cases.add(one.check(name()));
                figures.add(one.figure());
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d drifts, largest error %.2f %% of the displacement", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** One family at one learning rate. */
    private static final class Case {

        private final Setting setting;
        private final double sharpness;
        private final double learningRate;
        private final double strength;
        private final ClaimContext context;
        private final LadderTrial trial;
        private final DriftPath paper;
        private final DriftPath theory;
        private final List<DriftPath> wrong;

        Case(Setting setting, double sharpness, double strength, ClaimContext context) {
            this.setting = setting;
            this.sharpness = sharpness;
            this.learningRate = setting.learningRate(sharpness);
            this.strength = strength;
            this.context = context;
            Regularizer regularizer = Regularizer.of(setting.objective(), learningRate, 0);
            DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
            regularizer.gradient(setting.theta(), gradient);
            double speed = learningRate * strength * Dense.norm(Dense.times(setting.nullProjector(), gradient));
            trial = new LadderTrial(
                            String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness),
                            setting,
                            LADDER,
                            rung -> optimiser(strength * Math.pow(LADDER.ratio(), rung)),
                            DISPLACEMENT / speed)
                    .in(new Kicked());
            DriftField fresh = new SpectralField(
                    FRESH,
                    setting.objective(),
                    setting.rank(),
                    (j, h) -> 0.5 / (learningRate * h * (2 - learningRate * h)));
            List<DriftPath> paths = Parallel.run(
                    context.threads(),
                    List.of(
                            () -> trial.theory(FLOW, 1),
                            () -> path(QUARTER, QuarterTrace.of(setting.objective())),
                            () -> trial.theory(ONCE, 0.5),
                            () -> path(FRESH, fresh)));
            paper = paths.get(0);
            wrong = paths.subList(1, paths.size());
            double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
            theory = factor == 1 ? paper : trial.theory(FLOW, factor);
        }

        private Optimiser optimiser(double twiceVariance) {
            return Optimiser.of(Rules.plain(), learningRate)
                    .withNoise(Noise.antiCorrelated(Math.sqrt(twiceVariance / 2)));
        }

        /**
         * Every replica starts with its first kick, and is looked at without its last: ζ_k = θ_k − sξ_k from ζ_0 = θ_0.
         */
        private final class Kicked implements LadderTrial.Manner {

            @Override
            public OptimiserState start(Optimiser optimiser, int rung, int replicas) {
                double[] laned = kicks(optimiser, 0, replicas);
                for (int e = 0; e < laned.length; e++) {
                    laned[e] = setting.theta().data[e / replicas]
                            + optimiser.noise().deviation() * laned[e];
                }
                return OptimiserState.of(0, optimiser.seed(), 0, replicas, laned, Map.of());
            }

            @Override
            public double[] takenOff(Optimiser optimiser, long step, DMatrixRMaj direction, int replicas) {
                double[] laned = kicks(optimiser, step, replicas);
                double[] out = new double[replicas];
                for (int e = 0; e < laned.length; e++) {
                    out[e % replicas] += optimiser.noise().deviation() * direction.data[e / replicas] * laned[e];
                }
                return out;
            }

            /** ξ_k, laned. */
            private double[] kicks(Optimiser optimiser, long step, int replicas) {
                int size = setting.parameters();
                double[] out = new double[size * replicas];
                RandomLanes streams = NoiseLaw.ANTI_CORRELATED.streams(optimiser.seed(), 0, replicas);
                NoiseLaw.ANTI_CORRELATED.fill(streams, step * size, size, out);
                return out;
            }
        }

        private DriftPath path(String title, DriftField field) {
            return trial.slowFlow(title, field, learningRate, strength);
        }

        CaseResult check(String claim) {
            List<String> optional = sharpness < LARGE ? List.of(QUARTER) : List.of();
            return trial.judge(context, paper, theory, wrong, optional, REPLICAS, claim);
        }

        Figure figure() {
            return trial.figure(
                    "anti-pgd", "Kicks that are taken back", Dense.unit(LadderTrial.late(paper)), theory, wrong);
        }
    }
}
