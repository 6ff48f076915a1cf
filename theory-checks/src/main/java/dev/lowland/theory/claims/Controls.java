package dev.lowland.theory.claims;

import dev.lowland.optim.flatness.FlowStatus;
import dev.lowland.optim.flatness.SlowFlow;
import dev.lowland.optim.flatness.SlowFlowResult;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.ToleranceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** Claim 14: it is the random labels that move SGD along the valley, and nothing else. */
public final class Controls implements Claim {

    private static final String MOTION = "motion as with label noise";
    private static final double SHARPNESS = 1.0;
    private static final double STRENGTH = 2e-3;
    private static final double FLIP_PROBABILITY = 0.2;
    private static final long STEPS = 400;

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
                + "are smoothed in place of flipped.";
    }

    @Override
    public String formula() {
        return "θ_T = θ_0 where every f_i(θ_0) = y_i and σ = 0; or where every y_i f_i(θ_0) = c and each step uses l̄ = (1 − p) l(s) + p l(−s)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021, sections 1 and 5: plain SGD stays; label smoothing has the same expected loss and no noise";
    }

    @Override
    public String method() {
        return "An identity: after " + STEPS
                + " steps the motion is zero to 1e-9 of the motion that the slow flow predicts with label noise at "
                + "the same learning rate (ηλmax = 1, λ = 2e-3; with flips, the λ of p = 0.2). Four families with the square loss, on the full "
                + "batch and one sample a step; three losses that flip labels, with their expectation over flips.";
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
            context.progress().advance(cases.size() / 11.0, family.title());
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
            context.progress().advance(cases.size() / 11.0, loss.name());
            Setting setting = Families.MLP_TANH.minimum(loss, 2, 0);
            cases.add(still(setting.family() + ", smoothed labels", setting, 0, 0, context));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d controls, largest motion %.1e of that with label noise", cases.size(), worst);
        return ClaimResult.of(this, agreement, cases, List.of());
    }

    private static CaseResult still(
            String caseName, Setting setting, int batch, double labelNoise, ClaimContext context) {
        LabelNoiseSgd.Builder builder = LabelNoiseSgd.builder()
                .learningRate(setting.learningRate(SHARPNESS))
                .labelNoise(labelNoise)
                .seed(Seeds.derive(context.seed(), "controls " + caseName));
        LabelNoiseSgd noisy = builder.fullBatch().build();
        builder.noiseLaw(NoiseLaw.NONE);
        LabelNoiseSgd clean = (batch == 0 ? builder.fullBatch() : builder.batchSize(batch)).build();
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
}
