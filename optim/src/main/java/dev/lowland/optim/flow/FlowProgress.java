package dev.lowland.optim.flow;

import java.util.function.DoubleConsumer;

/** Tells how far a flow has come, a few hundred times at most. For one thread. */
final class FlowProgress {

    private static final int TIMES = 256;

    private final DoubleConsumer listener;
    private final double before;
    private final double span;
    private final long steps;
    private double next;
    private long told;

    /** Of a flow of so many steps, which is a span of the whole after what was before. */
    FlowProgress(DoubleConsumer listener, double before, double span, long steps) {
        this.listener = listener;
        this.before = before;
        this.span = span;
        this.steps = Math.max(1, steps);
        this.next = (double) this.steps / TIMES;
    }

    /** The flow is at a step. */
    void at(long step) {
        if (step > told && (step >= next || step == steps)) {
            told = step;
            next = step + (double) steps / TIMES;
            listener.accept(before + span * ((double) step / steps));
        }
    }
}
