package dev.lowland.theory.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A live bar on standard error where that is a terminal, and silence where it is not. It goes away when it is closed.
 * Thread-safe.
 */
final class Progress implements AutoCloseable {
    private static final int STEPS = 1000;

    private final @Nullable ProgressBar bar;
    private long furthest;

    /** A bar for work that is called {@code task}. */
    Progress(Console console, String task) {
        bar = console.columns() == 0
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(STEPS)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .clearDisplayOnFinish()
                        .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
                        .build();
    }

    /** The work has come to a fraction in [0, 1]; {@code activity} says what is being done. The bar never goes back. */
    synchronized void advance(double fraction, String activity) {
        if (bar != null) {
            furthest = Math.max(furthest, Math.round(STEPS * Math.min(1, Math.max(0, fraction))));
            bar.stepTo(furthest);
            bar.setExtraMessage(" " + activity);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
