package dev.lowland.optim.flow;

/**
 * The error of a flow, as it adds up. An error along the flow is a delay, and a delay stays what it is while the flow
 * carries it on: where the flow has become faster, it is as much larger in θ. For one thread.
 */
final class FlowError {

    private double sum;
    /** In steps. */
    private double delay;

    /** Adds an error in θ, made while the flow goes so far in a step. */
    void add(double error, double speed) {
        sum += error;
        if (speed > 0) {
            delay += error / speed;
        }
    }

    /** All of it, in θ, where the flow goes so far in a step. */
    double at(double speed) {
        return speed > 0 ? Math.max(sum, delay * speed) : sum;
    }
}
