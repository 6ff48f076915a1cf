package dev.lowland.theory.claims.drift;

import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.objective.Objective;
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
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.Flips;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 13: η and B may grow together as long as η is small; at large η the sharp directions notice. */
public final class ScalingRule implements Claim {

    private static final String INVARIANCE = "exact invariance at large η";

    /**
     * The smaller ηλmax of a pair, by how much η and the batch differ, λ, the displacement at first speed, and
     * replicas.
     */
    private record Pair(double small, int ratio, double strength, double displacement, int replicas) {
        double large() {
            return small * ratio;
        }
    }

    private static final Pair GENTLE = new Pair(0.05, 2, 1.6e-3, 0.5, 512);
    private static final Pair STEEP = new Pair(0.4, 4, 4e-4, 0.3, 2048);

    @Override
    public String name() {
        return "scaling-rule";
    }

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String statement() {
        return "With η/B fixed, λ = ησ²/B is fixed, and small learning rates follow one path in the slow time ηk, up to a gap of order η. At large "
                + "η they do not: R depends on η, and the gap is the one that it predicts.";
    }

    @Override
    public String formula() {
        return "x_η(t) = Φ at t = ηk, with λ = ησ²/B and R = −(1/2η) tr log(I − (η/2)H); x_η′(t) − x_η(t) = O(η)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: the linear scaling rule, and its limit at large learning rates";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`SlowFlow` with R at two learning rates of the same η/B");
    }

    @Override
    public String method() {
        return "Three families with three samples. B grows by copies of the samples, each with noise of its own, and every step takes the full batch, so that "
                + "no sampling noise interferes (see minibatch). Gentle pair: ηλmax = 0.05 and 0.1, B = 3 and 6, λ = 1.6e-3, two families, "
                + GENTLE.replicas
                + " replicas; steep pair: 0.4 and 1.6, B = 3 and 12, λ = 4e-4, three families, "
                + STEEP.replicas
                + " replicas. Both of a pair run for the same slow time ηT, such that the drift goes 0.5 (gentle) or 0.3 (steep) at its first speed at the "
                + "smaller η; each also at 4λ, combined as in the claim drift. Statistics: the projection of each "
                + "displacement on the predicted one, and the difference of the two displacements projected on its prediction. Bias: that of the claim drift, for "
                + "both. The effect is the displacement at the smaller η. Exact invariance has to be refused by the steep pairs. A miss is confirmed by "
                + "a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(INVARIANCE);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH);
        double gentle = 0;
        double steep = 0;
        for (Families family : families) {
            Setting setting = family.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);
            Comparison steepPair = new Comparison(setting, STEEP, context);
            context.progress().advance(cases.size() / 15.0, steepPair.name());
            cases.addAll(steepPair.check(name()));
            steep = Math.max(steep, steepPair.gap());
            List<Comparison> both = new ArrayList<>(List.of(steepPair));
            if (family != Families.MLP_TANH) {
                Comparison gentlePair = new Comparison(setting, GENTLE, context);
                context.progress().advance(cases.size() / 15.0, gentlePair.name());
                cases.addAll(gentlePair.check(name()));
                gentle = Math.max(gentle, gentlePair.gap());
                both.add(gentlePair);
            }
            for (Comparison pair : both) {
                figures.add(pair.figure());
            }
        }
        String agreement = String.format(
                Locale.ROOT,
                "%d displacements and gaps; the largest gap is %.1f %% of the displacement at small η, %.0f %% at large η, as predicted",
                cases.size(),
                100 * gentle,
                100 * steep);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** Two learning rates with the same η/B. */
    private static final class Comparison {

        private final Setting setting;
        private final Pair pair;
        private final ClaimContext context;
        private final DriftTrial slow;
        private final DriftTrial fast;
        private final DriftPath slowPath;
        private final DriftPath fastPath;
        private final DMatrixRMaj along;
        private final DMatrixRMaj apart;
        private double gap;

        Comparison(Setting setting, Pair pair, ClaimContext context) {
            this.setting = setting;
            this.pair = pair;
            this.context = context;
            DriftTrial first = trial(pair.small(), 1, -1);
            long steps = 16L
                    * DriftTrial.CHECKPOINTS
                    * Math.max(1, Math.round(first.steps() / (16.0 * DriftTrial.CHECKPOINTS)));
            slow = trial(pair.small(), 1, steps);
            fast = trial(pair.large(), pair.ratio(), steps / pair.ratio());
            slowPath = path(slow, 1);
            fastPath = path(fast, 1);
            along = Dense.unit(slowPath.end());
            apart = Dense.unit(Dense.minus(fastPath.end(), slowPath.end()));
        }

        String name() {
            return String.format(
                    Locale.ROOT, "%s, ηλmax = %.2f and %.2f", setting.family(), pair.small(), pair.large());
        }

        /** Size of the measured gap over the displacement. */
        double gap() {
            return gap;
        }

        private DriftTrial trial(double sharpness, int copies, long steps) {
            Objective repeated = Flips.copies(setting.objective(), copies);
            Setting batch = new Setting(setting.family(), repeated, setting.theta(), setting.spectrum());
            double learningRate = setting.learningRate(sharpness);
            double variance = pair.strength() * repeated.sampleCount() / learningRate;
            String title = String.format(
                    Locale.ROOT, "%s, ηλmax = %.2f, B = %d", setting.family(), sharpness, repeated.sampleCount());
            return steps < 0
                    ? new DriftTrial(title, batch, factor -> sgd(learningRate, factor * variance), pair.displacement())
                    : new DriftTrial(title, batch, factor -> sgd(learningRate, factor * variance), steps);
        }

        private static LabelNoiseSgd sgd(double learningRate, double variance) {
            return LabelNoiseSgd.of(learningRate).withFullBatch().withLabelNoise(Math.sqrt(variance));
        }

        /** Gradient descent on L + λR; copies change neither, so one of each sample is enough. */
        private DriftPath path(DriftTrial trial, double factor) {
            return trial.path(
                    "Φ on L + λR",
                    sgd -> SlowFlow.of(setting.objective(), sgd)
                            .withStrength(factor
                                    * sgd.regularizationStrength(trial.setting().objective())));
        }

        List<CaseResult> check(String claim) {
            double factor = context.theory().lambdaFactor() * context.theory().gradientFactor();
            DriftPath slowTheory = factor == 1 ? slowPath : path(slow, factor);
            DriftPath fastTheory = factor == 1 ? fastPath : path(fast, factor);
            double displacement = Dense.norm(slowPath.end());
            double slowBias = slow.bias(displacement);
            double fastBias = fast.bias(Dense.norm(fastPath.end()));
            boolean large = pair.equals(STEEP);
            List<Expectation> expectations = List.of(
                    new Expectation(slow.name(), Dense.dot(along, slowTheory.end()), slowBias, displacement, List.of()),
                    new Expectation(
                            fast.name(),
                            Dense.dot(along, fastTheory.end()),
                            fastBias,
                            displacement,
                            List.of(new Alternative(INVARIANCE, Dense.dot(along, slowPath.end()), large))),
                    new Expectation(
                            name() + ", gap",
                            Dense.dot(apart, Dense.minus(fastTheory.end(), slowTheory.end())),
                            slowBias + fastBias,
                            displacement,
                            List.of(new Alternative(INVARIANCE, 0, large))));
            long seed = Seeds.derive(context.seed(), claim + " " + name());
            List<CaseResult> results =
                    PlannedStages.judge(context, seed, pair.replicas(), expectations, (stage, replicas) -> {
                        List<Estimate> one = slow.measure(List.of(along, apart), replicas, context.threads(), stage);
                        List<Estimate> two = fast.measure(
                                List.of(along, apart), replicas, context.threads(), Seeds.derive(stage, "larger η"));
                        Estimate difference = new Estimate(
                                two.get(1).value() - one.get(1).value(),
                                Math.hypot(
                                        two.get(1).standardError(), one.get(1).standardError()),
                                one.get(1).samples() + two.get(1).samples(),
                                stage);
                        return List.of(one.get(0), two.get(0), difference);
                    });
            gap = Math.abs(results.get(2).measured()) / displacement;
            return results;
        }

        /** Both paths against slow time; call after {@link #check}. */
        Figure figure() {
            int count = DriftTrial.CHECKPOINTS;
            double[] time = new double[count];
            for (int i = 0; i < count; i++) {
                time[i] = slow.checkpoints(1)[i] * slow.optimiser(1).learningRate() * pair.strength();
            }
            Figure.Builder builder = Figure.named("scaling-rule-" + Figure.slug(name()))
                    .title("The same η/B: " + name())
                    .caption(
                            "Motion along the displacement predicted at the smaller η, against slow time. With exact invariance there would be one curve.")
                    .x("slow time ηλk")
                    .y("distance")
                    .line(Role.PREDICTED, "L + λR, smaller η", time, slowPath.along(along))
                    .line(Role.REFERENCE, "L + λR, larger η", time, fastPath.along(along));
            for (DriftTrial trial : List.of(slow, fast)) {
                String label = trial.equals(slow) ? "measured, smaller η" : "measured, larger η";
                builder.points(Role.MEASURED, label, time, trial.measured(0));
            }
            return builder.build();
        }
    }
}
