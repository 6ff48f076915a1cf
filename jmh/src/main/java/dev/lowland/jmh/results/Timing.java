package dev.lowland.jmh.results;

/**
 * How long a fork takes.
 *
 * @param warmUps iterations before those that count
 * @param warmUpMillis length of one
 * @param iterations iterations that count
 * @param millis length of one
 */
record Timing(int warmUps, int warmUpMillis, int iterations, int millis) {

    /** For a kernel that is compiled in no time. */
    static final Timing SHORT = new Timing(4, 250, 5, 100);

    /** For a step of many kernels. */
    static final Timing LONG = new Timing(4, 500, 5, 200);

    /** Only to see that everything runs. */
    static final Timing QUICK = new Timing(4, 250, 2, 50);
}
