package dev.lowland.optim.flatness;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Where a slow flow went. Immutable; all numbers are finite. */
public final class SlowFlowResult {

    private final FlowStatus status;
    private final long steps;
    private final DMatrixRMaj parameters;
    private final List<Point> path;

    SlowFlowResult(FlowStatus status, long steps, DMatrixRMaj parameters, List<Point> path) {
        this.status = status;
        this.steps = steps;
        this.parameters = parameters;
        this.path = List.copyOf(path);
    }

    /**
     * How it ended.
     *
     * @return the status
     */
    public FlowStatus status() {
        return status;
    }

    /**
     * Steps taken; fewer than asked for unless the status is FINISHED: the next step could not be taken (UNDEFINED) or left the
     * range of numbers (DIVERGED).
     *
     * @return the number of steps
     */
    public long steps() {
        return steps;
    }

    /**
     * A copy of θ after {@link #steps()} steps.
     *
     * @return P × 1
     */
    public DMatrixRMaj parameters() {
        return parameters.copy();
    }

    /**
     * The states at the checkpoints that were reached.
     *
     * @return one point a checkpoint, in order
     */
    public List<Point> path() {
        return path;
    }

    /** A state on the way. */
    public static final class Point {

        private final long step;
        private final DMatrixRMaj parameters;

        Point(long step, DMatrixRMaj parameters) {
            this.step = step;
            this.parameters = parameters;
        }

        /**
         * Steps taken to here.
         *
         * @return the number of steps
         */
        public long step() {
            return step;
        }

        /**
         * A copy of θ.
         *
         * @return P × 1
         */
        public DMatrixRMaj parameters() {
            return parameters.copy();
        }
    }
}
