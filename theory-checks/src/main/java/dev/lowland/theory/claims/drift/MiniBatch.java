package dev.lowland.theory.claims.drift;

import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 15: drawing mini-batches inflates the jitter, and with it the drift, beyond the paper's R. */
public final class MiniBatch implements Claim {

    private static final String PAPER = "the paper's R at B = 1";

    /** B, ηλmax and λ of each case. */
    private static final double[][] CASES = {{1, 0.2, 1.6e-3}, {4, 0.2, 1.6e-3}, {4, 1.0, 2e-4}, {8, 1.0, 2e-4}};

    private static final double DISPLACEMENT = 0.3;
    private static final int REPLICAS = 1024;

    @Override
    public String name() {
        return "minibatch";
    }

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String statement() {
        return "With batches of B samples drawn with replacement, drawing acts on the fluctuating residuals and inflates S. The drift is "
                + "−½∇³L[S] with the S that takes this in. The paper's R, whose S leaves it out, is right only for the full batch or as η max‖g_i‖²/B → 0.";
    }

    @Override
    public String formula() {
        return "S = (I−ηG)S(I−ηG) + ηλG + (η²/B)[(1/n)Σ_i g_i g_iᵀ S g_i g_iᵀ − G S G]; E θ_T = Φ_T, Φ_{k+1} = Φ_k − η(∇L + ½∇³L[S(Φ_k)])";
    }

    @Override
    public String source() {
        return "derived here; Damian, Ma, Lee 2021 leave the sampling term out of the local coupling";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`Fluctuations` with drawn batches");
    }

    @Override
    public String method() {
        return "Three families with three samples, from the first random zero-loss point conditioned better than 0.1; B = 1 at ηλmax = 0.2, B = 4 at 0.2 "
                + "and 1.0, B = 8 at 1.0; λ = " + InWords.number(CASES[0][2]) + " where ηλmax = "
                + InWords.number(CASES[0][1]) + ", else " + InWords.number(CASES[2][2]) + ". "
                + REPLICAS
                + " replicas run T steps at λ and as many T/4 steps at 4λ; T is such that the drift goes "
                + DISPLACEMENT
                + " at its first speed. Statistic: the projection of (4 x(λ) − x(4λ))/3, x the mean displacement, on the predicted displacement. S is solved "
                + "for at every step of the slow flow. Bias: " + DriftTrial.BIAS
                + ", lag = ½η‖P_T∇³L[Σ_k(S − S_k)]‖ at 4λ, the drift lost while the fluctuations "
                + "build up with their sampling noise. R has to be refused at B = 1; its distance is reported at B = 4 and 8, where the sampling term is "
                + "smaller by B. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(PAPER);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Setting> settings = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH)) {
            settings.add(family.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1));
        }
        int count = settings.size() * CASES.length;
        for (Setting setting : settings) {
            for (double[] each : CASES) {
                DriftTrial trial = trial(setting, (int) each[0], each[1], each[2]);
                context.progress().advance(cases.size() / (double) count, trial.name());
                cases.add(check(trial, each[0] == 1, context, figures));
            }
        }
        figures.add(0, figure(cases));
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d drifts, largest error %.2f %% of the displacement", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static DriftTrial trial(Setting setting, int batch, double sharpness, double strength) {
        double learningRate = setting.learningRate(sharpness);
        String title = String.format(Locale.ROOT, "%s, B = %d, ηλmax = %.1f", setting.family(), batch, sharpness);
        return new DriftTrial(
                title,
                setting,
                factor -> LabelNoiseSgd.of(learningRate)
                        .withBatchSize(batch)
                        .withLabelNoise(Math.sqrt(factor * strength * batch / learningRate)),
                DISPLACEMENT);
    }

    private CaseResult check(DriftTrial trial, boolean required, ClaimContext context, List<Figure> figures) {
        DriftPath exact = trial.exact("S with sampling", 1);
        DriftPath paper = trial.regularizer(PAPER);
        double factor = context.theory().lambdaFactor() * context.theory().gradientFactor();
        DriftPath theory = factor == 1 ? exact : trial.exact("S with sampling", factor);
        DMatrixRMaj along = Dense.unit(exact.end());
        double displacement = Dense.norm(exact.end());
        Expectation expectation = trial.expectation(
                trial.name(),
                Dense.dot(along, theory.end()),
                displacement,
                List.of(new Alternative(PAPER, Dense.dot(along, paper.end()), required)));
        long seed = Seeds.derive(context.seed(), name() + " " + trial.name());
        CaseResult result = PlannedStages.judge(
                        context,
                        seed,
                        REPLICAS,
                        List.of(expectation),
                        (stage, replicas) -> trial.measure(List.of(along), replicas, context.threads(), stage))
                .get(0);
        if (required) {
            figures.add(trial.figure(name(), "Drift of mini-batch SGD", along, exact, List.of(paper)));
        }
        return result;
    }

    /** Every displacement over the one that R predicts. */
    private static Figure figure(List<CaseResult> cases) {
        int count = cases.size();
        double[] index = new double[count];
        double[] measured = new double[count];
        double[] theory = new double[count];
        double[] one = new double[count];
        for (int i = 0; i < count; i++) {
            CaseResult result = cases.get(i);
            double paper = result.falsifications().get(0).predicted();
            index[i] = i + 1;
            one[i] = 1;
            theory[i] = result.predicted() / paper;
            measured[i] = result.measured() / paper;
        }
        return Figure.named("minibatch-ratios")
                .title("The drift of mini-batch SGD in units of the paper's")
                .caption(
                        "Cases in the order of the table: each family at B = 1 (ηλmax = 0.2), 4 (0.2), 4 (1.0) and 8 (1.0).")
                .x("case")
                .y("displacement / that of R")
                .line(Role.FALSIFICATION, PAPER, index, one)
                .points(Role.PREDICTED, "S with sampling", index, theory)
                .points(Role.MEASURED, "measured", index, measured)
                .build();
    }
}
