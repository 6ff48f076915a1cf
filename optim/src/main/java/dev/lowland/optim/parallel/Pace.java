package dev.lowland.optim.parallel;

/**
 * When a loop of steps is to look up: whether somebody wants it to end, or to hear of it. By the clock, about every
 * {@value #PERIOD_MILLIS} ms, whatever a step costs; the clock itself is read after so many steps as take a part of
 * that. It never decides what is computed. For one thread; allocates nothing.
 */
public final class Pace {

    /** From look to look: far below the time in which a person expects a run to end, far above what a look costs. */
    private static final int PERIOD_MILLIS = 20;

    private static final long PERIOD_NANOS = PERIOD_MILLIS * 1_000_000L;

    /** From one reading of the clock to the next, at most. */
    private static final long READING_NANOS = PERIOD_NANOS / 4;

    /** Steps from one reading of the clock to the next, at most. */
    private static final int MOST_STEPS = 1024;

    private int steps = 1;
    private int left = 1;
    private long read = System.nanoTime();
    private long looked = read;

    /** Begins now. */
    public Pace() {}

    /**
     * Counts a step.
     *
     * @return whether it is time to look up
     */
    public boolean due() {
        left--;
        return left <= 0 && readClock();
    }

    private boolean readClock() {
        long now = System.nanoTime();
        long passed = now - read;
        read = now;
        if (passed > READING_NANOS) {
            steps = Math.max(1, (int) (steps * ((double) READING_NANOS / passed)));
        } else if (passed < READING_NANOS / 2) {
            steps = Math.min(MOST_STEPS, 2 * steps);
        }
        left = steps;
        if (now - looked < PERIOD_NANOS) {
            return false;
        }
        looked = now;
        return true;
    }
}
