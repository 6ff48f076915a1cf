package dev.lowland.optim.sgd;

import dev.lowland.optim.objective.Objective;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the last single run of an optimiser compiled, and the stepper it had, kept for the next run on the same
 * objective as long as there is memory. What is kept changes how long a run takes to begin, and no result. Safe for
 * threads: a stepper is given to one run at a time, and who finds none makes one.
 */
final class CompiledRuns {

    private volatile SoftReference<@Nullable Kept> last = new SoftReference<>(null);

    private record Kept(SgdProgram program, AtomicReference<@Nullable SgdStepper> idle) {}

    /** A stepper for one run. */
    SgdStepper take(Optimiser optimiser, Objective objective) {
        Kept kept = last.get();
        if (kept == null || !kept.program.isOf(objective)) {
            kept = new Kept(optimiser.compile(objective, 1), new AtomicReference<>());
            last = new SoftReference<>(kept);
        }
        SgdStepper idle = kept.idle.getAndSet(null);
        return idle == null ? kept.program.newStepper() : idle;
    }

    /** Takes back a stepper whose run has ended well. Threads end with their run, and their stepper with them. */
    void giveBack(SgdStepper stepper) {
        Kept kept = last.get();
        if (kept != null
                && stepper.isOf(kept.program)
                && kept.program.optimiser().threads() == 1) {
            kept.idle.set(stepper);
        }
    }
}
