package dev.lowland.theory.claims.drift;

import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Parallel;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One drift with momentum: its prediction, the wrong ones, and the projection on the predicted displacement. For one
 * thread.
 */
final class MomentumDrift {

    private static final String FLOW = "heavy ball on L + λR";

    private final DriftCase subject;
    private final ClaimContext context;
    private final double distinct;
    private final DriftPath theory;
    private final List<DriftPath> wrong;
    private final DMatrixRMaj along;

    MomentumDrift(DriftCase subject, ClaimContext context, double distinct) {
        this.subject = subject;
        this.context = context;
        this.distinct = distinct;
        List<DriftPath> paths = Parallel.run(
                context.threads(),
                List.of(
                        () -> subject.theory(FLOW, Theory.paper()),
                        () -> subject.otherStrength(Momentum.NO_FACTOR, 1 - subject.momentum()),
                        () -> subject.momentumIgnoredInR(Momentum.RATE),
                        () -> subject.plain(Momentum.PLAIN)));
        along = Dense.unit(paths.get(0).end());
        theory = context.theory().equals(Theory.paper()) ? paths.get(0) : subject.theory(FLOW, context.theory());
        wrong = paths.subList(1, paths.size());
    }

    Expectation expectation() {
        double displacement = Dense.norm(theory.end());
        double predicted = Dense.dot(along, theory.end());
        List<Alternative> alternatives = new ArrayList<>();
        for (DriftPath path : wrong) {
            double value = Dense.dot(along, path.end());
            if (Double.isFinite(value)) {
                alternatives.add(
                        new Alternative(path.name(), value, Math.abs(value - predicted) > distinct * displacement));
            }
        }
        return subject.expectation(subject.name() + ", drift", predicted, displacement, alternatives);
    }

    List<Estimate> measure(long seed, int replicas) {
        return subject.measure(List.of(along), replicas, context.threads(), seed);
    }

    boolean isDrawable() {
        return subject.isDrawable(theory, along);
    }

    Figure figure() {
        return subject.figure("momentum", "Drift with momentum", along, theory, wrong);
    }
}
