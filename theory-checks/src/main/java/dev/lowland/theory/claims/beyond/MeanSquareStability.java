package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
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
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 26: when mini-batch SGD leaves a point of zero loss in the mean square, and how fast. */
public final class MeanSquareStability implements Claim {

    private static final String CURVATURE = "2/λmax";
    private static final String ANY_BATCH = "a threshold that does not depend on B";
    private static final String REPLACEMENT = "drawn with replacement, where it is without";

    /** η over its threshold. */
    private static final double[] RATES = {0.95, 1.05};

    /** The rates of the curves in the figure, over their threshold. */
    private static final int CURVE = 60;

    private static final int SAMPLES = 3;
    private static final double CONDITIONING = 0.1;

    /** Distance of the start from the point of zero loss, and steps. */
    private static final double DISTANCE = 1e-6;

    private static final long STEPS = 2;
    private static final int REPLICAS = 3 << 16;

    /**
     * The allowance for the network's curvature between θ* and where replicas are, as a share, in units of their
     * distance: numbers of the size of 1 make one of the size of 1.
     */
    private static final double NONLINEAR = 100;

    /** How a batch is drawn. */
    private record Drawing(String name, int size, boolean replaced) {
        BatchLaw law() {
            return replaced ? Batches.withReplacement(size) : Batches.distinct(size);
        }

        /** What stands before the sampling term. */
        double share(int samples) {
            return replaced ? 1.0 / size : (samples - size) / (size * (samples - 1.0));
        }
    }

    private static final List<Drawing> DRAWINGS = List.of(
            new Drawing("B = 1", 1, true),
            new Drawing("B = 2", 2, true),
            new Drawing("B = 2 of 3, distinct", 2, false));

    @Override
    public String name() {
        return "mean-square-stability";
    }

    @Override
    public int number() {
        return 26;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Near a point of zero loss mini-batch SGD without label noise grows in the mean square if and only if the spectral radius of a linear map of "
                + "covariances exceeds 1; the learning rate at which it does is below 2/λmax and depends on the batch size and on how the batch is drawn.";
    }

    @Override
    public String formula() {
        return "S ↦ (I − ηG)S(I − ηG) + fη²[(1/n)Σ g_i g_iᵀSg_i g_iᵀ − GSG], f = 1/B with replacement, (n − B)/(B(n − 1)) without; from its "
                + "eigenmatrix E‖θ_k − θ*‖² grows by its spectral radius in every step";
    }

    @Override
    public String source() {
        return "Mulayoff, Michaeli 2024 (arXiv 2306.07850); the growth from the eigenmatrix is derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("the spectral radius of the map of covariances, by powers (`SecondMoments`)");
    }

    @Override
    public String method() {
        return "A linear model, where the statement is exact, and a network of tanh units, " + SAMPLES
                + " samples each, from the first random zero-loss point conditioned better than "
                + InWords.number(CONDITIONING)
                + "; B = 1 and B = 2 with replacement, B = 2 without. The threshold η* is where the radius is 1; η = "
                + InWords.list(RATES)
                + " η*. Replicas start at θ* + εu, u an eigenvector of the eigenmatrix of the map, as many from each as its eigenvalue says, and take "
                + STEPS
                + " steps; statistic: the mean of ‖θ_k − θ*‖²/ε² weighted so that it starts at 1. It is predicted to be the radius to the power k: exactly for the linear model, for the network to a share of "
                + InWords.number(NONLINEAR)
                + "ε, ε = " + InWords.number(DISTANCE)
                + ", the bias. The effect is the predicted value. The theory with 2/λmax has max (1 − ηh)² for the radius, the one whose threshold does not depend "
                + "on B that of the other batch size, B = 2 for 1 and 1 for 2. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(CURVATURE, ANY_BATCH, REPLACEMENT);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.LINEAR, Families.MLP_TANH);
        double count = families.size() * DRAWINGS.size() * RATES.length;
        StringBuilder thresholds = new StringBuilder();
        for (Families family : families) {
            Setting setting = family.zeroLoss(SAMPLES, s -> s.rank() == SAMPLES && s.conditioning() > CONDITIONING);
            for (Drawing drawing : DRAWINGS) {
                SecondMoments moments = moments(setting, drawing);
                double threshold = moments.threshold();
                thresholds
                        .append(thresholds.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%.3f", threshold * setting.top()));
                for (double rate : RATES) {
                    context.progress().advance(cases.size() / count, setting.family() + ", " + drawing.name());
                    cases.addAll(check(setting, drawing, moments, rate, threshold, context));
                }
            }
            figures.add(figure(setting, cases.subList(cases.size() - DRAWINGS.size() * RATES.length, cases.size())));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d growths of the mean square, largest relative error %.2f %%; thresholds at ηλmax = %s",
                cases.size(),
                100 * worst,
                thresholds);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static SecondMoments moments(Setting setting, Drawing drawing) {
        return SecondMoments.of(setting, drawing.share(setting.objective().sampleCount()));
    }

    private List<CaseResult> check(
            Setting setting,
            Drawing drawing,
            SecondMoments moments,
            double rate,
            double threshold,
            ClaimContext context) {
        String title = String.format(Locale.ROOT, "%s, %s, η = %.2f η*", setting.family(), drawing.name(), rate);
        double learningRate = rate * threshold;
        double factor = context.theory().lambdaFactor() * context.theory().gradientFactor();
        double predicted = factor * grown(moments.radius(learningRate));
        List<Alternative> wrong = new ArrayList<>();
        wrong.add(Alternative.mustReject(CURVATURE, grown(moments.fullBatch(learningRate))));
        SecondMoments other = moments(setting, DRAWINGS.get(drawing.size() == 1 ? 1 : 0));
        wrong.add(Alternative.mustReject(ANY_BATCH, grown(other.radius(learningRate))));
        if (!drawing.replaced()) {
            SecondMoments replaced = moments(setting, DRAWINGS.get(1));
            wrong.add(Alternative.mustReject(REPLACEMENT, grown(replaced.radius(learningRate))));
        }
        double bias = setting.family().equals(Families.LINEAR.title()) ? 0 : NONLINEAR * DISTANCE * predicted;
        Expectation expectation = new Expectation(title, predicted, bias, predicted, wrong);
        Optimiser optimiser = Optimiser.of(Rules.plain(), learningRate).withBatches(drawing.law());
        SecondMoments.Eigenmatrix start = moments.eigenmatrix(learningRate);
        return PlannedStages.judge(
                context,
                Seeds.derive(context.seed(), name() + " " + title),
                REPLICAS,
                List.of(expectation),
                (seed, replicas) ->
                        List.of(measure(setting, optimiser.withSeed(seed), start, replicas, context.threads())));
    }

    private static double grown(double radius) {
        return Math.pow(radius, STEPS);
    }

    /** The mean of ‖θ_k − θ*‖²/ε² over starts along the eigenvectors, as many as their eigenvalues say. */
    private static Estimate measure(
            Setting setting, Optimiser optimiser, SecondMoments.Eigenmatrix start, int replicas, int threads) {
        int size = setting.parameters();
        int[] ends = ends(start.weights(), replicas);
        double[] laned = new double[size * replicas];
        for (int i = 0; i < size; i++) {
            int direction = 0;
            for (int r = 0; r < replicas; r++) {
                while (r >= ends[direction]) {
                    direction++;
                }
                laned[i * replicas + r] =
                        setting.theta().data[i] + DISTANCE * start.vectors().get(i, direction);
            }
        }
        OptimiserState state = OptimiserState.of(0, optimiser.seed(), 0, replicas, laned, Map.of());
        DMatrixRMaj states =
                Runs.from(setting, optimiser, state, threads, STEPS).states(0);
        double value = 0;
        double variance = 0;
        int r = 0;
        for (int j = 0; j < ends.length; j++) {
            RunningEstimate mean = new RunningEstimate();
            for (; r < ends[j]; r++) {
                double square = 0;
                for (int i = 0; i < size; i++) {
                    double way = (states.get(r, i) - setting.theta().data[i]) / DISTANCE;
                    square += way * way;
                }
                mean.add(square);
            }
            Estimate one = mean.estimate(optimiser.seed());
            value += start.weights()[j] * one.value();
            variance += Math.pow(start.weights()[j] * one.standardError(), 2);
        }
        return new Estimate(value, Math.sqrt(variance), replicas, optimiser.seed());
    }

    /** Behind the last replica of each eigenvector; each has at least two. */
    private static int[] ends(double[] weights, int replicas) {
        int[] ends = new int[weights.length];
        int spare = replicas - 2 * weights.length;
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j];
            ends[j] = 2 * (j + 1) + (int) Math.round(Math.min(1, Math.max(0, sum)) * spare);
        }
        ends[weights.length - 1] = replicas;
        return ends;
    }

    /** The radius against the learning rate, and what was measured, as growth in a step. */
    private static Figure figure(Setting setting, List<CaseResult> cases) {
        double[] full = new double[CURVE];
        double[] rates = new double[CURVE];
        for (int i = 0; i < CURVE; i++) {
            rates[i] = 2.0 * (i + 1) / CURVE;
            full[i] = moments(setting, DRAWINGS.get(0)).fullBatch(setting.learningRate(rates[i]));
        }
        Figure.Builder builder = Figure.named("mean-square-stability-" + Figure.slug(setting.family()))
                .title("Growth of the mean square in a step: " + setting.family())
                .caption("Where a curve is above 1 the variance grows. The one of the full batch crosses at 2/λmax.")
                .x("ηλmax")
                .y("growth in a step")
                .line(Role.FALSIFICATION, CURVATURE, rates, full);
        double[] at = new double[cases.size()];
        double[] measured = new double[cases.size()];
        for (int d = 0; d < DRAWINGS.size(); d++) {
            SecondMoments moments = moments(setting, DRAWINGS.get(d));
            double threshold = moments.threshold();
            double[] x = new double[CURVE];
            double[] y = new double[CURVE];
            for (int i = 0; i < CURVE; i++) {
                double learningRate = 1.2 * threshold * (i + 1) / CURVE;
                x[i] = learningRate * setting.top();
                y[i] = moments.radius(learningRate);
            }
            builder.line(Role.PREDICTED, DRAWINGS.get(d).name(), x, y);
            for (int i = 0; i < RATES.length; i++) {
                int index = d * RATES.length + i;
                at[index] = RATES[i] * threshold * setting.top();
                measured[index] = Math.pow(cases.get(index).measured(), 1.0 / STEPS);
            }
        }
        return builder.points(Role.MEASURED, "measured", at, measured).build();
    }
}
