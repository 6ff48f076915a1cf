package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Code of fixed sizes, handed over when it is faster than what its work is done by now. */
final class AdaptiveWork implements Rehearsed {
    private final FixedCode code;
    private final BufferLoop plain;
    private final double[][] buffers;
    private final Consumer<BufferLoop> ready;
    private long plainNanos = Long.MAX_VALUE;
    private @Nullable BufferLoop candidate;

    AdaptiveWork(FixedCode code, BufferLoop plain, double[][] buffers, Consumer<BufferLoop> ready) {
        this.code = code;
        this.plain = plain;
        this.buffers = buffers;
        this.ready = ready;
    }

    @Override
    public String name() {
        return "code of fixed sizes";
    }

    @Override
    public boolean isUrgent() {
        return true;
    }

    @Override
    public void prepare(KernelSet vector) {
        candidate = vector.compile(code);
    }

    @Override
    public boolean isFast(KernelSet vector, Stage stage, double pace) {
        if (candidate == null) {
            return false;
        }
        long begin = System.nanoTime();
        plain.run(buffers);
        long middle = System.nanoTime();
        candidate.run(buffers);
        long end = System.nanoTime();
        plainNanos = Math.min(plainNanos, middle - begin);
        return end - middle <= plainNanos;
    }

    @Override
    public void open(KernelSet vector) {
        if (candidate != null) {
            ready.accept(candidate);
        }
    }

    @Override
    public void giveUp() {
        // The work goes on as it is done.
    }
}
