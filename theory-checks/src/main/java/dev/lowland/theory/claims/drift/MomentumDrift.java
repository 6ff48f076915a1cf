package dev.lowland.theory.claims.drift;

import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Parallel;
import dev.lowland.theory.experiment.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One drift with momentum: its prediction, the wrong ones, and the projection on the predicted displacement. For one
 * thread.
 */
final class MomentumDrift {

    private final DriftCase subject;
    private final ClaimContext context;
    private final double distinct;
    private final DriftCase.Path theory;
    private final List<DriftCase.Path> wrong;
    private final DMatrixRMaj along;
    private final double[] measured = new double[DriftCase.CHECKPOINTS];
    private final double[] errors = new double[DriftCase.CHECKPOINTS];

    MomentumDrift(DriftCase subject, ClaimContext context, double distinct) {
        this.subject = subject;
        this.context = context;
        this.distinct = distinct;
        List<DriftCase.Path> paths = Parallel.run(
                context.threads(),
                List.of(
                        () -> subject.theory(Theory.paper()),
                        () -> subject.otherStrength(Momentum.NO_FACTOR, 1 - subject.momentum()),
                        () -> subject.momentumIgnoredInR(Momentum.RATE),
                        () -> subject.plain(Momentum.PLAIN)));
        along = Dense.unit(paths.get(0).end());
        theory = context.theory().equals(Theory.paper()) ? paths.get(0) : subject.theory(context.theory());
        wrong = paths.subList(1, paths.size());
    }

    Expectation expectation() {
        double displacement = Dense.norm(theory.end());
        double predicted = Dense.dot(along, theory.end());
        List<Alternative> alternatives = new ArrayList<>();
        for (DriftCase.Path path : wrong) {
            double value = Dense.dot(along, path.end());
            if (Double.isFinite(value)) {
                alternatives.add(
                        new Alternative(path.name(), value, Math.abs(value - predicted) > distinct * displacement));
            }
        }
        boolean defined = Double.isFinite(displacement) && displacement > 0;
        return new Expectation(
                subject.name() + ", drift",
                predicted,
                defined ? subject.bias(displacement) : 0,
                defined ? displacement : 1,
                alternatives);
    }

    List<Estimate> measure(long seed, int replicas) {
        Runs weak = Runs.moments(
                subject.setting(), subject.sgd(1, seed), replicas, context.threads(), subject.checkpoints(1));
        Runs strong = Runs.moments(
                subject.setting(),
                subject.sgd(4, Seeds.derive(seed, "4λ")),
                replicas,
                context.threads(),
                subject.checkpoints(4));
        double start = Dense.dot(along, subject.setting().theta());
        Estimate last = new Estimate(Double.NaN, Double.NaN, replicas, seed);
        for (int i = 0; i < DriftCase.CHECKPOINTS; i++) {
            Estimate one = weak.meanAlong(i, along, start);
            Estimate four = strong.meanAlong(i, along, start);
            last = new Estimate(
                    (4 * one.value() - four.value()) / 3,
                    Math.hypot(4 * one.standardError(), four.standardError()) / 3,
                    one.samples() + four.samples(),
                    seed);
            measured[i] = last.value();
            errors[i] = last.standardError();
        }
        return List.of(last);
    }

    /** Whether there are numbers to draw: a theory may be undefined on the way. */
    boolean isDrawable() {
        return Arrays.stream(projected(theory)).allMatch(Double::isFinite)
                && Arrays.stream(measured).allMatch(Double::isFinite);
    }

    /** Projections on the predicted displacement against the number of steps. */
    Figure figure() {
        long[] checkpoints = subject.checkpoints(1);
        double[] steps = new double[checkpoints.length];
        double[] low = new double[checkpoints.length];
        double[] high = new double[checkpoints.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = checkpoints[i];
            low[i] = measured[i] - 4 * errors[i];
            high[i] = measured[i] + 4 * errors[i];
        }
        String slug = subject.name()
                .replace("β =", "momentum")
                .replace("eλmax =", "sharpness")
                .replaceAll("[^a-z0-9.]+", "-");
        Figure.Builder builder = Figure.named("momentum-" + slug)
                .title("Drift with momentum: " + subject.name())
                .caption("Motion along the predicted displacement. Band: mean of the runs, ± 4 standard errors.")
                .x("steps")
                .y("distance");
        for (DriftCase.Path path : wrong) {
            double[] distances = projected(path);
            if (Arrays.stream(distances).allMatch(Double::isFinite)) {
                builder.line(Role.FALSIFICATION, path.name(), steps, distances);
            }
        }
        return builder.line(Role.PREDICTED, "heavy ball on L + λR", steps, projected(theory))
                .band(Role.MEASURED, "mean of the runs", steps, low, high)
                .points(Role.MEASURED, "mean", steps, measured)
                .build();
    }

    private double[] projected(DriftCase.Path path) {
        double[] out = new double[DriftCase.CHECKPOINTS];
        for (int i = 0; i < out.length; i++) {
            out[i] = (4 * Dense.dot(along, path.weak().get(i))
                            - Dense.dot(along, path.strong().get(i)))
                    / 3;
        }
        return out;
    }
}
