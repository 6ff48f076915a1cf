package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one kernel: closed, work goes to the scalar twin and is counted; open, it goes to the vector twin. It
 * opens once, when the vector code is compiled.
 *
 * <p>Any thread may look and count. A count that two threads write at once may be lost, and a thread may see the gate
 * open a little late, which changes the time and nothing else.
 */
final class Gate implements Rehearsed {

    /**
     * Scalar work, in nanoseconds of compiled code, after which vectors are worth their warm-up: about what it takes.
     */
    private static final long NANOS_TO_PAY = 150_000_000;

    /** The kernel on arrays of its own, in every way that callers may reach it. */
    @FunctionalInterface
    interface Rehearsal {

        /** Calls the kernel of a set on the arrays of a stage; returns how much work that is. */
        long run(KernelSet kernels, Stage stage);
    }

    private final String name;
    private final double nanos;
    private final Rehearsal rehearsal;
    private final WarmUp warmUp;
    private long left;
    private @Nullable KernelSet twin;
    private @Nullable KernelSet candidate;

    /**
     * A closed gate.
     *
     * @param name the kernel, for people
     * @param nanos what a unit of its scalar work takes, about
     * @param warmUp whom to ask when the kernel is used much
     * @param rehearsal the kernel at work
     */
    Gate(String name, double nanos, WarmUp warmUp, Rehearsal rehearsal) {
        this.name = name;
        this.nanos = nanos;
        this.left = (long) (NANOS_TO_PAY / nanos);
        this.warmUp = warmUp;
        this.rehearsal = rehearsal;
    }

    /** The vector twin; null as long as its code is not compiled. */
    @Nullable
    KernelSet vector() {
        return twin;
    }

    /** Counts work that the scalar twin has done; when it is much, asks for the vector code, once. */
    void count(long work) {
        left -= work;
        if (left < 0) {
            left = Long.MAX_VALUE;
            warmUp.ask(this);
        }
    }

    /** Sends all work to a set from now on; null sends it to the scalar twin. */
    void set(@Nullable KernelSet kernels) {
        twin = kernels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(KernelSet vector) {
        candidate = vector;
    }

    @Override
    public double rehearse(Stage stage) {
        return candidate == null ? 0 : nanos * rehearsal.run(candidate, stage);
    }

    @Override
    public void open() {
        twin = candidate;
    }

    @Override
    public void giveUp() {
        // Stays closed, as it is.
    }
}
