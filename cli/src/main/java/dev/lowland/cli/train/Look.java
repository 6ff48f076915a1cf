package dev.lowland.cli.train;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.study.Accuracy;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.core.linalg.trace.TraceEstimate;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.GradientNoise;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.sgd.Optimiser;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Measures a point of a training. The random vectors are the same at every look, so that looks can be compared. For one
 * thread at a time.
 */
final class Look {
    /** Beyond it the products that curvature is made of may leave the range of numbers. */
    private static final double LARGEST_LOSS = 1e50;

    private static final double TOLERANCE = 1e-3;
    private static final int PROBES = 4;
    /** Up to so many parameters R is exact; an eigenvalue costs as much as an estimate of all. */
    private static final int EXACT_UP_TO = 200;

    private final Objective objective;
    private final Optional<Objective> heldOut;
    private final Optimiser optimiser;
    private final LookPlan plan;
    private final Curvature curvature;
    private final long stepsPerEpoch;
    private final double labelNoise;

    Look(Problem problem, Optimiser optimiser, LookPlan plan) {
        this.objective = problem.objective();
        this.heldOut = problem.heldOutObjective();
        this.optimiser = optimiser;
        this.plan = plan;
        this.curvature = Curvature.of(objective)
                .withThreads(optimiser.threads())
                .withSeed(optimiser.seed())
                .withTolerance(TOLERANCE);
        this.stepsPerEpoch = optimiser.batches().stepsPerEpoch(objective.sampleCount());
        this.labelNoise = optimiser.noise().deviation() > 0 ? optimiser.noise().deviation() : 1;
    }

    /** After step k of {@code last}. */
    TrainingRow at(long step, long last, DMatrixRMaj theta) {
        double rate = optimiser.schedule().at(Math.max(0, step - 1));
        double loss = objective.loss(theta);
        TrainingRow.Builder row = new TrainingRow.Builder()
                .put(Measure.STEP, (double) step)
                .put(Measure.EPOCH, (double) step / stepsPerEpoch)
                .put(Measure.LEARNING_RATE, rate)
                .put(Measure.LOSS, loss)
                .put(Measure.TRAIN_ACCURACY, Accuracy.at(objective, theta));
        heldOut.ifPresent(other ->
                row.put(Measure.TEST_LOSS, other.loss(theta)).put(Measure.TEST_ACCURACY, Accuracy.at(other, theta)));
        if (loss <= LARGEST_LOSS) {
            if (plan.hasCurvature(step, last)) {
                curvature(row, theta);
            }
            if (plan.hasRegularizer(step, last)) {
                regularizer(row, theta, rate);
            }
        }
        return row.build();
    }

    private void curvature(TrainingRow.Builder row, DMatrixRMaj theta) {
        TraceEstimate trace = curvature.trace(theta, plan.products());
        row.put(Measure.TRACE, trace.value()).put(Measure.TRACE_ERROR, trace.standardError());
        Eigenpairs top = curvature.top(theta, 1);
        row.put(Measure.TOP, top.values()[0]).put(Measure.TOP_ERROR, top.residuals()[0]);
        if (objective.loss().hasMinimum()) {
            GradientNoise.Estimate noise = GradientNoise.trace(
                    objective, theta, optimiser.batchSize(objective), labelNoise, plan.batches(), optimiser.seed());
            row.put(Measure.NOISE_TRACE, noise.value()).put(Measure.NOISE_TRACE_ERROR, noise.standardError());
        }
    }

    /** Where there is an R: of plain SGD or heavy ball, and a loss that has a minimum. */
    private void regularizer(TrainingRow.Builder row, DMatrixRMaj theta, double rate) {
        UpdateRule rule = optimiser.rule();
        boolean ball = rule.name().equals("heavy-ball");
        if (!objective.loss().hasMinimum() || !(ball || rule.name().equals("plain"))) {
            return;
        }
        RegularizerSettings settings = RegularizerSettings.standard()
                .withMethod(
                        objective.parameterCount() <= EXACT_UP_TO
                                ? RegularizerMethod.EXACT
                                : RegularizerMethod.STOCHASTIC)
                .withProbes(PROBES)
                .withDeflated(1)
                .withLanczos(RegularizerSettings.standard().maxSteps(), TOLERANCE)
                .withSeed(optimiser.seed())
                .withThreads(optimiser.threads());
        PotentialValue value = Regularizer.of(objective, rate, ball ? rule.numbers()[0] : 0)
                .withSettings(settings)
                .at(theta);
        if (value.status() != PotentialStatus.UNDEFINED) {
            row.put(Measure.REGULARIZER, value.value()).put(Measure.REGULARIZER_ERROR, value.standardError());
        }
    }
}
