package dev.lowland.theory.claims.beyond;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Claim 29: label noise of unequal variances in the outputs has no potential.
 *
 * <p>Its covariance (η²/B)(1/n) Σ σ_o² g_io g_ioᵀ is no multiple of G, so S does not commute with H, and the drift
 * −½∇³L[S] is no gradient along the valley: around a loop its circulation is not 0.
 */
public final class UnequalLabelNoise implements Claim {

    private static final String POTENTIAL = "a potential";
    private static final String MEAN = "R with the mean of the variances";

    /** σ_o² over their mean. */
    private static final double[] VARIANCES = {1.8, 0.2};

    /** ηλmax of each problem. */
    private static final double[] SHARPNESS = {0.3, 1.2};

    /** λ of the mean variance, for each of them. */
    private static final double[] STRENGTH = {1e-3, 4e-4};

    private static final double RADIUS = 0.05;

    /** Of the curl that two radii extrapolate to, and that of differences. */
    private static final double TOLERANCE = 1e-4;

    private static final double DISPLACEMENT = 0.2;
    private static final int REPLICAS = 256;
    private static final Ladder LADDER = new Ladder(4, 2);

    /** The stream of the problem; not the seed of a check. */
    private static final long PROBLEM = 29;

    private static final int SAMPLES = 2;

    @Override
    public String name() {
        return "unequal-label-noise";
    }

    @Override
    public int number() {
        return 29;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Label noise whose variance differs from output to output drifts along −½∇³L[S] with an S of its own; that field has in general no potential: "
                + "its circulation around a loop along the valley is not zero. With equal variances it is.";
    }

    @Override
    public String formula() {
        return "S = (I − ηG)S(I − ηG) + (η²/B)(1/n) Σ_i Σ_o σ_o² g_io g_ioᵀ; ∮⟨½∇³L[S], dx⟩ ≠ 0, but = 0 where all σ_o are equal";
    }

    @Override
    public String source() {
        return "derived here from the covariance of section 3 of Damian, Ma, Lee 2021";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`Fluctuations` with a σ for each output");
    }

    @Override
    public String method() {
        return "A network of two inputs, two tanh units and two outputs with " + SAMPLES
                + " random samples at zero loss, full batch, ηλmax = " + InWords.list(SHARPNESS) + ", variances "
                + InWords.list(VARIANCES)
                + " times their mean. Circulation of ½∇³L[S]/λ around the zero-loss points over a circle, over its area, with radii "
                + InWords.number(RADIUS)
                + " and half of it, extrapolated; against the curl at the middle by central differences, to "
                + InWords.number(TOLERANCE)
                + " of it. With equal variances the circulation is zero, to "
                + InWords.number(ToleranceRule.IDENTITY)
                + " of what it would be if the field went along the loop. Drift: λ of the mean variance "
                + InWords.list(STRENGTH) + "; T is such that it goes " + InWords.number(DISPLACEMENT)
                + " at its first speed; at least " + REPLICAS
                + " replicas at λ and 4λ, with T and T/4 steps; statistic: the projection of the extrapolated mean displacement over the second half of the slow "
                + "time on the predicted one, which is the effect. " + LadderTrial.ALLOWANCE
                + ". A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(POTENTIAL, MEAN);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        Setting setting = setting();
        for (int i = 0; i < SHARPNESS.length; i++) {
            context.progress().advance(i / (double) SHARPNESS.length, "ηλmax = " + SHARPNESS[i]);
            figures.add(circulations(setting, SHARPNESS[i], context, cases));
            figures.add(drift(setting, SHARPNESS[i], STRENGTH[i], context, cases));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d circulations and drifts, largest relative error %.2f %%", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    static Setting setting() {
        Model model = Models.mlp(2, 2, 2).withActivation(Activation.TANH);
        DMatrixRMaj inputs = new DMatrixRMaj(SAMPLES, 2);
        RandomStream.of(PROBLEM, 0, Purpose.DATA).fillGaussian(0, inputs.getNumElements(), inputs.data, 0, 1);
        DMatrixRMaj theta = new DMatrixRMaj(model.parameterCount(), 1);
        RandomStream.of(PROBLEM, 0, Purpose.INITIALISATION).fillGaussian(0, theta.numRows, theta.data, 0, 1);
        DMatrixRMaj targets = new DMatrixRMaj(SAMPLES, 2);
        Objective.of(model, Losses.square(), Data.of(inputs, targets.copy())).predictions(theta, targets);
        return new Setting("two outputs", Objective.of(model, Losses.square(), Data.of(inputs, targets)), theta);
    }

    private static Optimiser optimiser(Setting setting, double sharpness, double strength, double... variances) {
        double learningRate = setting.learningRate(sharpness);
        double mean = strength * setting.objective().sampleCount() / learningRate;
        double[] deviations = new double[variances.length];
        for (int o = 0; o < variances.length; o++) {
            deviations[o] = Math.sqrt(mean * variances[o]);
        }
        return Optimiser.of(Rules.plain(), learningRate)
                .withNoise(Noise.rademacher(0).withDeviations(deviations));
    }

    /** S where the mean variance has λ = 1; its drift is that of ½∇³L[S] over its own strength. */
    private static Fluctuations unit(Setting setting, double sharpness, double... variances) {
        return Fluctuations.of(setting.objective(), optimiser(setting, sharpness, 1, variances));
    }

    private Figure circulations(Setting setting, double sharpness, ClaimContext context, List<CaseResult> cases) {
        String title = String.format(Locale.ROOT, "ηλmax = %.1f", sharpness);
        ValleyLoop loop = new ValleyLoop(
                setting.objective(),
                setting.theta(),
                setting.eigenvector(setting.rank()),
                setting.eigenvector(setting.rank() + 1));
        DriftField unequal = unit(setting, sharpness, VARIANCES).drift();
        DriftField equal = unit(setting, sharpness, 1, 1).drift();
        double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
        double curl = factor * loop.curl(unequal);
        double wide = loop.around(unequal, RADIUS).value();
        double narrow = loop.around(unequal, RADIUS / 2).value();
        double extrapolated = (4 * narrow - wide) / 3;
        cases.add(ToleranceRule.judge(
                title + ", curl of unequal noise",
                new double[] {curl},
                new double[] {extrapolated},
                Math.abs(curl),
                TOLERANCE,
                List.of(ToleranceRule.Wrong.mustReject(POTENTIAL, new double[] {0}))));
        ValleyLoop.Circulation none = loop.around(equal, RADIUS);
        cases.add(ToleranceRule.judge(
                title + ", circulation of equal noise",
                new double[] {0},
                new double[] {none.value()},
                none.size(),
                ToleranceRule.IDENTITY,
                List.of()));
        double[] radii = new double[8];
        double[] one = new double[radii.length];
        double[] other = new double[radii.length];
        double[] middle = new double[radii.length];
        for (int i = 0; i < radii.length; i++) {
            radii[i] = RADIUS * (i + 1) / 2;
            one[i] = loop.around(unequal, radii[i]).value();
            other[i] = loop.around(equal, radii[i]).value();
            middle[i] = curl;
        }
        return Figure.named("unequal-label-noise-loop-" + Figure.slug(title))
                .title("Circulation of the drift around a loop of zero loss: " + title)
                .caption("Over the area, against the radius. A field with a potential has none.")
                .x("radius")
                .y("circulation over area")
                .line(Role.FALSIFICATION, POTENTIAL, radii, new double[radii.length])
                .line(Role.PREDICTED, "curl at the middle", radii, middle)
                .points(Role.MEASURED, "unequal variances", radii, one)
                .points(Role.REFERENCE, "equal variances", radii, other)
                .build();
    }

    private Figure drift(
            Setting setting, double sharpness, double strength, ClaimContext context, List<CaseResult> cases) {
        double learningRate = setting.learningRate(sharpness);
        DriftField field = unit(setting, sharpness, VARIANCES).drift();
        double own = strength * unit(setting, sharpness, VARIANCES).strength();
        DMatrixRMaj slope = new DMatrixRMaj(setting.parameters(), 1);
        field.evaluator().field(setting.theta(), slope);
        double speed = learningRate * own * Dense.norm(Dense.times(setting.nullProjector(), slope));
        LadderTrial trial = new LadderTrial(
                String.format(Locale.ROOT, "ηλmax = %.1f, drift", sharpness),
                setting,
                LADDER,
                rung -> optimiser(setting, sharpness, strength * Math.pow(LADDER.ratio(), rung), VARIANCES),
                DISPLACEMENT / speed);
        double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
        DriftPath paper = trial.slowFlow("−½∇³L[S]", field, learningRate, own);
        DriftPath theory = factor == 1 ? paper : trial.slowFlow("−½∇³L[S]", field, learningRate, factor * own);
        List<DriftPath> wrong = List.of(
                trial.slowFlow(MEAN, Regularizer.of(setting.objective(), learningRate, 0), learningRate, strength));
        cases.add(trial.judge(context, paper, theory, wrong, List.of(), REPLICAS, name()));
        return trial.figure(name(), "Drift of unequal label noise", Dense.unit(LadderTrial.late(paper)), theory, wrong);
    }
}
