package dev.lowland.theory.claims.drift;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
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
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftPath;
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

/**
 * Claim 12: noise of any covariance fluctuates by a Lyapunov equation, and drifts along a field that need not be a
 * gradient.
 */
public final class ArbitraryCovariance implements Claim {

    private static final String NO_HALF = "without ½";
    private static final String FROM_R = "S from R's formula";
    private static final String NO_ROTATION = "no rotation";

    /** The noise in the predictions, ζ = Mz with normal z: C = MMᵀ, unequal variances and correlations, tr C = 3. */
    private static final double[][] MIXING = {{1.4, 0, 0}, {0.3, 0.4, 0}, {-0.5, 0.2, Math.sqrt(0.5)}};

    /** ηλmax of each jitter. */
    private static final double[] JITTERS = {0.2, 1.6};

    /** λ of the linear model: the statement is exact there, so any will do. */
    private static final double LINEAR_STRENGTH = 1e-2;

    /** ηλmax and λ of each drift. */
    private static final double[][] DRIFTS = {{0.2, 1.6e-3}, {1.2, 6e-4}};

    /** The network has more parameters, and at small η more steps. */
    private static final double[][] DRIFTS_OF_NETWORKS = {DRIFTS[1]};

    /** η and v of each rotation; the curvatures are near 1. */
    private static final double[][] ROTATIONS = {{0.2, 1e-3}, {1.0, 4e-4}};

    /** A wrong theory nearer than this share of the effect is not asked for. */
    private static final double DISTINCT = 0.04;

    private static final double RADIUS = 0.3;
    private static final double DISPLACEMENT = 0.4;
    private static final int JITTER_REPLICAS = 1 << 17;
    private static final int DRIFT_REPLICAS = 1024;
    private static final int ROTATION_REPLICAS = 2048;

    /** What a run may still remember of its start when its variance is taken. */
    private static final double LIMIT = 1e-7;

    @Override
    public String name() {
        return "arbitrary-covariance";
    }

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String statement() {
        return "With noise of any covariance ηλΣ(θ) on the range of H, the parameters fluctuate with the S that solves a Lyapunov equation, and drift as "
                + "gradient descent on L + ½⟨S, ∇²L⟩ with S held fixed. There is in general no potential: an example goes round in circles.";
    }

    @Override
    public String formula() {
        return "S = (I − ηH)S(I − ηH) + ηλΣ; drift −(η/2)∇³L[S]; in the rotating valley (x, y) turns by ηabv a step";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: arbitrary noise covariances, and the example of a rotation";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`Fluctuations` under `ParameterNoise`; a turn by ηabv a step");
    }

    @Override
    public String method() {
        return "Σ = JᵀCJ/n, normal noise ζ in the predictions with variances 1.96, 0.25 and 0.79 and correlations, so that S does not commute with H. S: a "
                + "linear model, ηλmax = " + InWords.list(JITTERS) + ", λ = " + InWords.number(LINEAR_STRENGTH) + ", "
                + JITTER_REPLICAS
                + " replicas once they remember less than " + InWords.number(LIMIT)
                + " of the start; variance along the top and the lowest eigenvector, and along the sum of the two upper ones, where the covariance "
                + "between them counts. Exact. Drift: three families with three samples, ηλmax = "
                + InWords.number(DRIFTS[0][0]) + " (but for the network) and " + InWords.number(DRIFTS[1][0]) + ", λ = "
                + InWords.column(DRIFTS, 1) + ", "
                + DRIFT_REPLICAS
                + " replicas at λ and 4λ combined as in the claim drift, projected on the predicted displacement; bias "
                + DriftTrial.BIAS + ", lag = "
                + "½η‖P_T∇³L[Σ_k(S − S_k)]‖ at 4λ. Rotation: a = b = 1, from (x, y) = ("
                + RADIUS + ", 0), η = " + InWords.number(ROTATIONS[0][0]) + " with v = "
                + InWords.number(ROTATIONS[0][1]) + " and η = " + InWords.number(ROTATIONS[1][0]) + " with v = "
                + InWords.number(ROTATIONS[1][1]) + ", " + ROTATION_REPLICAS
                + " replicas for a quarter turn, T = π/(2ηabv); the mean position along y and along x, at v and 4v combined, against that of an exact rotation, "
                + "with the same bias; the effect is the chord. The wrong theories are slow flows of their own; one that is less than "
                + InWords.percent(DISTINCT)
                + " of the effect away is only reported. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(NO_HALF, FROM_R, NO_ROTATION);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        jitters(context, cases);
        for (Families family : List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH)) {
            Setting setting = family.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);
            for (double[] each : family == Families.MLP_TANH ? DRIFTS_OF_NETWORKS : DRIFTS) {
                context.progress().advance(0.1 + 0.06 * cases.size(), setting.family());
                drift(setting, each[0], each[1], context, cases, figures);
            }
        }
        for (double[] each : ROTATIONS) {
            context.progress().advance(0.9, "rotating valley");
            rotation(each[0], each[1], context, cases, figures);
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d variances, displacements and rotations, largest relative error %.2f %%",
                cases.size(),
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** J(θ)ᵀM/√n, whose square is JᵀCJ/n. */
    private static ParameterNoise noise(Setting setting, double strength) {
        Objective objective = setting.objective();
        int samples = objective.sampleCount();
        return ParameterNoise.ofFactor(strength, theta -> {
            Node predictions = objective
                    .model()
                    .predict(theta, theta.graph().constant(objective.data().inputs()));
            Node factor = column(theta, predictions, 0);
            for (int j = 1; j < samples; j++) {
                factor = Ops.add(factor, column(theta, predictions, j));
            }
            return factor;
        });
    }

    /** JᵀM/√n with all but column j set to zero. */
    private static Node column(Node theta, Node predictions, int j) {
        int samples = predictions.shape().rows();
        DMatrixRMaj mixed = new DMatrixRMaj(samples, 1);
        DMatrixRMaj place = new DMatrixRMaj(1, samples);
        place.data[j] = 1 / Math.sqrt(samples);
        for (int i = 0; i < samples; i++) {
            mixed.data[i] = MIXING[i][j];
        }
        Node pulled = Reverse.vjp(predictions, theta.graph().constant(mixed), List.of(theta))
                .get(0);
        return Ops.matmul(pulled, theta.graph().constant(place));
    }

    private static LabelNoiseSgd sgd(double learningRate, ParameterNoise noise) {
        return LabelNoiseSgd.of(learningRate)
                .withFullBatch()
                .withNoiseLaw(NoiseLaw.EXPLICIT)
                .withParameterNoise(noise);
    }

    private void jitters(ClaimContext context, List<CaseResult> cases) {
        Setting setting = Families.LINEAR.zeroLoss(3, s -> s.conditioning() > 0.3 && s.conditioning() < 0.7);
        DMatrixRMaj top = setting.eigenvector(0);
        DMatrixRMaj mixed = Dense.unit(Dense.minus(top, Dense.scaled(-1, setting.eigenvector(1))));
        List<DMatrixRMaj> directions = List.of(top, setting.eigenvector(2), mixed);
        List<String> names = List.of("top eigenvector", "lowest eigenvector", "sum of the upper two");
        for (double sharpness : JITTERS) {
            double learningRate = setting.learningRate(sharpness);
            LabelNoiseSgd sgd = sgd(learningRate, noise(setting, LINEAR_STRENGTH));
            DMatrixRMaj exact = new DMatrixRMaj(setting.parameters(), setting.parameters());
            Fluctuations.of(setting.objective(), sgd).at(setting.theta()).covariance(exact);
            DMatrixRMaj fromR = fromR(setting, learningRate);
            List<Expectation> expectations = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                double predicted = context.theory().lambdaFactor() * Dense.form(exact, directions.get(i));
                expectations.add(new Expectation(
                        String.format(Locale.ROOT, "linear, ηλmax = %.1f, variance, %s", sharpness, names.get(i)),
                        predicted,
                        0,
                        predicted,
                        List.of(alternative(FROM_R, Dense.form(fromR, directions.get(i)), predicted, predicted))));
            }
            double slowest = Math.max(Math.abs(1 - sharpness), Math.abs(1 - sharpness * setting.conditioning()));
            long steps = (long) Math.ceil(0.5 * Math.log(LIMIT) / Math.log(slowest));
            context.progress().advance(0.05, "linear");
            long seed = Seeds.derive(context.seed(), name() + " linear " + sharpness);
            cases.addAll(PlannedStages.judge(context, seed, JITTER_REPLICAS, expectations, (stage, replicas) -> {
                LabelNoiseSgd seeded = sgd.withSeed(stage);
                Runs runs = Runs.states(setting, seeded, replicas, context.threads(), steps);
                List<Estimate> estimates = new ArrayList<>();
                for (DMatrixRMaj direction : directions) {
                    estimates.add(runs.varianceAlong(0, direction));
                }
                return estimates;
            }));
        }
    }

    /** λΠ(2 − ηH)⁻¹. */
    private static DMatrixRMaj fromR(Setting setting, double learningRate) {
        double[] values = setting.spectrum().values();
        double[] variances = new double[values.length];
        for (int i = values.length - setting.rank(); i < values.length; i++) {
            variances[i] = LINEAR_STRENGTH / (2 - learningRate * values[i]);
        }
        return Dense.withSpectrum(setting.spectrum(), variances);
    }

    private static Alternative alternative(String wrong, double value, double predicted, double effect) {
        return new Alternative(wrong, value, Math.abs(value - predicted) > DISTINCT * effect);
    }

    private void drift(
            Setting setting,
            double sharpness,
            double strength,
            ClaimContext context,
            List<CaseResult> cases,
            List<Figure> figures) {
        double learningRate = setting.learningRate(sharpness);
        DriftTrial trial = new DriftTrial(
                String.format(Locale.ROOT, "%s, ηλmax = %.1f, drift", setting.family(), sharpness),
                setting,
                factor -> sgd(learningRate, noise(setting, factor * strength)),
                DISPLACEMENT);
        DriftPath exact = trial.exact("−½∇³L[S]", 1);
        DMatrixRMaj along = Dense.unit(exact.end());
        double displacement = Dense.norm(exact.end());
        List<DriftPath> wrong = List.of(trial.exact(NO_HALF, 2), fromR(trial));
        double factor = context.theory().lambdaFactor() * context.theory().gradientFactor();
        double predicted = Dense.dot(along, (factor == 1 ? exact : trial.exact("", factor)).end());
        List<Alternative> alternatives = new ArrayList<>();
        for (DriftPath path : wrong) {
            alternatives.add(alternative(path.name(), Dense.dot(along, path.end()), predicted, displacement));
        }
        Expectation expectation = trial.expectation(trial.name(), predicted, displacement, alternatives);
        long seed = Seeds.derive(context.seed(), name() + " " + trial.name());
        cases.addAll(PlannedStages.judge(
                context,
                seed,
                DRIFT_REPLICAS,
                List.of(expectation),
                (stage, replicas) -> trial.measure(List.of(along), replicas, context.threads(), stage)));
        figures.add(trial.figure(name(), "Drift under correlated noise", along, exact, wrong));
    }

    /** The slow flow with λR in place of ½⟨S, ∇²L⟩. */
    private static DriftPath fromR(DriftTrial trial) {
        return trial.path(FROM_R, sgd -> {
            Objective objective = trial.setting().objective();
            LabelNoiseSgd labels = LabelNoiseSgd.of(sgd.learningRate());
            return SlowFlow.of(objective, labels).withStrength(sgd.regularizationStrength(objective));
        });
    }

    private void rotation(
            double learningRate, double variance, ClaimContext context, List<CaseResult> cases, List<Figure> figures) {
        RotatingValley valley = new RotatingValley(1, 1);
        Setting setting = valley.at(RADIUS);
        double speed = learningRate * valley.a() * valley.b() * variance;
        DriftTrial trial = new DriftTrial(
                String.format(Locale.ROOT, "rotating valley, η = %.1f", learningRate),
                setting,
                factor -> sgd(learningRate, valley.noise(factor * variance, learningRate)),
                Math.round(Math.PI / 2 / speed));
        double factor = context.theory().lambdaFactor() * context.theory().gradientFactor();
        double angle = speed * trial.steps();
        double chord = 2 * RADIUS * Math.sin(angle / 2);
        DriftPath fromR = fromR(trial);
        double bias = trial.bias(chord);
        List<DMatrixRMaj> axes = List.of(axis(1), axis(0));
        List<Expectation> expectations = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            double predicted = turned(factor * angle, i);
            expectations.add(new Expectation(
                    trial.name() + (i == 0 ? ", along y" : ", along x"),
                    predicted,
                    bias,
                    chord,
                    List.of(
                            alternative(NO_HALF, turned(2 * angle, i), predicted, chord),
                            alternative(FROM_R, Dense.dot(axes.get(i), fromR.end()), predicted, chord),
                            alternative(NO_ROTATION, 0, predicted, chord))));
        }
        long seed = Seeds.derive(context.seed(), name() + " " + trial.name());
        cases.addAll(PlannedStages.judge(
                context,
                seed,
                ROTATION_REPLICAS,
                expectations,
                (stage, replicas) -> trial.measure(axes, replicas, context.threads(), stage)));
        figures.add(figure(trial, fromR, angle));
    }

    /** Displacement of the point (radius, 0) after a clockwise turn, along y (0) or x (1). */
    private static double turned(double angle, int which) {
        return which == 0 ? -RADIUS * Math.sin(angle) : RADIUS * (Math.cos(angle) - 1);
    }

    private static DMatrixRMaj axis(int which) {
        DMatrixRMaj out = new DMatrixRMaj(6, 1);
        out.data[which] = 1;
        return out;
    }

    /** The mean position in the plane. */
    private static Figure figure(DriftTrial trial, DriftPath fromR, double angle) {
        double[] y = trial.measured(0);
        double[] alongX = trial.measured(1);
        int count = y.length;
        double[] x = new double[count];
        double[] circleX = new double[count];
        double[] circleY = new double[count];
        double[] wrongX = fromR.along(axis(0));
        for (int i = 0; i < count; i++) {
            double now = angle * (i + 1) / count;
            x[i] = RADIUS + alongX[i];
            circleX[i] = RADIUS * Math.cos(now);
            circleY[i] = -RADIUS * Math.sin(now);
            wrongX[i] += RADIUS;
        }
        return Figure.named("arbitrary-covariance-" + Figure.slug(trial.name()))
                .title("A drift without a potential: " + trial.name())
                .caption(
                        "Mean position of the runs in the valley, which turns on a circle; with S from R's formula it would not.")
                .x("x")
                .y("y")
                .line(Role.FALSIFICATION, FROM_R, wrongX, fromR.along(axis(1)))
                .line(Role.PREDICTED, "turn by ηabv a step", circleX, circleY)
                .points(Role.MEASURED, "mean of the runs", x, y)
                .build();
    }
}
