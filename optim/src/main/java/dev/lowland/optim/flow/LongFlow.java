package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A slow flow in long steps along the valley. Plain steps are taken until the state has settled on the valley floor;
 * then {@link ValleyStep} goes on with the error of a step held to its share of the tolerance; where long steps do not
 * pay, plain steps are taken again. For one thread.
 *
 * <p>What long steps leave out is how far the flow lags behind the floor, and what its moving in steps does beyond
 * first order: now and then plain steps are taken beside a long one, and the difference is added to the error as a
 * rate.
 */
final class LongFlow {

    /** A long step of fewer steps costs more than the steps. */
    private static final long SHORTEST = 32;

    /** Plain steps taken where long ones do not pay. */
    private static final long BURST = 1_024;

    private static final long FIRST = 64;
    private static final double SETTLED = 0.1;
    private static final double SAFETY = 0.9;

    private final SlowFlow flow;
    private final double tolerance;
    private final double lagAllowed;
    private final int size;
    private final FlowDescent descent;
    private final FlowDescent beside;
    private final ValleyField field;
    private final ValleyStep valleyStep;
    private final ValleyStep besideStep;
    private final DMatrixRMaj position;
    private final DMatrixRMaj velocity;
    private final List<SlowFlowResult.Point> path = new ArrayList<>();
    private long step;
    private long end;
    private boolean settled;
    private double stride = FIRST;
    private double error;
    private double defectRate;
    private long longSteps;
    private long plainSteps;

    private LongFlow(SlowFlow flow, double tolerance, double lagAllowed, DMatrixRMaj start) {
        this.flow = flow;
        this.tolerance = tolerance;
        this.lagAllowed = lagAllowed;
        this.size = start.numRows;
        this.descent = new FlowDescent(flow);
        this.beside = new FlowDescent(flow);
        this.field = new ValleyField(flow);
        this.valleyStep = new ValleyStep(field, size);
        this.besideStep = new ValleyStep(field, size);
        this.position = new DMatrixRMaj(size, 1);
        this.velocity = new DMatrixRMaj(size, 1);
        descent.set(start, new double[size]);
    }

    /**
     * Runs twice, the second time with a tolerance for which the error is 32 times smaller, and returns the second with
     * the difference as part of its error.
     */
    static SlowFlowResult run(SlowFlow flow, double tolerance, DMatrixRMaj start, long[] checkpoints) {
        SlowFlowResult coarse = new LongFlow(flow, tolerance, SETTLED * tolerance, start).run(checkpoints);
        SlowFlowResult fine = new LongFlow(flow, tolerance / 32, SETTLED * tolerance, start).run(checkpoints);
        List<SlowFlowResult.Point> path = new ArrayList<>();
        double difference = 0;
        for (int i = 0; i < fine.path().size(); i++) {
            SlowFlowResult.Point point = fine.path().get(i);
            if (i < coarse.path().size()) {
                difference = Norms.distance(coarse.path().get(i).parameters().data, point.parameters().data);
            }
            path.add(new SlowFlowResult.Point(point.step(), point.parameters(), point.errorEstimate() + difference));
        }
        return new SlowFlowResult(
                fine.status(),
                fine.steps(),
                fine.parameters(),
                path,
                fine.errorEstimate() + difference,
                coarse.longSteps() + fine.longSteps(),
                coarse.plainSteps() + fine.plainSteps());
    }

    private SlowFlowResult run(long[] checkpoints) {
        end = checkpoints[checkpoints.length - 1];
        for (long checkpoint : checkpoints) {
            FlowStatus status = to(checkpoint);
            if (status != FlowStatus.FINISHED) {
                return result(status, descent.theta());
            }
            path.add(new SlowFlowResult.Point(step, here().copy(), error));
        }
        return result(FlowStatus.FINISHED, here());
    }

    private DMatrixRMaj here() {
        return settled ? position : descent.theta();
    }

    private SlowFlowResult result(FlowStatus status, DMatrixRMaj where) {
        return new SlowFlowResult(status, step, where.copy(), path, error, longSteps, plainSteps);
    }

    private FlowStatus to(long checkpoint) {
        long chunk = FIRST;
        while (step < checkpoint) {
            if (settled) {
                if (!longStep(checkpoint)) {
                    descent.set(position, velocity.data);
                    settled = false;
                    stride = FIRST;
                    chunk = BURST;
                }
            } else {
                FlowStatus status = plain(Math.min(chunk, checkpoint - step));
                if (status != FlowStatus.FINISHED) {
                    return status;
                }
                chunk = Math.max(chunk, plainSteps / 4);
                settle();
            }
        }
        return FlowStatus.FINISHED;
    }

    private FlowStatus plain(long count) {
        for (long k = 0; k < count; k++) {
            FlowStatus status = descent.step();
            if (status != FlowStatus.FINISHED) {
                return status;
            }
            step++;
            plainSteps++;
        }
        return FlowStatus.FINISHED;
    }

    /**
     * Whether the state is on the floor and moves with it, within a share of the tolerance, which is then part of the
     * error.
     */
    private void settle() {
        System.arraycopy(descent.theta().data, 0, position.data, 0, size);
        if (!field.at(position, velocity)) {
            return;
        }
        double lag = Norms.distance(position.data, descent.theta().data);
        double behind = flow.momentum() == 0
                ? 0
                : Norms.distance(velocity.data, descent.velocity()) * flow.momentum() / (1 - flow.momentum());
        if (lag + behind <= lagAllowed) {
            settled = true;
            error += lag + behind;
        }
    }

    /** Takes one long step, if one pays. */
    private boolean longStep(long checkpoint) {
        while (true) {
            long steps = Math.min((long) stride, checkpoint - step);
            if (steps < Math.min(SHORTEST, checkpoint - step)) {
                return false;
            }
            double allowed = tolerance * steps / end;
            boolean defined = valleyStep.attempt(position, velocity, (double) steps);
            if (defined && valleyStep.error() <= allowed) {
                accept(steps, allowed);
                return true;
            }
            double factor = defined ? SAFETY * Math.pow(allowed / valleyStep.error(), 0.25) : 0.25;
            stride = steps * Math.max(0.2, Math.min(factor, SAFETY));
            if (steps <= SHORTEST) {
                return false;
            }
        }
    }

    private void accept(long steps, double allowed) {
        if ((longSteps & (longSteps - 1)) == 0) {
            measureDefect();
        }
        error += defectRate * steps;
        double ratio = allowed / Math.max(valleyStep.error(), Double.MIN_NORMAL);
        stride = Math.max(stride, steps * Math.max(0.2, Math.min(5, SAFETY * Math.pow(ratio, 0.25))));
        System.arraycopy(valleyStep.end().data, 0, position.data, 0, size);
        System.arraycopy(valleyStep.endVelocity().data, 0, velocity.data, 0, size);
        step += steps;
        longSteps++;
    }

    /**
     * What plain steps do beside a long step of as many, until all across the valley has settled, as an error a step.
     */
    private void measureDefect() {
        DMatrixRMaj from = position.copy();
        DMatrixRMaj unused = new DMatrixRMaj(size, 1);
        if (!field.at(from, unused)) {
            return;
        }
        long steps = Math.min(field.settlingSteps(), end);
        beside.set(position, velocity.data);
        for (long k = 0; k < steps; k++) {
            plainSteps++;
            if (beside.step() != FlowStatus.FINISHED) {
                return;
            }
        }
        DMatrixRMaj reached = beside.theta().copy();
        if (field.at(reached, unused) && besideStep.attempt(position, velocity, (double) steps)) {
            defectRate = Norms.distance(reached.data, besideStep.end().data) / steps;
        }
    }
}
