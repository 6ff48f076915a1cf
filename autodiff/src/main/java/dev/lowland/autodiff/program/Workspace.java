package dev.lowland.autodiff.program;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory that one run of a {@link Program} needs. Made by {@link Program#newWorkspace}, used by that program only, by one thread at a
 * time: a second thread that comes in gets an exception, not wrong numbers. Nothing is kept from run to run.
 */
public final class Workspace {
    final double[][] buffers;
    private final Program program;
    private final AtomicBoolean busy = new AtomicBoolean();

    Workspace(Program program, double[][] buffers) {
        this.program = program;
        this.buffers = buffers;
    }

    /** Takes it for a run. */
    void enter(Program runner) {
        if (runner != program) {
            throw new IllegalArgumentException(
                    "run: the workspace was made by another program; rule: use program.newWorkspace()");
        }
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "run: the workspace is in use by another thread; rule: one workspace a thread");
        }
    }

    /** Gives it back, and lets go of the caller's arrays. */
    void leave(int inputs) {
        for (int i = 0; i < inputs; i++) {
            buffers[i] = Program.NOTHING;
        }
        busy.setRelease(false);
    }

    /** Fills the temporaries with a number, for tests that nothing is read before it is written. */
    void poison(int firstTemporary, double value) {
        for (int i = firstTemporary; i < buffers.length; i++) {
            Arrays.fill(buffers[i], value);
        }
    }
}
