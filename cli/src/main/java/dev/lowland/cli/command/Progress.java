package dev.lowland.cli.command;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * A live bar on standard error where that is a terminal, and silence where it is not. It goes away when it is closed.
 * Thread-safe.
 */
final class Progress implements AutoCloseable {
    private static final int STEPS = 1000;
    private static final int BAR = 24;

    private final Line line;
    private final @Nullable ProgressBar bar;
    private long furthest;
    private String current = "";

    /** A bar for work that is called {@code task}. */
    Progress(Console console, String task) {
        line = new Line(console.err(), console.columns() - 1);
        bar = console.columns() == 0
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(STEPS)
                        .setRenderer(Progress::line)
                        .setUpdateIntervalMillis(250)
                        .setConsumer(line)
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

    /** The same of work in parts, each of which begins anew. */
    synchronized void begin(String part, double fraction, String activity) {
        if (!part.equals(current)) {
            current = part;
            furthest = 0;
        }
        advance(fraction, activity);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            line.wipe();
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

    /** {@code task [===== ] 20 % 1:05 activity}, cut to {@code width} characters. */
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

    /**
     * The line of the terminal on which the bar stands. Once it is wiped nothing is shown any more, however late it
     * comes.
     */
    private static final class Line implements ProgressBarConsumer {
        private final PrintStream err;
        private final int width;
        private boolean wiped;

        Line(PrintStream err, int width) {
            this.err = err;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public synchronized void accept(String text) {
            if (!wiped) {
                err.print("\r" + text + " ".repeat(width - text.length()));
                err.flush();
            }
        }

        synchronized void wipe() {
            accept("");
            err.print("\r");
            err.flush();
            wiped = true;
        }

        @Override
        public void close() {}
    }
}
