package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A slow flow in long steps along the valley. Plain steps are taken until the state has settled on the valley floor;
 * then {@link ValleyStep} goes on with the error of a step held to its share of the tolerance; where long steps do not
 * pay, plain steps are taken again. Where what is left of the way is a small share of the tolerance, the flow is at
 * rest. For one thread.
 *
 * <p>What long steps leave out is how far the flow lags behind the floor, what the flow is there other than on the
 * floor, what its moving in steps does beyond first order, and rounding. Now and then plain steps are taken beside a
 * long one, and the difference is added to the error as a rate; and each step that was not taken would have rounded θ
 * by up to half a unit in the last place, which for a change that hardly changes has the same sign in thousands of
 * steps.
 */
final class LongFlow {

    /** A long step of fewer steps costs more than the steps. */
    private static final long SHORTEST = 96;

    /** Plain steps taken where long ones do not pay. */
    private static final long BURST = 1_024;

    private static final long FIRST = 128;
    private static final double SETTLED = 0.1;
    /** How many times less tolerance the second run has. */
    static final int FINER = 32;

    /** What plain steps do beside long ones is measured anew where the flow is as many times as fast, or as slow. */
    private static final double DEFECT_SPAN = 4;

    private static final double SAFETY = 0.9;

    /** Of errors, where the error allowed is one a step. */
    private static final double EXPONENT = 1.0 / (ValleyStep.ERROR_ORDER - 1);

    /** A flow is at rest if what is left of its way is below this share of the tolerance. */
    private static final double AT_REST = 1e-3;

    /** The share of the work that the first of two runs has, about. */
    private static final double FIRST_RUN = 0.3;

    /** The most by which a number changes when it is rounded, relative to itself. */
    private static final double ROUNDING = 0x1p-53;

    private final SlowFlow flow;
    private final double tolerance;
    private final double lagAllowed;
    private final @Nullable LongFlow model;
    private final List<Stretch> stretches = new ArrayList<>();
    private final int size;
    private final FlowDescent descent;
    private final FlowDescent beside;
    private final ValleyField field;
    private final ValleyStep valleyStep;
    private final ValleyStep besideStep;
    private final Rest rest;
    private final DMatrixRMaj position;
    private final DMatrixRMaj velocity;
    /** Where the plain flow is that has its floor at position. */
    private final DMatrixRMaj state;

    private final DMatrixRMaj endState;
    private final List<SlowFlowResult.Point> path = new ArrayList<>();
    private long step;
    private long end;
    private long chunk = FIRST;
    /** The state is on the floor, at position. */
    private boolean settled;
    /** It has left the plain steps behind since it settled. */
    private boolean moved;

    private final FlowError error = new FlowError();
    private OptionalLong restStep = OptionalLong.empty();
    /** How far the plain steps were from state when it settled. */
    private double gap;

    private double lagError;
    private double stride = FIRST;
    /** What plain steps do beside a long step, over the way of both. */
    private double defect;
    /** How fast the flow was where that was measured. */
    private double measuredAt;

    private long longSteps;
    private int modelled;
    private @Nullable Start firstSettled;
    private long plainSteps;
    private long looks;
    private long nextLook;
    private long nextCrawl;
    /** Not before this step. */
    private long settleFrom;

    /** Where plain steps have settled for the first time. */
    private record Start(
            long step,
            DMatrixRMaj theta,
            double[] velocity,
            long chunk,
            long settlingSteps,
            List<SlowFlowResult.Point> path) {}

    /** A long step. */
    private record Stretch(long from, long to) {
        long length() {
            return to - from;
        }
    }

    private final FlowProgress progress;

    private LongFlow(
            SlowFlow flow,
            double tolerance,
            double lagAllowed,
            @Nullable LongFlow model,
            DMatrixRMaj start,
            long last) {
        this.progress = new FlowProgress(flow.listener(), model == null ? 0 : FIRST_RUN, share(model), last);
        this.flow = flow;
        this.tolerance = tolerance;
        this.lagAllowed = lagAllowed;
        this.model = model;
        this.size = start.numRows;
        this.descent = new FlowDescent(flow);
        this.beside = new FlowDescent(flow);
        this.field = new ValleyField(flow);
        this.valleyStep = new ValleyStep(field, size);
        this.besideStep = new ValleyStep(field, size);
        this.rest = new Rest(field, size);
        this.position = new DMatrixRMaj(size, 1);
        this.velocity = new DMatrixRMaj(size, 1);
        this.state = new DMatrixRMaj(size, 1);
        this.endState = new DMatrixRMaj(size, 1);
        if (model == null || model.firstSettled == null) {
            descent.set(start, new double[size]);
        } else {
            resume(model.firstSettled);
        }
    }

    private static double share(@Nullable LongFlow model) {
        return model == null ? FIRST_RUN : 1 - FIRST_RUN;
    }

    /**
     * Plain steps do not depend on the tolerance: those that a run has taken need not be taken again. But this run goes
     * on with them until what was left of settling is e² times smaller. So the gap that it leaves there is in the
     * difference of the two, with all that the flow makes of it: where nearby states part, it grows faster than a
     * delay.
     */
    private void resume(Start start) {
        descent.set(start.theta(), start.velocity());
        step = start.step();
        chunk = start.chunk();
        path.addAll(start.path());
        settleFrom = step + start.settlingSteps() / 2;
    }

    /**
     * Runs twice, the second time with {@value #FINER} times less tolerance and with steps at most half as long as the
     * first took there, and returns the second with twice the difference as part of its error: that covers an error of
     * first order in the length of a step, and more than covers others. Runs once if that took no long steps.
     */
    static SlowFlowResult run(SlowFlow flow, double tolerance, DMatrixRMaj start, long[] checkpoints) {
        long last = checkpoints[checkpoints.length - 1];
        LongFlow first = new LongFlow(flow, tolerance, SETTLED * tolerance, null, start, last);
        SlowFlowResult coarse = first.run(checkpoints);
        if (coarse.errorEstimate() == 0 || coarse.status() == FlowStatus.STOPPED) {
            flow.listener().accept(1);
            return coarse;
        }
        SlowFlowResult fine =
                new LongFlow(flow, tolerance / FINER, SETTLED * tolerance, first, start, last).run(checkpoints);
        List<SlowFlowResult.Point> path = new ArrayList<>();
        double difference = 0;
        for (int i = 0; i < fine.path().size(); i++) {
            SlowFlowResult.Point point = fine.path().get(i);
            if (i < coarse.path().size()) {
                difference = 2 * Norms.distance(coarse.path().get(i).parameters(), point.parameters());
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
                coarse.plainSteps() + fine.plainSteps(),
                fine.restStep());
    }

    private SlowFlowResult run(long[] checkpoints) {
        end = checkpoints[checkpoints.length - 1];
        while (path.size() < checkpoints.length) {
            FlowStatus status = to(checkpoints[path.size()]);
            if (status != FlowStatus.FINISHED) {
                return result(status);
            }
            path.add(new SlowFlowResult.Point(step, here().copy(), stated()));
        }
        return result(FlowStatus.FINISHED);
    }

    private DMatrixRMaj here() {
        return moved ? state : descent.theta();
    }

    /** How far the state goes in a step. */
    private double speed() {
        return settled ? Norms.two(velocity) : Norms.two(descent.velocity());
    }

    private double stated() {
        return error.at(speed()) + (moved ? lagError : 0);
    }

    private SlowFlowResult result(FlowStatus status) {
        return new SlowFlowResult(status, step, here().copy(), path, stated(), longSteps, plainSteps, restStep);
    }

    private FlowStatus to(long checkpoint) {
        while (step < checkpoint) {
            if (settled) {
                if (flow.stopRequested()) {
                    return FlowStatus.STOPPED;
                }
                if (isAtRest()) {
                    step = checkpoint;
                    progress.at(step);
                } else if (crawls() || lagError > lagAllowed || !longStep(checkpoint)) {
                    leave();
                }
            } else {
                long count = Math.min(Math.max(chunk, settleFrom - step), checkpoint - step);
                FlowStatus status = plain(descent.repeats() ? checkpoint - step : count);
                if (status != FlowStatus.FINISHED) {
                    return status;
                }
                if (!descent.repeats() && step >= settleFrom) {
                    chunk = Math.max(chunk, plainSteps / 4);
                    settle();
                }
            }
        }
        return FlowStatus.FINISHED;
    }

    private FlowStatus plain(long count) {
        long takenBefore = descent.taken();
        long before = descent.steps();
        FlowStatus status = descent.advance(count);
        long advanced = descent.steps() - before;
        step += advanced;
        progress.at(step);
        plainSteps += descent.taken() - takenBefore;
        if (longSteps > 0) {
            // the states are no longer those of plain steps all the way, and round differently
            double rounding = 2 * ROUNDING * Norms.two(descent.theta()) * (descent.taken() - takenBefore);
            error.add(rounding, speed());
        }
        if (descent.repeats() && restStep.isEmpty()) {
            restStep = OptionalLong.of(step - descent.steps() + descent.repeatsFrom());
        }
        return status;
    }

    /** Whether the state is on the floor and moves with it, within a share of the tolerance. */
    private void settle() {
        System.arraycopy(descent.theta().data, 0, position.data, 0, size);
        if (!field.at(position, velocity)) {
            return;
        }
        double behind = flow.momentum() == 0
                ? 0
                : Norms.distance(velocity.data, descent.velocity()) * flow.momentum() / (1 - flow.momentum());
        addLag(position, state);
        lagError = field.lagError();
        gap = Norms.distance(state, descent.theta()) + behind;
        settled = gap + lagError <= lagAllowed;
        if (settled && firstSettled == null) {
            DMatrixRMaj theta = descent.theta().copy();
            double[] last = descent.velocity().clone();
            firstSettled = new Start(step, theta, last, chunk, field.settlingSteps(), List.copyOf(path));
        }
    }

    /** Where the plain flow is that has its floor at a point, the one that the field moved last. */
    private void addLag(DMatrixRMaj point, DMatrixRMaj out) {
        for (int i = 0; i < size; i++) {
            out.data[i] = point.data[i] + field.lag().data[i];
        }
    }

    /** From here on the state is no longer that of plain steps; how far they were apart is part of the error. */
    private void move() {
        if (!moved) {
            moved = true;
            error.add(gap, speed());
        }
    }

    /** Back to plain steps; to those that were taken last if nothing else happened since. */
    private void leave() {
        if (moved) {
            error.add(lagError, speed());
            descent.set(state, velocity.data);
            moved = false;
        }
        settled = false;
        stride = FIRST;
        chunk = Math.max(chunk, BURST);
    }

    /** Whether what is left of the way does not matter. */
    private boolean isAtRest() {
        if (moved && restStep.isPresent()) {
            return true;
        }
        double left = end - step;
        if (++looks < nextLook || !(speed() * Math.min(stride, left) <= AT_REST * tolerance)) {
            return false;
        }
        nextLook = looks + looks / 4 + 1;
        double way = rest.way(position, speed(), left);
        if (!(way <= AT_REST * tolerance)) {
            return false;
        }
        move();
        error.add(way + ROUNDING * Norms.two(position) * Math.min(left, rest.factor(left)), speed());
        restStep = OptionalLong.of(step);
        return true;
    }

    /** Whether it is so slow that plain steps may find it at rest; not asked too often. */
    private boolean crawls() {
        if (longSteps < nextCrawl || !(speed() <= 2 * ROUNDING * Norms.two(position))) {
            return false;
        }
        nextCrawl = 2 * longSteps + 1;
        chunk = Math.max(chunk, 8 * field.settlingSteps());
        return true;
    }

    /** Takes one long step, if one pays. */
    private boolean longStep(long checkpoint) {
        while (true) {
            long steps = Math.min(Math.min((long) stride, longestAllowed()), checkpoint - step);
            if (steps < Math.min(SHORTEST, checkpoint - step)) {
                return false;
            }
            double allowed = tolerance * steps / end;
            boolean defined = valleyStep.attempt(position, velocity, (double) steps);
            if (defined && valleyStep.error() <= allowed) {
                accept(steps, allowed);
                return true;
            }
            double factor = defined ? SAFETY * Math.pow(allowed / valleyStep.error(), EXPONENT) : 0.25;
            stride = steps * Math.max(0.2, Math.min(factor, SAFETY));
            if (steps <= SHORTEST || flow.stopRequested()) {
                return false;
            }
        }
    }

    /** Half of the step that the model took from here, or over this place. */
    private long longestAllowed() {
        List<Stretch> steps = model == null ? List.of() : model.stretches;
        while (modelled < steps.size() && steps.get(modelled).to() <= step) {
            modelled++;
        }
        if (modelled == steps.size() || steps.get(modelled).from() > step) {
            return Long.MAX_VALUE;
        }
        return Math.max(SHORTEST, steps.get(modelled).length() / 2);
    }

    private void accept(long steps, double allowed) {
        addLag(valleyStep.end(), endState);
        double endLagError = field.lagError();
        double beyond = field.beyondFirstOrder(valleyStep.end()) + field.pushOfLag(valleyStep.end());
        if (longSteps == 0 || Math.abs(Math.log(speed() / measuredAt)) > Math.log(DEFECT_SPAN)) {
            measureDefect();
        }
        move();
        System.arraycopy(valleyStep.end().data, 0, position.data, 0, size);
        System.arraycopy(valleyStep.endVelocity().data, 0, velocity.data, 0, size);
        System.arraycopy(endState.data, 0, state.data, 0, size);
        lagError = endLagError;
        double rate = defect * speed() + beyond + ROUNDING * Norms.two(position);
        error.add(rate * steps + valleyStep.error(), speed());
        double ratio = allowed / Math.max(valleyStep.error(), Double.MIN_NORMAL);
        stride = Math.max(stride, steps * Math.max(0.2, Math.min(5, SAFETY * Math.pow(ratio, EXPONENT))));
        stretches.add(new Stretch(step, step + steps));
        step += steps;
        progress.at(step);
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
        long steps = Math.min(Math.max(field.settlingSteps(), 256), end);
        beside.set(state, velocity.data);
        FlowStatus status = beside.advance(steps);
        plainSteps += beside.taken();
        if (status != FlowStatus.FINISHED) {
            return;
        }
        DMatrixRMaj reached = beside.theta().copy();
        if (field.at(reached, unused) && besideStep.attempt(position, velocity, (double) steps)) {
            measuredAt = speed();
            defect = Norms.distance(reached, besideStep.end()) / (steps * measuredAt);
        }
    }
}
