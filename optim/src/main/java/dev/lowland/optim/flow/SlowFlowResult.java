package dev.lowland.optim.flow;

import java.util.List;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/** Where a slow flow went. Immutable; all numbers are finite. */
public final class SlowFlowResult {

    private final FlowStatus status;
    private final long steps;
    private final DMatrixRMaj parameters;
    private final List<Point> path;
    private final double errorEstimate;
    private final long longSteps;
    private final long plainSteps;
    private final OptionalLong restStep;

    SlowFlowResult(
            FlowStatus status,
            long steps,
            DMatrixRMaj parameters,
            List<Point> path,
            double errorEstimate,
            long longSteps,
            long plainSteps,
            OptionalLong restStep) {
        this.status = status;
        this.steps = steps;
        this.parameters = parameters;
        this.path = List.copyOf(path);
        this.errorEstimate = errorEstimate;
        this.longSteps = longSteps;
        this.plainSteps = plainSteps;
        this.restStep = restStep;
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
     * Steps taken; fewer than asked for unless the status is FINISHED: the next step could not be taken (UNDEFINED),
     * left the range of numbers (DIVERGED), or was no longer wanted (STOPPED).
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

    /**
     * How far {@link #parameters()} may be from where plain steps lead, rounding of those included: the difference of
     * two runs with tolerances {@value LongFlow#FINER} times apart, the estimated errors of the long steps, what plain
     * steps beside some of them showed, and half a unit in the last place of θ for each plain step that was not taken.
     * An estimate, not a bound.
     *
     * @return the estimated error in the 2-norm of θ; 0 if all steps were plain
     */
    public double errorEstimate() {
        return errorEstimate;
    }

    /**
     * Long steps taken, in all runs that the result is made of.
     *
     * @return their number
     */
    public long longSteps() {
        return longSteps;
    }

    /**
     * Plain steps computed, in all runs that the result is made of and beside long steps. Those of a flow at rest are
     * not.
     *
     * @return their number
     */
    public long plainSteps() {
        return plainSteps;
    }

    /**
     * Where the flow came to rest. In plain steps: the states from this step on are known to come again, bit for bit,
     * one after a single step or some in turn. In long steps: what is left of the way is below a thousandth of the
     * tolerance, and is part of the error.
     *
     * @return the number of steps; empty if the flow was not seen to come to rest
     */
    public OptionalLong restStep() {
        return restStep;
    }

    /** A state on the way. */
    public static final class Point {

        private final long step;
        private final DMatrixRMaj parameters;
        private final double errorEstimate;

        Point(long step, DMatrixRMaj parameters, double errorEstimate) {
            this.step = step;
            this.parameters = parameters;
            this.errorEstimate = errorEstimate;
        }

        /**
         * As {@link SlowFlowResult#errorEstimate()}, for this state.
         *
         * @return the estimated error in the 2-norm of θ; 0 if all steps were plain
         */
        public double errorEstimate() {
            return errorEstimate;
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
