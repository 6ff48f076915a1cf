package dev.lowland.theory.claims.drift;

import dev.lowland.optim.fluctuation.StationaryCovariance;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 10: heavy ball has a λ, a jitter and a regularizer of its own. */
public final class Momentum implements Claim {

    static final String NO_FACTOR = "λ without 1/(1−β)";
    static final String RATE = "η in place of η/(1+β)";
    static final String PLAIN = "plain SGD at η/(1−β)";

    /** β and eλmax of each drift. */
    private static final double[][] DRIFTS = {{0.5, 0.2}, {0.5, 1.0}, {0.9, 0.05}, {0.9, 1.0}};

    /** β and eλmax of each jitter. */
    private static final double[][] JITTERS = {{0.5, 0.2}, {0.5, 1.6}, {0.9, 0.2}, {0.9, 1.6}};

    /** λ is the largest of these at which the theory's own bias is below {@link #SMALL_BIAS} of the displacement. */
    private static final double[] STRENGTHS = {4e-4, 2e-4, 1e-4, 5e-5, 2.5e-5, 1.25e-5, 6.25e-6, 3.125e-6};

    private static final double SMALL_BIAS = 0.002;

    /** A drift has to refuse a wrong theory where that is further away than this share of the displacement. */
    private static final double DISTINCT = 0.04;

    /** λ of the linear model: the statement is exact there, so any will do. */
    private static final double LINEAR_STRENGTH = 1e-2;

    private static final int DRIFT_REPLICAS = 4096;
    private static final int JITTER_REPLICAS = 1 << 17;

    /** Steps after which the variance is also looked at, long before its limit. */
    private static final long EARLY = 4;

    /** What a run may still remember of its start when its variance is taken. */
    private static final double LIMIT = 1e-6;

    @Override
    public String name() {
        return "momentum";
    }

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String statement() {
        return "With momentum β the jitter and the drift keep their form, with λ = ησ²/(B(1−β)) and η/(1+β) inside R. At finite η this is "
                + "not plain SGD at η/(1−β).";
    }

    @Override
    public String formula() {
        return "S = λΠ(2 − eH)⁻¹, R = −(1/2e) tr log(I − (e/2)H), e = η/(1+β)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021, appendix on momentum";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`StationaryCovariance` and `SlowFlow` with β");
    }

    @Override
    public String method() {
        return "Jitter: a linear model at λ = " + InWords.number(LINEAR_STRENGTH)
                + ", where the statement is exact; variance along the top and the lowest "
                + "eigenvector over " + JITTER_REPLICAS + " replicas, once they remember less than "
                + InWords.number(LIMIT)
                + " of the start, and along the top eigenvector also after " + EARLY + " steps. Drift: quadratic "
                + "and tanh network, as in the claim drift, " + DRIFT_REPLICAS
                + " replicas at λ and 4λ, combined so that no term of order λ "
                + "is left; λ is the largest of a fixed list at which the theory's own bias (" + DriftTrial.BIAS
                + ") is below "
                + InWords.percent(SMALL_BIAS) + " of the "
                + "displacement. A drift has to refuse a wrong theory that is more than " + InWords.percent(DISTINCT)
                + " of the displacement away; one "
                + "that is undefined at this η, because it would not be stable, cannot be compared and is left out there. A miss is "
                + "confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(NO_FACTOR, RATE, PLAIN);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "As the drift without momentum: full batch, tangential directions, and to leading order in λ.",
                "At finite η heavy ball is not plain SGD at η/(1−β), although λ is the same: that theory is among the refused.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        jitters(context, cases);
        List<DriftCase> drifts = drifts();
        for (int i = 0; i < drifts.size(); i++) {
            DriftCase drift = drifts.get(i);
            context.progress().advance(0.2 + 0.8 * i / drifts.size(), drift.name());
            MomentumDrift plan = new MomentumDrift(drift, context, DISTINCT);
            long seed = Seeds.derive(context.seed(), name() + " " + drift.name());
            cases.addAll(
                    PlannedStages.judge(context, seed, DRIFT_REPLICAS, List.of(plan.expectation()), plan::measure));
            if (plan.isDrawable()) {
                figures.add(plan.figure());
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d variances and displacements, largest relative error %.2f %%",
                cases.size(),
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static List<DriftCase> drifts() {
        List<DriftCase> drifts = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MLP_TANH)) {
            Setting setting = family.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);
            for (double[] drift : DRIFTS) {
                drifts.add(drift(setting, drift[1], drift[0]));
            }
        }
        return drifts;
    }

    private static DriftCase drift(Setting setting, double sharpness, double momentum) {
        DriftCase drift = DriftCase.of(setting, sharpness, momentum, STRENGTHS[0]);
        for (double strength : STRENGTHS) {
            drift = DriftCase.of(setting, sharpness, momentum, strength);
            double displacement = DriftCase.DISPLACEMENT;
            if (drift.bias(displacement) <= SMALL_BIAS * displacement) {
                return drift;
            }
        }
        return drift;
    }

    private void jitters(ClaimContext context, List<CaseResult> cases) {
        Setting setting = Families.LINEAR.zeroLoss(3, s -> s.conditioning() > 0.3 && s.conditioning() < 0.7);
        for (double[] jitter : JITTERS) {
            double momentum = jitter[0];
            double learningRate = (1 + momentum) * setting.learningRate(jitter[1]);
            double variance = LINEAR_STRENGTH * setting.objective().sampleCount() * (1 - momentum) / learningRate;
            LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate)
                    .withMomentum(momentum)
                    .withFullBatch()
                    .withLabelNoise(Math.sqrt(variance));
            String title =
                    String.format(Locale.ROOT, "%s, β = %.1f, eλmax = %.1f", setting.family(), momentum, jitter[1]);
            context.progress().advance(0.1, title);
            List<DMatrixRMaj> directions = List.of(setting.eigenvector(0), setting.eigenvector(setting.rank() - 1));
            List<Expectation> limits = List.of(
                    expectation(title + ", top eigenvector", setting, sgd, setting.top(), directions.get(0), context),
                    expectation(
                            title + ", lowest eigenvector",
                            setting,
                            sgd,
                            setting.top() * setting.conditioning(),
                            directions.get(1),
                            context));
            long steps = stepsToLimit(setting, learningRate, momentum);
            Expectation early = early(title, setting, sgd, directions.get(0), context);
            long first = Seeds.derive(context.seed(), name() + " " + title);
            List<Expectation> expectations = List.of(limits.get(0), limits.get(1), early);
            cases.addAll(PlannedStages.judge(context, first, JITTER_REPLICAS, expectations, (seed, replicas) -> {
                LabelNoiseSgd seeded = sgd.withSeed(seed);
                Runs runs = Runs.states(setting, seeded, replicas, context.threads(), EARLY, steps);
                List<Estimate> estimates = new ArrayList<>();
                for (DMatrixRMaj direction : directions) {
                    estimates.add(runs.varianceAlong(1, direction));
                }
                estimates.add(runs.varianceAlong(0, directions.get(0)));
                return estimates;
            }));
        }
    }

    private static Expectation expectation(
            String title, Setting setting, LabelNoiseSgd sgd, double h, DMatrixRMaj direction, ClaimContext context) {
        DMatrixRMaj covariance = new DMatrixRMaj(setting.parameters(), setting.parameters());
        StationaryCovariance.of(setting.objective(), sgd).limit(setting.theta(), covariance);
        double predicted = context.theory().lambdaFactor() * Dense.form(covariance, direction);
        List<Alternative> wrong = new ArrayList<>();
        wrong.add(Alternative.mustReject(NO_FACTOR, predicted * (1 - sgd.momentum())));
        plainVariance(RATE, sgd.learningRate() * h, predicted, wrong);
        plainVariance(PLAIN, sgd.learningRate() / (1 - sgd.momentum()) * h, predicted, wrong);
        return new Expectation(title, predicted, 0, effect(predicted), wrong);
    }

    /** The variance along the top eigenvector after a few steps, while it still grows. */
    private static Expectation early(
            String title, Setting setting, LabelNoiseSgd sgd, DMatrixRMaj direction, ClaimContext context) {
        DMatrixRMaj covariance = new DMatrixRMaj(setting.parameters(), setting.parameters());
        StationaryCovariance.of(setting.objective(), sgd).afterSteps(setting.theta(), EARLY, covariance);
        double predicted = context.theory().lambdaFactor() * Dense.form(covariance, direction);
        return new Expectation(
                title + ", top eigenvector, k = " + EARLY,
                predicted,
                0,
                effect(predicted),
                List.of(Alternative.mustReject(NO_FACTOR, predicted * (1 - sgd.momentum()))));
    }

    /** A variance is its own size; a prediction that is none cannot be, and disagrees with whatever is measured. */
    private static double effect(double predicted) {
        return predicted > 0 ? predicted : 1;
    }

    /** λ/(2 − a), if plain SGD is stable there. */
    private static void plainVariance(String name, double a, double predicted, List<Alternative> wrong) {
        if (a < 2) {
            double value = LINEAR_STRENGTH / (2 - a);
            wrong.add(new Alternative(name, value, Math.abs(value - predicted) > 2 * DISTINCT * predicted));
        }
    }

    /** Steps until the slowest mode of the heavy ball, squared, is below {@link #LIMIT}. */
    private static long stepsToLimit(Setting setting, double learningRate, double momentum) {
        double slowest = 0;
        double[] values = setting.spectrum().values();
        for (int i = values.length - setting.rank(); i < values.length; i++) {
            double half = (1 + momentum - learningRate * values[i]) / 2;
            double discriminant = half * half - momentum;
            double modulus = discriminant <= 0 ? Math.sqrt(momentum) : Math.abs(half) + Math.sqrt(discriminant);
            slowest = Math.max(slowest, modulus);
        }
        return (long) Math.ceil(Math.log(LIMIT) / Math.log(slowest));
    }
}
