package dev.lowland.theory.claims.drift;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 14: it is the random labels that move SGD along the valley, and nothing else. */
public final class Controls implements Claim {

    private static final String MOTION = "motion as with label noise";
    private static final double SHARPNESS = 1.0;
    private static final double STRENGTH = 2e-3;
    private static final double FLIP_PROBABILITY = 0.2;
    private static final long STEPS = 400;

    /**
     * λ, and the motion with label noise that the number of steps is chosen for, where isotropic noise is compared with
     * it.
     */
    private static final double ISOTROPIC_STRENGTH = 2e-5;

    private static final double ISOTROPIC_DISPLACEMENT = 0.01;
    private static final int PAIRS = 2048;
    private static final double TOTAL = 13;

    @Override
    public String name() {
        return "controls";
    }

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String statement() {
        return "At a global minimum nothing moves without label noise: neither on the full batch, nor with mini-batches, nor with labels that "
                + "are smoothed in place of flipped. Isotropic noise of the same variance drifts elsewhere.";
    }

    @Override
    public String formula() {
        return "θ_T = θ_0 where every f_i(θ_0) = y_i and σ = 0; or where every y_i f_i(θ_0) = c and each step uses l̄ = (1 − p) l(s) + p l(−s); "
                + "isotropic noise N(0, ηκI): drift −(η/2)∇³L[S], S = κΠ[H(2 − ηH)]⁻¹";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: experiments without label noise, label smoothing, and arbitrary noise covariances";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("the start itself; for isotropic noise, its own drift");
    }

    @Override
    public String method() {
        return "Identities: after " + STEPS
                + " steps the motion is zero to " + InWords.number(ToleranceRule.IDENTITY)
                + " of the motion that the slow flow predicts with label noise at "
                + "the same learning rate (ηλmax = " + InWords.number(SHARPNESS) + ", λ = " + InWords.number(STRENGTH)
                + "; with flips, the λ of p = " + InWords.number(FLIP_PROBABILITY)
                + "). Four families with the square loss, on the full "
                + "batch and one sample a step; three losses that flip labels, with their expectation over flips. Isotropic normal noise on the "
                + "parameters, two families, λ = " + InWords.number(ISOTROPIC_STRENGTH)
                + ", κ = λ tr H/P so that a step has the same total variance, as many steps as move label "
                + "noise by " + InWords.number(ISOTROPIC_DISPLACEMENT) + "; " + PAIRS
                + " pairs of runs with opposite noise, so that the diffusion along the valley cancels. Statistic: the "
                + "mean motion along the drift of label noise, whose size is the effect. The theory of arbitrary noise predicts it, with a bias "
                + "of twice the start-up lag ½‖P_T∇³L[Π(H(2 − ηH))⁻²]‖κ, as a bound on the terms of order κ, and of the predicted motion times "
                + "the variance (P − n)ηκT of that diffusion, in the units of the parameters, which are standard normal. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(MOTION);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        for (Families family :
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            context.progress().advance(cases.size() / TOTAL, family.title());
            Setting setting = family.zeroLoss(2, s -> s.conditioning() > 0.1);
            double variance = STRENGTH * 2 / setting.learningRate(SHARPNESS);
            for (int batch : new int[] {0, 1}) {
                String name = family.title() + (batch == 0 ? ", no noise, full batch" : ", no noise, B = 1");
                cases.add(still(name, setting, batch, Math.sqrt(variance), context));
            }
        }
        for (Loss loss : List.of(
                Losses.logistic(FLIP_PROBABILITY),
                Losses.exponential(FLIP_PROBABILITY),
                Losses.squareMargin(FLIP_PROBABILITY))) {
            context.progress().advance(cases.size() / TOTAL, loss.name());
            Setting setting = Families.MLP_TANH.minimum(loss, 2, 0);
            cases.add(still(setting.family() + ", smoothed labels", setting, 0, 0, context));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        List<CaseResult> still = List.copyOf(cases);
        for (Families family : List.of(Families.MATRIX_SENSING, Families.MLP_TANH)) {
            context.progress().advance(cases.size() / TOTAL, family.title());
            cases.addAll(isotropic(family, context));
        }
        String agreement = String.format(
                Locale.ROOT,
                "%d controls stay to %.1e of the motion with label noise; isotropic noise drifts elsewhere in %d",
                still.size(),
                worst,
                cases.size() - still.size());
        return ClaimResult.of(this, agreement, cases, List.of());
    }

    private static CaseResult still(
            String caseName, Setting setting, int batch, double labelNoise, ClaimContext context) {
        LabelNoiseSgd noisy = LabelNoiseSgd.of(setting.learningRate(SHARPNESS))
                .withLabelNoise(labelNoise)
                .withSeed(Seeds.derive(context.seed(), "controls " + caseName));
        LabelNoiseSgd quiet = noisy.withNoiseLaw(NoiseLaw.NONE);
        LabelNoiseSgd clean = batch == 0 ? quiet : quiet.withBatchSize(batch);
        DMatrixRMaj end = clean.run(setting.objective(), setting.theta(), STEPS).parameters();
        SlowFlowResult flow = SlowFlow.of(setting.objective(), noisy).run(setting.theta(), STEPS);
        DMatrixRMaj drift = flow.status() == FlowStatus.FINISHED
                ? Dense.minus(flow.parameters(), setting.theta())
                : Dense.scaled(Double.NaN, setting.theta());
        return ToleranceRule.judge(
                caseName,
                new double[setting.parameters()],
                Dense.array(Dense.minus(end, setting.theta())),
                Dense.norm(drift),
                ToleranceRule.IDENTITY,
                List.of(ToleranceRule.Wrong.mustReject(MOTION, Dense.array(drift))));
    }

    /** Isotropic noise of the same total variance a step goes another way. */
    private static List<CaseResult> isotropic(Families family, ClaimContext context) {
        Setting setting = family.zeroLoss(3, s -> s.conditioning() > 0.15);
        int count = setting.parameters();
        double learningRate = setting.learningRate(SHARPNESS);
        double variance = ISOTROPIC_STRENGTH * setting.objective().sampleCount() / learningRate;
        LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate).withLabelNoise(Math.sqrt(variance));
        DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
        Regularizer.of(setting.objective(), sgd).gradient(setting.theta(), gradient);
        double speed = learningRate * ISOTROPIC_STRENGTH * Dense.norm(Dense.times(setting.nullProjector(), gradient));
        long steps = Math.round(ISOTROPIC_DISPLACEMENT / speed);
        DMatrixRMaj label = Dense.minus(
                SlowFlow.of(setting.objective(), sgd)
                        .run(setting.theta(), steps)
                        .parameters(),
                setting.theta());
        double trace = 0;
        for (double h : setting.spectrum().values()) {
            trace += h;
        }
        double intensity = ISOTROPIC_STRENGTH * trace / count;
        IsotropicNoise noise = new IsotropicNoise(setting, learningRate, intensity, steps);
        DMatrixRMaj predicted = noise.predicted();
        DMatrixRMaj direction = Dense.unit(label);
        Expectation expectation = new Expectation(
                setting.family() + ", isotropic noise, along the drift of label noise",
                Dense.dot(direction, predicted),
                noise.bias(predicted),
                Dense.norm(label),
                List.of(Alternative.mustReject(MOTION, Dense.norm(label))));
        long seed = Seeds.derive(context.seed(), "controls isotropic " + family);
        return PlannedStages.judge(
                context,
                seed,
                PAIRS,
                List.of(expectation),
                (stage, pairs) -> List.of(noise.measured(direction, pairs, context.threads(), stage)));
    }
}
