package dev.lowland.theory.cli;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * A live bar on standard error where that is a terminal, and silence where it is not. It goes away when it is closed.
 * Thread-safe.
 */
final class Progress implements AutoCloseable {
    private static final int STEPS = 1000;
    private static final int BAR = 24;

    private final @Nullable ProgressBar bar;
    private long furthest;

    /** A bar for work that is called {@code task}. */
    Progress(Console console, String task) {
        bar = console.columns() == 0
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(STEPS)
                        .setRenderer(Progress::line)
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
            bar.setExtraMessage(activity);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static String line(ProgressState state, int width) {
        return line(
                state.getTaskName(),
                (double) state.getCurrent() / STEPS,
                state.getElapsedAfterStart().toSeconds(),
                state.getExtraMessage(),
                width);
    }

    /** {@code task [=====     ]  20 %  1:05  activity}, cut to {@code width} characters. */
    static String line(String task, double fraction, long seconds, String activity, int width) {
        int done = (int) Math.round(BAR * fraction);
        String text = String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %%  %d:%02d  %s",
                task,
                "=".repeat(done),
                " ".repeat(BAR - done),
                100 * fraction,
                seconds / 60,
                seconds % 60,
                activity);
        return text.substring(0, Math.min(text.length(), Math.max(0, width)));
    }
}
