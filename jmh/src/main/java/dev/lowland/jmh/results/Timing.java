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

    /** For native code, and for loops that are fast as soon as they are compiled at all. */
    static final Timing NATIVE = new Timing(2, 250, 4, 100);

    /** For a kernel on the Vector API, which is very slow until it is compiled. */
    static final Timing KERNEL = new Timing(8, 300, 4, 100);

    /** For a step of many kernels. */
    static final Timing STEP = new Timing(6, 600, 5, 200);

    /** For many forks of two states of the code. */
    static final Timing COMPARED = new Timing(6, 400, 6, 100);

    /** Only to see that everything runs. */
    static final Timing QUICK = new Timing(4, 300, 2, 50);
}
