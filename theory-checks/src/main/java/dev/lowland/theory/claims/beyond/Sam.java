package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.flatness.DriftField;
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
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 23: sharpness-aware minimisation lowers the largest eigenvalue on the full batch, and the trace with one sample
 * a step.
 *
 * <p>Near the valley and along the top eigenvector, with h = λ₁, a full-batch step is x ← x − ηh(x + ρ sign x). It
 * settles into x = ±a by turns, a = ηhρ/(2 − ηh), and the gradient is taken at a + ρ = 2ρ/(2 − ηh) from the valley.
 * There its part along the valley is ½(a + ρ)²∇h, so a step drifts by −η·2ρ²/(2 − ηh)²·P_T∇λ₁. Another direction with
 * eigenvalue rh, r < 1, is multiplied by 1 − ηrh − r²(2 − ηh) in a step, which is between −1 and 1: it dies out. As η →
 * 0 the drift is −½ηρ²P_T∇λ₁.
 *
 * <p>With one sample a step and small η the residuals stay small beside ρ‖g_i‖, the gradient is taken at ±ρg_i/‖g_i‖
 * from the valley, and its part along the valley is ρ²∇²f_i g_i = ½ρ²∇‖g_i‖²: in the mean ½ρ²∇tr H.
 */
public final class Sam implements Claim {

    private static final String LIMIT = "½ for 2/(2 − ηλ₁)²";
    private static final String TRACE = "tr H for λ₁ on the full batch";
    private static final String LOWEST = "λmin of the ascent direction";
    private static final String TOP = "λ₁ for tr H with one sample";

    /** ηλ₁ on the full batch. */
    private static final double[] SHARPNESS = {0.1, 0.5, 0.9};

    /** From which ηλ₁ on the limit of small η has to be refused. */
    private static final double LARGE = 0.5;

    /** ηλ₁ with one sample a step. */
    private static final double ONE_SAMPLE = 0.02;

    /** T on the full batch, and with one sample a step; ρ is such that the drift goes the displacement in so many. */
    private static final int STEPS = 5120;

    private static final int ONE_SAMPLE_STEPS = 10240;
    private static final double DISPLACEMENT = 0.1;

    /** A wrong theory nearer than this share of the effect is not asked for. */
    private static final double DISTINCT = 0.04;

    private static final int SAMPLES = 3;
    private static final double LEAST_SECOND = 0.4;
    private static final double MOST_SECOND = 0.7;
    private static final int REPLICAS = 64;
    private static final int ONE_SAMPLE_REPLICAS = 512;

    /** In ρ² with η fixed. */
    private static final Ladder LADDER = new Ladder(4, 1.5);

    /** In η with ρ² proportional to it; odd orders of ρ cancel over the signs of the residuals. */
    private static final Ladder ONE_SAMPLE_LADDER = new Ladder(2, 2);

    @Override
    public String name() {
        return "sam";
    }

    @Override
    public int number() {
        return 23;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Sharpness-aware minimisation drifts along the valley: on the full batch it lowers the largest eigenvalue λ₁ of the Hessian, at finite η faster "
                + "than in the limit of small steps; with one sample a step it lowers the trace.";
    }

    @Override
    public String formula() {
        return "θ_{k+1} = θ_k − η∇L̂(θ_k + ρ∇L̂/‖∇L̂‖): full batch −[2/(2 − ηλ₁)²]ηρ²P_T∇λ₁ a step, → −½ηρ²P_T∇λ₁ as η → 0; one sample "
                + "−½ηρ²P_T∇tr H as η → 0";
    }

    @Override
    public String source() {
        return "Wen, Ma, Li 2023 (arXiv 2211.05729), for η → 0; finite η is derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`ProjectedFlow` of 2ρ²∇λ₁/(2 − ηλ₁)² and of ½ρ²∇tr H (`SpectralField`)");
    }

    @Override
    public String method() {
        return "Three families with three samples, from the first random zero-loss point whose second eigenvalue is between "
                + InWords.number(LEAST_SECOND) + " and " + InWords.number(MOST_SECOND)
                + " of the first. Replicas start beside it, off by ρ times normal numbers across the valley. Full batch: ηλ₁ = "
                + InWords.list(SHARPNESS) + " with ρ, 2ρ and 4ρ; one sample: ηλ₁ = " + InWords.number(ONE_SAMPLE)
                + ", 2η and 4η with ρ, √2ρ and 2ρ. ρ is such that the drift goes "
                + InWords.number(DISPLACEMENT)
                + " at its first speed in T steps, T = " + STEPS + " on the full batch and " + ONE_SAMPLE_STEPS
                + " with one sample; T, T/4 and T/16 steps. Statistic: the projection of the "
                + "extrapolated mean displacement over the second half of the slow time on the predicted one, which is the effect. "
                + LadderTrial.ALLOWANCE + ". The limit of small η has to be refused from ηλ₁ = " + InWords.number(LARGE)
                + " on; another wrong theory where it is more than "
                + InWords.percent(DISTINCT)
                + " of the effect away. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(LIMIT, TRACE, LOWEST, TOP);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH);
        double count = families.size() * (SHARPNESS.length + 1);
        for (Families family : families) {
            Setting setting = family.zeroLoss(SAMPLES, Sam::hasAGap);
            for (double sharpness : SHARPNESS) {
                context.progress().advance(cases.size() / count, family.title());
                cases.add(Case.fullBatch(setting, sharpness, context).check(name(), figures));
            }
            context.progress().advance(cases.size() / count, family.title());
            cases.add(Case.oneSample(setting, context).check(name(), figures));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d drifts, largest error %.2f %% of the displacement", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static boolean hasAGap(Setting setting) {
        double[] values = setting.spectrum().values();
        double second = values[values.length - 2] / setting.top();
        return setting.rank() == SAMPLES && second > LEAST_SECOND && second < MOST_SECOND;
    }

    /** One family, on the full batch at one learning rate, or with one sample a step. */
    private static final class Case {

        private final Setting setting;
        private final ClaimContext context;
        private final DriftField field;
        private final List<DriftField> others;
        private final List<String> optional;
        private final double pace;
        private final LadderTrial trial;
        private final int replicas;

        private Case(
                String title,
                Setting setting,
                ClaimContext context,
                Ladder ladder,
                Kind kind,
                List<DriftField> fields,
                List<String> optional,
                int steps,
                int replicas) {
            this.setting = setting;
            this.context = context;
            this.field = fields.get(0);
            this.others = fields.subList(1, fields.size());
            this.optional = optional;
            this.replicas = replicas;
            DMatrixRMaj slope = new DMatrixRMaj(setting.parameters(), 1);
            field.evaluator().field(setting.theta(), slope);
            pace = DISPLACEMENT / steps / Dense.norm(Dense.times(setting.nullProjector(), slope));
            double radius = Math.sqrt(pace / kind.learningRate());
            double[] radii = new double[Ladder.RUNGS];
            for (int rung = 0; rung < radii.length; rung++) {
                radii[rung] = radius * Math.pow(ladder.ratio(), 0.5 * rung);
            }
            trial = new LadderTrial(title, setting, ladder, rung -> kind.optimiser(radii[rung], rung), steps)
                    .in(new Beside(setting, radii));
        }

        /** What differs between full batch and one sample. */
        private record Kind(double learningRate, boolean oneSample) {
            Optimiser optimiser(double radius, int rung) {
                return oneSample
                        ? Optimiser.of(Rules.sam(radius), learningRate * (1 << rung))
                                .withBatches(Batches.withReplacement(1))
                        : Optimiser.of(Rules.sam(radius), learningRate);
            }
        }

        static Case fullBatch(Setting setting, double sharpness, ClaimContext context) {
            double learningRate = setting.learningRate(sharpness);
            int rank = setting.rank();
            SpectralField.Weight weight = (j, h) -> 2 / ((2 - learningRate * h) * (2 - learningRate * h));
            List<DriftField> fields = List.of(
                    new SpectralField("2ρ²∇λ₁/(2 − ηλ₁)²", setting.objective(), 1, weight),
                    new SpectralField(LIMIT, setting.objective(), 1, (j, h) -> 0.5),
                    new SpectralField(TRACE, setting.objective(), rank, weight),
                    new SpectralField(LOWEST, setting.objective(), rank, (j, h) -> j == rank - 1 ? 0.5 : 0));
            return new Case(
                    String.format(Locale.ROOT, "%s, full batch, ηλ₁ = %.1f", setting.family(), sharpness),
                    setting,
                    context,
                    LADDER,
                    new Kind(learningRate, false),
                    fields,
                    sharpness < LARGE ? List.of(LIMIT) : List.of(),
                    STEPS,
                    REPLICAS);
        }

        static Case oneSample(Setting setting, ClaimContext context) {
            List<DriftField> fields = List.of(
                    new SpectralField("½ρ²∇tr H", setting.objective(), setting.rank(), (j, h) -> 0.5),
                    new SpectralField(TOP, setting.objective(), 1, (j, h) -> 0.5));
            return new Case(
                    setting.family() + ", one sample a step",
                    setting,
                    context,
                    ONE_SAMPLE_LADDER,
                    new Kind(setting.learningRate(ONE_SAMPLE), true),
                    fields,
                    List.of(),
                    ONE_SAMPLE_STEPS,
                    ONE_SAMPLE_REPLICAS);
        }

        private DriftPath path(DriftField of, double factor) {
            double[] times = Arrays.stream(trial.looks(0))
                    .mapToDouble(k -> factor * pace * k)
                    .toArray();
            return LadderTrial.flow(setting, of, times);
        }

        CaseResult check(String claim, List<Figure> figures) {
            DriftPath paper = path(field, 1);
            double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
            DriftPath theory = factor == 1 ? paper : path(field, factor);
            List<DriftPath> wrong = others.stream().map(of -> path(of, 1)).toList();
            List<String> near = new ArrayList<>(optional);
            wrong.stream()
                    .filter(each -> LadderTrial.apart(each, paper) < DISTINCT)
                    .forEach(each -> near.add(each.name()));
            CaseResult result = trial.judge(context, paper, theory, wrong, near, replicas, claim);
            DMatrixRMaj along = Dense.unit(LadderTrial.late(paper));
            figures.add(trial.figure(claim, "Sharpness-aware minimisation", along, theory, wrong));
            return result;
        }
    }
}
