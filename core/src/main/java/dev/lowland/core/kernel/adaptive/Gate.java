package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one kernel: closed, work goes to the scalar twin and is counted; open, it goes to the vector twin. It
 * opens once, when the vector code is compiled.
 *
 * <p>The twin is the target of a call site, which the JVM's compiler takes for a constant, and the parts of a record
 * are constants to it too. So a gate that is a constant costs nothing in compiled code, be it open (the call of the
 * twin is compiled in) or closed (but for counting). When it opens, what was compiled with it closed is compiled again.
 *
 * <p>Any thread may look and count. A count that two threads write at once may be lost, and a thread may see the gate
 * open a little late, which changes the time and nothing else.
 *
 * @param name the kernel, for people
 * @param nanos what a unit of its scalar work takes, about
 * @param warmUp whom to ask when the kernel is used much
 * @param site where the vector twin is found; null as long as the gate is closed
 * @param twin reads it
 * @param meter how much work is left before vectors pay
 */
record Gate(String name, double nanos, WarmUp warmUp, MutableCallSite site, MethodHandle twin, Meter meter)
        implements Rehearsed {

    /**
     * Scalar work, in nanoseconds of compiled code, after which vectors are worth their warm-up: about what it takes.
     */
    private static final double NANOS_TO_PAY = 150e6;

    private static final KernelSet SCALAR = ScalarKernels.INSTANCE;
    private static final MethodHandle CLOSED = constant(null);

    /** A number that changes. */
    static final class Meter {
        private long left;

        private Meter(long left) {
            this.left = left;
        }
    }

    /** A closed gate. */
    static Gate of(String name, double nanos, WarmUp warmUp) {
        MutableCallSite site = new MutableCallSite(CLOSED);
        return new Gate(name, nanos, warmUp, site, site.dynamicInvoker(), new Meter((long) (NANOS_TO_PAY / nanos)));
    }

    private static MethodHandle constant(@Nullable KernelSet kernels) {
        return MethodHandles.constant(KernelSet.class, kernels);
    }

    /** The vector twin; null as long as the gate is closed. */
    @Nullable
    KernelSet vector() {
        try {
            return (KernelSet) twin.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The twin that so much work is to be done by. */
    KernelSet kernels(long work) {
        KernelSet vector = vector();
        if (vector != null) {
            return vector;
        }
        count(work);
        return SCALAR;
    }

    /** Counts work of the scalar twin; when it is much, asks for the vector code, once. */
    void count(long work) {
        meter.left -= work;
        if (meter.left < 0) {
            meter.left = Long.MAX_VALUE;
            warmUp.ask(this);
        }
    }

    /** Sends all work to a set from now on; null sends it to the scalar twin. */
    void set(@Nullable KernelSet kernels) {
        site.setTarget(constant(kernels));
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    @Override
    public void prepare(KernelSet vector) {
        // Nothing but the twin is needed.
    }

    @Override
    public boolean isFast(KernelSet vector, Stage stage, double pace) {
        long begin = System.nanoTime();
        long work = Rehearsals.of(name).run(vector, stage);
        return Rehearsed.isCompiled(System.nanoTime() - begin, nanos * work, pace);
    }

    @Override
    public void open(KernelSet vector) {
        set(vector);
    }

    @Override
    public void giveUp() {
        // Stays closed, as it is.
    }
}
