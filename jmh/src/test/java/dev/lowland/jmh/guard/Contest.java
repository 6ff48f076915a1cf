package dev.lowland.jmh.guard;

/**
 * Two ways to do the same work, timed in turns of about half a millisecond. The best turn of each counts, so that
 * whatever else the machine does has to hit every one of hundreds of turns to show.
 */
final class Contest {
    private static final long TURN_NANOS = 500_000;
    private static final long WARM_UP_NANOS = 40_000_000;

    private final Runnable yardstick;
    private final Runnable candidate;
    private double bestYardstick = Double.POSITIVE_INFINITY;
    private double bestCandidate = Double.POSITIVE_INFINITY;

    Contest(Runnable yardstick, Runnable candidate) {
        this.yardstick = yardstick;
        this.candidate = candidate;
    }

    /**
     * The time of the candidate over that of the yardstick. Ends once {@code leastNanos} have passed and the ratio is
     * at most {@code enough}; otherwise goes on, for the compiler may still be at work, until {@code mostNanos} have
     * passed.
     */
    double ratio(double enough, long leastNanos, long mostNanos) {
        warmUp(yardstick);
        warmUp(candidate);
        long start = System.nanoTime();
        int yardstickCalls = 1;
        int candidateCalls = 1;
        while (true) {
            double yardstickTime = turn(yardstick, yardstickCalls);
            double candidateTime = turn(candidate, candidateCalls);
            bestYardstick = Math.min(bestYardstick, yardstickTime);
            bestCandidate = Math.min(bestCandidate, candidateTime);
            yardstickCalls = calls(bestYardstick);
            candidateCalls = calls(bestCandidate);
            double ratio = bestCandidate / bestYardstick;
            long passed = System.nanoTime() - start;
            if (passed > mostNanos || (passed > leastNanos && ratio <= enough)) {
                return ratio;
            }
        }
    }

    private static void warmUp(Runnable work) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            work.run();
        }
    }

    private static int calls(double nanosOfOne) {
        return (int) Math.max(1, Math.min(1_000_000, TURN_NANOS / nanosOfOne));
    }

    /** Nanoseconds of a call. */
    private static double turn(Runnable work, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            work.run();
        }
        return Math.max(1, System.nanoTime() - start) / (double) calls;
    }
}
