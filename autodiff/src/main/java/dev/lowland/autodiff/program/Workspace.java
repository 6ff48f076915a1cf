package dev.lowland.autodiff.program;

import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory that one run of a {@link Program} or a {@link StagedProgram} needs. Made by its {@code newWorkspace}, used
 * by that program only, by one thread at a time: a second thread that comes in gets an exception, not wrong numbers. Of
 * a program, nothing is kept from run to run; of a staged program, what was prepared.
 */
public final class Workspace {
    final double[][] buffers;
    private final Code code;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Runs so far, where they matter. */
    int runs;
    /** Whether the first part of a staged program has run. */
    boolean prepared;

    Workspace(Code code) {
        this.code = code;
        this.buffers = code.newBuffers();
    }

    /**
     * An output of the last run, where it was computed. The array may be longer than the output, which begins at its
     * beginning; it is the workspace's own, to be read only, and the next run writes over it.
     *
     * @param index which output of the program
     * @return the live array
     */
    public double[] output(int index) {
        Checks.index("workspace", "index", index, code.outputSlots.length);
        return buffers[code.outputSlots[index]];
    }

    /** Takes it for a run. */
    void enter(Code runner) {
        if (runner != code) {
            throw Checks.error(
                    "run",
                    "the workspace",
                    "one that another program made",
                    "one made by newWorkspace() of this program");
        }
        if (!busy.compareAndSet(false, true)) {
            throw Checks.outOfTurn("run", "the workspace", "in use by another thread", "one a thread");
        }
    }

    /** Gives it back, and lets go of the caller's arrays. */
    void leave() {
        for (int i = 0; i < code.inputSizes.length; i++) {
            buffers[i] = Code.NOTHING;
        }
        busy.setRelease(false);
    }

    /** Fills the temporaries with a number, for tests that nothing is read before it is written. */
    void poison(double value) {
        for (int i = code.firstTemporary(); i < buffers.length; i++) {
            Arrays.fill(buffers[i], value);
        }
    }
}
