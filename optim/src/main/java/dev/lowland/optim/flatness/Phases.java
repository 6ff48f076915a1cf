package dev.lowland.optim.flatness;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Work in phases, each of which tells the share of itself that is done, as one share of the whole. */
final class Phases implements DoubleConsumer {
    /** The Hessian, then its eigenvalues. */
    static final int[] VALUE = {0, 1};
    /** The Hessian, then the third derivative. */
    static final int[] GRADIENT = {0, 2};
    /** All three. */
    static final int[] BOTH = {0, 1, 2};
    /** The third derivative alone. */
    static final int[] LIMIT = {2};

    private final @Nullable DoubleConsumer listener;
    private final double[] work;
    private int[] order = {};
    private int phase;

    /** Derivatives of second and of third order take as much as each other. */
    Phases(@Nullable DoubleConsumer listener, double derivatives, double eigenvalues) {
        this.listener = listener;
        this.work = new double[] {derivatives, eigenvalues, derivatives};
    }

    void begin(int[] phases) {
        order = phases;
        phase = 0;
    }

    /** The share of the present phase that is done; at 1 the next begins. */
    @Override
    public void accept(double share) {
        if (listener == null || phase == order.length) {
            return;
        }
        double all = Arrays.stream(order).mapToDouble(p -> work[p]).sum();
        double before =
                Arrays.stream(order).limit(phase).mapToDouble(p -> work[p]).sum();
        double done = (before + share * work[order[phase]]) / all;
        if (share == 1) {
            phase++;
        }
        listener.accept(phase == order.length ? 1 : done);
    }
}
