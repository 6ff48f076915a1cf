package dev.lowland.theory.claims.noise;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Claim 1: the noise that random labels inject into a step has covariance ηλG, at any point. */
public final class NoiseCovariance implements Claim {

    private static final String NO_BATCH = "λ without 1/B";
    private static final String NOT_SQUARED = "σ for σ²";
    private static final double LEARNING_RATE = 0.1;
    private static final int DRAWS = 1 << 18;
    private static final OptionalInt FULL_BATCH = OptionalInt.empty();

    @Override
    public String name() {
        return "noise-covariance";
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String statement() {
        return "The noise that random labels inject into a step has covariance ηλG(θ), whatever the law of the noise.";
    }

    @Override
    public String formula() {
        return "Cov ε_k = ηλ G(θ_k), λ = ησ²/B, G = (1/n) Σ ∇f_i ∇f_iᵀ";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: the noise of one step in the local coupling, and its form for flipped labels";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of(
                "`LabelNoiseSgd.regularizationStrength`, `ObjectiveEvaluator.gaussNewton`; measured as the difference of a step with noise and the same step without");
    }

    @Override
    public String method() {
        return "One step from a fixed random point, with label noise and without, drawing the same batch: the difference is the injected "
                + "noise. " + DRAWS
                + " independent draws a case. Three statistics a case: the trace of its second moment, and its second "
                + "moment along the top eigenvector of G and along a random direction. Exact at any λ, so no bias is allowed; with the "
                + "exponential loss the variance depends on the margin and the point is a global minimum. A case does not have to refuse "
                + "σ for σ² where σ = 1. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(NO_BATCH, NOT_SQUARED);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<Subject> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, DRAWS, plan.expectations(), plan::measure));
            if (figures.isEmpty()) {
                figures.add(plan.figure());
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d second moments, largest relative error %.2f %%", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /**
     * @param batchSize empty for the full batch
     * @param labelNoise σ, for losses that add it
     */
    private record Subject(String name, Setting setting, OptionalInt batchSize, NoiseLaw law, double labelNoise) {

        LabelNoiseSgd sgd(NoiseLaw which, long seed) {
            LabelNoiseSgd base = LabelNoiseSgd.of(LEARNING_RATE)
                    .withLabelNoise(labelNoise)
                    .withNoiseLaw(which)
                    .withSeed(seed);
            return batchSize.isPresent() ? base.withBatchSize(batchSize.getAsInt()) : base.withFullBatch();
        }

        int batch() {
            return batchSize.orElse(setting.objective().sampleCount());
        }
    }

    private static List<Subject> subjects() {
        return List.of(
                subject(Families.MLP_TANH.anywhere(5, 0), OptionalInt.of(4), NoiseLaw.RADEMACHER, 0.3),
                subject(Families.QUADRATIC.anywhere(3, 0), FULL_BATCH, NoiseLaw.RADEMACHER, 0.5),
                subject(Families.MATRIX_SENSING.anywhere(6, 0), OptionalInt.of(2), NoiseLaw.GAUSSIAN, 0.7),
                subject(Families.DEEP_LINEAR.anywhere(4, 0), OptionalInt.of(8), NoiseLaw.GAUSSIAN, 0.4),
                subject(Families.LINEAR.anywhere(5, 0), FULL_BATCH, NoiseLaw.GAUSSIAN, 2),
                subject(
                        Families.MLP_TANH.margin(Losses.logistic(0.2), 5, 1),
                        OptionalInt.of(4),
                        NoiseLaw.LABEL_FLIP,
                        0),
                subject(Families.QUADRATIC.margin(Losses.squareMargin(0.1), 5, 1), FULL_BATCH, NoiseLaw.LABEL_FLIP, 0),
                subject(
                        Families.DEEP_LINEAR.minimum(Losses.exponential(0.2), 2, 0),
                        FULL_BATCH,
                        NoiseLaw.LABEL_FLIP,
                        0));
    }

    private static Subject subject(Setting setting, OptionalInt batchSize, NoiseLaw law, double labelNoise) {
        String name = String.format(
                Locale.ROOT,
                "%s, n = %d, B = %s, %s",
                setting.family(),
                setting.objective().sampleCount(),
                batchSize.isPresent() ? batchSize.getAsInt() : "n",
                law.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return new Subject(name, setting, batchSize, law, labelNoise);
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final Subject subject;
        private final DMatrixRMaj predicted;
        private final List<DMatrixRMaj> directions;
        private final double variance;
        private DMatrixRMaj measured;

        Plan(Subject subject, ClaimContext context) {
            this.subject = subject;
            Objective objective = subject.setting.objective();
            int count = objective.parameterCount();
            predicted = new DMatrixRMaj(count, count);
            objective.gaussNewton(subject.setting.theta(), predicted);
            DMatrixRMaj top = Dense.column(SymmetricEigen.of(predicted).vectors(), count - 1);
            variance = objective.loss().noiseVariance(subject.labelNoise);
            double strength = LEARNING_RATE
                    * variance
                    / subject.batch()
                    * context.theory().lambdaFactor();
            CommonOps_DDRM.scale(LEARNING_RATE * strength, predicted);
            DMatrixRMaj random = new DMatrixRMaj(count, 1);
            RandomStream.of(count, 0, Purpose.PROBE).fillGaussian(0, count, random.data, 0, 1);
            directions = List.of(top, Dense.unit(random));
            measured = predicted;
        }

        List<Expectation> expectations() {
            return List.of(
                    expectation("trace", Dense.trace(predicted)),
                    expectation("top eigenvector", Dense.form(predicted, directions.get(0))),
                    expectation("random direction", Dense.form(predicted, directions.get(1))));
        }

        private Expectation expectation(String statistic, double value) {
            double deviation = Math.sqrt(variance);
            List<Alternative> wrong = List.of(
                    Alternative.mustReject(NO_BATCH, value * subject.batch()),
                    new Alternative(NOT_SQUARED, value / deviation, Math.abs(deviation - 1) > 0.1));
            return new Expectation(subject.name + ", " + statistic, value, 0, value, wrong);
        }

        List<Estimate> measure(long seed, int draws) {
            int steps = draws / InjectedNoise.LANES;
            InjectedNoise noise = new InjectedNoise(
                    subject.setting, subject.sgd(subject.law, seed), subject.sgd(NoiseLaw.NONE, seed));
            int count = predicted.numRows;
            RunningEstimate trace = new RunningEstimate();
            List<RunningEstimate> along = List.of(new RunningEstimate(), new RunningEstimate());
            double[] one = new double[count];
            double[] sums = new double[count * count];
            for (int k = 0; k < steps; k++) {
                Interruption.check();
                double[] drawn = noise.draw(k);
                for (int l = 0; l < InjectedNoise.LANES; l++) {
                    for (int i = 0; i < count; i++) {
                        one[i] = drawn[i * InjectedNoise.LANES + l];
                    }
                    trace.add(dot(one, one));
                    for (int d = 0; d < along.size(); d++) {
                        double projected = dot(directions.get(d).data, one);
                        along.get(d).add(projected * projected);
                    }
                    for (int e = 0; e < sums.length; e++) {
                        sums[e] += one[e / count] * one[e % count];
                    }
                }
            }
            measured = new DMatrixRMaj(count, count, true, sums);
            CommonOps_DDRM.scale(1.0 / ((long) steps * InjectedNoise.LANES), measured);
            return List.of(
                    trace.estimate(seed),
                    along.get(0).estimate(seed),
                    along.get(1).estimate(seed));
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < b.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        /** Every entry of the measured matrix against the predicted one. */
        Figure figure() {
            double[] x = Dense.array(predicted);
            double[] y = Dense.array(measured);
            double[] unbatched = Dense.array(Dense.scaled(subject.batch(), predicted));
            return Figure.named("noise-covariance-entries")
                    .title("Covariance of the injected noise, entry by entry")
                    .caption("Measured against predicted entries for " + subject.name
                            + ". The theory is the diagonal; the wrong theory is far from it.")
                    .x("predicted entry of ηλG")
                    .y("entry")
                    .points(Role.FALSIFICATION, NO_BATCH, x, unbatched)
                    .line(Role.PREDICTED, "ηλG", sorted(x), sorted(x))
                    .points(Role.MEASURED, "measured", x, y)
                    .build();
        }

        private static double[] sorted(double[] values) {
            double[] out = values.clone();
            Arrays.sort(out);
            return out;
        }
    }
}
