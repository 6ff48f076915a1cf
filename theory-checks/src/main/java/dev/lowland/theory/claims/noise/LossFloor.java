package dev.lowland.theory.claims.noise;

import dev.lowland.optim.objective.ObjectiveEvaluator;
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
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Jitter;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 9: label noise keeps the loss from falling below a floor, which the theory gives. */
public final class LossFloor implements Claim {

    private static final String TRACE = "(λ/4) tr H";

    /** λ where the model is linear: the statement is exact, so any will do. */
    private static final double LINEAR_STRENGTH = 1e-2;

    /** λ where it is not: small, because the statement holds to leading order. */
    private static final double CURVED_STRENGTH = 1e-6;

    /** Allowance for the jitter of the curvature, in units of its relative variance. */
    private static final double JITTER_FACTOR = 10;

    /** A case has to refuse the wrong theory where that differs by more than this share. */
    private static final double DISTINCT = 0.05;

    private static final int REPLICAS = 1 << 13;

    /** States a run is looked at. */
    private static final int LOOKS = 16;

    /** What is left of a fluctuation after the burn-in, and after the time from one look to the next. */
    private static final double FORGOTTEN = 1e-6;

    private static final double CORRELATED = 0.1;

    @Override
    public String name() {
        return "loss-floor";
    }

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String statement() {
        return "At stationarity the training loss stays, in the mean over time, at a floor that label noise sets.";
    }

    @Override
    public String formula() {
        return "E L = (λ/2) tr[H(2 − ηH)⁻¹]";
    }

    @Override
    public String source() {
        return "derived here from the stationary covariance of section 3: E L = ½ tr(HS)";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("(λ/2) tr[H(2 − ηH)⁻¹]");
    }

    @Override
    public String method() {
        return "Four families, ηλmax = 0.2, 1.0 and 1.6, full batch, from a zero-loss point. " + REPLICAS
                + " replicas run until what they remember of the start is below " + InWords.number(FORGOTTEN)
                + ", then the loss is taken at " + LOOKS
                + " times so far apart that no fluctuation keeps more than " + CORRELATED
                + " of itself. The statistic is the mean over replicas of a replica's mean over these times. The linear model (λ = "
                + InWords.number(LINEAR_STRENGTH) + ") is exact; the others (λ = " + InWords.number(CURVED_STRENGTH)
                + ") are allowed a relative bias of "
                + (int) JITTER_FACTOR
                + " ρ², the jitter of the curvature (see fluctuation-covariance). (λ/4) tr H has to be refused where it "
                + "is more than " + InWords.percent(DISTINCT)
                + " away: at large η, and already at 0.2 in some families. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(TRACE);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Exact for a linear model only; for others to leading order in λ. On the full batch only, as for the covariance it comes from.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Subject> subjects = subjects();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(
                    context,
                    seed,
                    REPLICAS,
                    List.of(subject.expectation(context.theory().lambdaFactor())),
                    (stage, replicas) -> List.of(subject.measure(context, stage, replicas))));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement =
                String.format(Locale.ROOT, "%d mean losses, largest relative error %.2f %%", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, List.of(figure(cases)));
    }

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Families family : List.of(Families.LINEAR, Families.QUADRATIC, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            int samples = family == Families.DEEP_LINEAR ? 2 : 3;
            Setting setting = family.zeroLoss(samples, s -> s.rank() == samples && s.conditioning() > 0.2);
            double strength = family == Families.LINEAR ? LINEAR_STRENGTH : CURVED_STRENGTH;
            for (double sharpness : new double[] {0.2, 1.0, 1.6}) {
                subjects.add(new Subject(setting, sharpness, strength));
            }
        }
        return subjects;
    }

    private record Subject(Setting setting, double sharpness, double strength) {

        String name() {
            return String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness);
        }

        Expectation expectation(double lambdaFactor) {
            double learningRate = setting.learningRate(sharpness);
            double floor = 0;
            double trace = 0;
            for (double h : setting.spectrum().values()) {
                floor += strength / 2 * h / (2 - learningRate * h);
                trace += strength / 4 * h;
            }
            double bias = JITTER_FACTOR * Jitter.relative(setting, sharpness, strength) * floor;
            boolean distinct = Math.abs(floor - trace) > DISTINCT * floor;
            floor *= lambdaFactor;
            return new Expectation(name(), floor, bias, floor, List.of(new Alternative(TRACE, trace, distinct)));
        }

        Estimate measure(ClaimContext context, long seed, int replicas) {
            double learningRate = setting.learningRate(sharpness);
            LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate)
                    .withFullBatch()
                    .withLabelNoise(Math.sqrt(strength * setting.objective().sampleCount() / learningRate))
                    .withSeed(seed);
            Runs runs = Runs.states(setting, sgd, replicas, context.threads(), looks());
            if (!runs.finished()) {
                return new Estimate(Double.NaN, Double.NaN, replicas, seed);
            }
            double[] sums = new double[replicas];
            ObjectiveEvaluator evaluator = setting.objective().evaluator();
            DMatrixRMaj theta = new DMatrixRMaj(setting.parameters(), 1);
            for (int look = 0; look < LOOKS; look++) {
                DMatrixRMaj states = runs.states(look);
                for (int r = 0; r < replicas; r++) {
                    System.arraycopy(states.data, r * theta.numRows, theta.data, 0, theta.numRows);
                    sums[r] += evaluator.loss(theta);
                }
            }
            RunningEstimate mean = new RunningEstimate();
            for (double sum : sums) {
                mean.add(sum / LOOKS);
            }
            return mean.estimate(seed);
        }

        /** Steps at which the loss is taken, from the slowest fluctuation that there is. */
        private long[] looks() {
            double slowest = 0;
            double[] values = setting.spectrum().values();
            for (int i = values.length - setting.rank(); i < values.length; i++) {
                slowest = Math.max(slowest, Math.abs(1 - setting.learningRate(sharpness) * values[i]));
            }
            long first = (long) Math.ceil(Math.log(FORGOTTEN) / Math.log(slowest));
            long apart = (long) Math.ceil(Math.log(CORRELATED) / Math.log(slowest));
            long[] looks = new long[LOOKS];
            for (int i = 0; i < LOOKS; i++) {
                looks[i] = first + i * apart;
            }
            return looks;
        }
    }

    private static Figure figure(List<CaseResult> cases) {
        int count = cases.size();
        double[] index = new double[count];
        double[] measured = new double[count];
        double[] wrong = new double[count];
        double[] one = new double[count];
        for (int i = 0; i < count; i++) {
            CaseResult result = cases.get(i);
            index[i] = i + 1;
            one[i] = 1;
            measured[i] = result.measured() / result.predicted();
            wrong[i] = result.falsifications().get(0).predicted() / result.predicted();
        }
        return Figure.named("loss-floor-ratios")
                .title("The mean loss in units of the predicted floor")
                .caption(
                        "Cases in the order of the table: each family at ηλmax = 0.2, 1.0 and 1.6. (λ/4) tr H is right only as η → 0.")
                .x("case")
                .y("mean loss / predicted floor")
                .points(Role.FALSIFICATION, TRACE, index, wrong)
                .line(Role.PREDICTED, "theory", index, one)
                .points(Role.MEASURED, "measured", index, measured)
                .build();
    }
}
