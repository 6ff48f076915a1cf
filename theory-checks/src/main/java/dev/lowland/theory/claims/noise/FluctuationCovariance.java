package dev.lowland.theory.claims.noise;

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
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Jitter;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Claim 2: how far the parameters jitter around the valley floor, at every step and in the limit. */
public final class FluctuationCovariance implements Claim {

    private static final String HALF = "S = (λ/2)Π";
    private static final String NO_PROJECTOR = "no projector";

    /** λ where the model is linear: the statement is exact, so any will do. */
    private static final double LINEAR_STRENGTH = 1e-2;

    /** λ where it is not: small, because the statement holds to leading order. */
    private static final double CURVED_STRENGTH = 1e-6;

    /** How near the last checkpoint is to the limit. */
    private static final double LIMIT = 1e-6;

    /** Rounding, relative to λ, in directions in which nothing moves. */
    private static final double ROUNDING = 1e-12;

    /** Allowance for the jitter of the curvature, in units of its relative variance. */
    private static final double JITTER_FACTOR = 10;

    /** A variance has to refuse (λ/2)Π where that differs by more than this share: 12 standard errors. */
    private static final double DISTINCT = 0.05;

    private static final int REPLICAS = 1 << 17;

    @Override
    public String name() {
        return "fluctuation-covariance";
    }

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String statement() {
        return "Around the valley floor the parameters fluctuate with covariance λΠ(2 − ηG)⁻¹(I − (I − ηG)^{2k}) after k steps, which "
                + "tends to S = λΠ(2 − ηG)⁻¹; they do not fluctuate along the valley.";
    }

    @Override
    public String formula() {
        return "E ξ_kξ_kᵀ = λΠ(2 − ηG)⁻¹(I − (I − ηG)^{2k}) → S = λΠ(2 − ηG)⁻¹";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: the Ornstein-Uhlenbeck process of the local coupling";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`StationaryCovariance`");
    }

    @Override
    public String method() {
        return "Full-batch runs from a zero-loss point, " + REPLICAS
                + " replicas. Statistics: variance along the top eigenvector of G, "
                + "along the one of its smallest eigenvalue that is not zero, and the sum over all directions; in the limit also the "
                + "sum over the null space. A linear model is checked at k = 1, 4 and in the limit, exactly (bias 0, but rounding of "
                + InWords.number(ROUNDING) + " λ "
                + "in the null space, and in the limit a relative " + InWords.number(LIMIT)
                + " for the steps that are still to go). Three nonlinear families are checked in the limit at λ = "
                + InWords.number(CURVED_STRENGTH) + ". There the theory allows a bias of "
                + "order λ, because the curvature jitters with θ: relative to the value " + (int) JITTER_FACTOR
                + " ρ², ρ² = Σ_j ‖(2 − ηH)^{-1/2} η∇³L[s_j] (2 − ηH)^{-1/2}‖²_F with the columns s_j of S^{1/2}. At finite k the null space "
                + "has no variance under either theory, so only the limit refuses the missing projector; a variance has to refuse (λ/2)Π where "
                + "that is more than " + InWords.percent(DISTINCT) + " away. A miss is confirmed by a second, "
                + "independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF, NO_PROJECTOR);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Exact for a linear model only; for others to leading order in λ, because the curvature jitters with θ. On the full batch only: sampling of "
                        + "mini-batches adds a term of relative order η‖∇f_i‖²/B to S.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<Subject> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, REPLICAS, plan.expectations(), plan::measure));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement =
                String.format(Locale.ROOT, "%d variances, largest relative error %.2f %%", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, List.of(figure(subjects.get(1), context)));
    }

    private record Subject(String name, Setting setting, double sharpness, double strength, boolean linear) {

        LabelNoiseSgd sgd(long seed) {
            double learningRate = setting.learningRate(sharpness);
            double variance = strength * setting.objective().sampleCount() / learningRate;
            return LabelNoiseSgd.of(learningRate)
                    .withFullBatch()
                    .withLabelNoise(Math.sqrt(variance))
                    .withSeed(seed);
        }

        /** Steps until (1 − ηh)^{2k} is below {@link #LIMIT} for every eigenvalue that is not zero. */
        long stepsToLimit() {
            double slowest = 0;
            double[] values = setting.spectrum().values();
            for (int i = values.length - setting.rank(); i < values.length; i++) {
                slowest = Math.max(slowest, Math.abs(1 - setting.learningRate(sharpness) * values[i]));
            }
            return (long) Math.ceil(0.5 * Math.log(LIMIT) / Math.log(slowest));
        }

        long[] checkpoints() {
            return linear ? new long[] {1, 4, stepsToLimit()} : new long[] {stepsToLimit()};
        }
    }

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        Setting linear = Families.LINEAR.zeroLoss(3, s -> s.conditioning() > 0.3 && s.conditioning() < 0.7);
        subjects.add(subject(linear, 0.2, true));
        subjects.add(subject(linear, 1.6, true));
        subjects.add(subject(Families.QUADRATIC.zeroLoss(3, s -> s.conditioning() > 0.2), 1.6, false));
        subjects.add(subject(Families.MLP_TANH.zeroLoss(3, s -> s.conditioning() > 0.2), 1.0, false));
        subjects.add(subject(Families.DEEP_LINEAR.zeroLoss(2, s -> s.conditioning() > 0.2), 0.2, false));
        return subjects;
    }

    private static Subject subject(Setting setting, double sharpness, boolean linear) {
        String name = String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness);
        return new Subject(name, setting, sharpness, linear ? LINEAR_STRENGTH : CURVED_STRENGTH, linear);
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final Subject subject;
        private final ClaimContext context;
        private final Setting setting;
        private final long[] checkpoints;
        private final List<List<DMatrixRMaj>> directions = new ArrayList<>();
        private final List<String> statistics = new ArrayList<>();

        Plan(Subject subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            this.setting = subject.setting;
            this.checkpoints = subject.checkpoints();
            add("top eigenvector", 0, 1);
            add("lowest eigenvector", setting.rank() - 1, setting.rank());
            add("all directions", 0, setting.parameters());
            if (subject.linear) {
                add("null space", setting.rank(), setting.parameters());
            }
        }

        private void add(String statistic, int from, int to) {
            List<DMatrixRMaj> eigenvectors = new ArrayList<>();
            for (int j = from; j < to; j++) {
                eigenvectors.add(setting.eigenvector(j));
            }
            statistics.add(statistic);
            directions.add(eigenvectors);
        }

        List<Expectation> expectations() {
            double jitter =
                    subject.linear ? 0 : JITTER_FACTOR * Jitter.relative(setting, subject.sharpness, subject.strength);
            List<Expectation> expectations = new ArrayList<>();
            for (int c = 0; c < checkpoints.length; c++) {
                boolean last = c == checkpoints.length - 1;
                for (int s = 0; s < statistics.size(); s++) {
                    if (last || !statistics.get(s).equals("null space")) {
                        expectations.add(expectation(c, s, last, jitter));
                    }
                }
            }
            return expectations;
        }

        private Expectation expectation(int checkpoint, int statistic, boolean last, double jitter) {
            double predicted = 0;
            double half = 0;
            double full = 0;
            DMatrixRMaj covariance = last ? limit() : covariance(checkpoints[checkpoint]);
            for (DMatrixRMaj direction : directions.get(statistic)) {
                double part = Dense.form(covariance, direction);
                boolean range = part > ROUNDING * subject.strength;
                predicted += part;
                half += range ? subject.strength / 2 : 0;
                full += range ? part : subject.strength / 2;
            }
            boolean nullSpace = statistics.get(statistic).equals("null space");
            boolean whole = statistics.get(statistic).equals("all directions");
            List<Alternative> wrong = new ArrayList<>();
            if (!nullSpace) {
                boolean distinct = Math.abs(half - predicted) > DISTINCT * predicted;
                wrong.add(new Alternative(HALF, half, distinct));
            }
            if (last && (nullSpace || whole)) {
                wrong.add(Alternative.mustReject(NO_PROJECTOR, full));
            }
            String when = last ? "limit" : "k = " + checkpoints[checkpoint];
            return new Expectation(
                    subject.name + ", " + when + ", " + statistics.get(statistic),
                    nullSpace ? 0 : predicted,
                    nullSpace ? ROUNDING * subject.strength : (jitter + (last ? LIMIT : 0)) * Math.abs(predicted),
                    nullSpace ? full : predicted > 0 ? predicted : subject.strength,
                    wrong);
        }

        private DMatrixRMaj limit() {
            DMatrixRMaj out = new DMatrixRMaj(setting.parameters(), setting.parameters());
            StationaryCovariance.of(setting.objective(), subject.sgd(1)).limit(setting.theta(), out);
            CommonOps_DDRM.scale(context.theory().lambdaFactor(), out);
            return out;
        }

        private DMatrixRMaj covariance(long steps) {
            DMatrixRMaj out = new DMatrixRMaj(setting.parameters(), setting.parameters());
            StationaryCovariance.of(setting.objective(), subject.sgd(1)).afterSteps(setting.theta(), steps, out);
            CommonOps_DDRM.scale(context.theory().lambdaFactor(), out);
            return out;
        }

        List<Estimate> measure(long seed, int replicas) {
            Runs runs = Runs.states(setting, subject.sgd(seed), replicas, context.threads(), checkpoints);
            List<Estimate> estimates = new ArrayList<>();
            for (int c = 0; c < checkpoints.length; c++) {
                for (int s = 0; s < statistics.size(); s++) {
                    if (c == checkpoints.length - 1 || !statistics.get(s).equals("null space")) {
                        estimates.add(runs.variance(c, directions.get(s)));
                    }
                }
            }
            return estimates;
        }
    }

    /** The variance along the top eigenvector, step by step. */
    private static Figure figure(Subject subject, ClaimContext context) {
        int last = 16;
        long[] checkpoints = new long[last];
        double[] steps = new double[last];
        for (int k = 0; k < last; k++) {
            checkpoints[k] = k + 1L;
            steps[k] = k + 1;
        }
        Setting setting = subject.setting;
        DMatrixRMaj top = setting.eigenvector(0);
        long seed = Seeds.derive(context.seed(), "fluctuation-covariance figure");
        Runs runs = Runs.states(setting, subject.sgd(seed), 1 << 13, context.threads(), checkpoints);
        DMatrixRMaj covariance = new DMatrixRMaj(setting.parameters(), setting.parameters());
        StationaryCovariance theory = StationaryCovariance.of(setting.objective(), subject.sgd(1));
        double[] predicted = new double[last];
        double[] measured = new double[last];
        double[] half = new double[last];
        Arrays.fill(half, subject.strength / 2);
        for (int k = 0; k < last; k++) {
            theory.afterSteps(setting.theta(), checkpoints[k], covariance);
            predicted[k] = Dense.form(covariance, top);
            measured[k] = runs.varianceAlong(k, top).value();
        }
        return Figure.named("fluctuation-covariance-steps")
                .title("The jitter along the top eigenvector")
                .caption("Variance over 8,192 runs of " + subject.name
                        + ", after each step, beside the theory and (λ/2)Π.")
                .x("step k")
                .y("variance")
                .line(Role.FALSIFICATION, HALF, steps, half)
                .line(Role.PREDICTED, "theory", steps, predicted)
                .points(Role.MEASURED, "measured", steps, measured)
                .build();
    }
}
