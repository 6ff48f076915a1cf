package dev.lowland.core.kernel.adaptive;

/** How long this machine takes for plain code, beside the one on which the times of kernels were taken. */
final class MachineSpeed {
    private static final int TERMS = 20_000;
    private static final int ROUNDS = 50;

    /** What the loop takes there: one addition after the other. */
    private static final double NANOS_THERE = 1.3 * TERMS;

    private MachineSpeed() {}

    /** A factor: 2 where code takes twice as long; at least 1. */
    static double factor() {
        double best = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            sum = add(sum);
            best = Math.min(best, (double) (System.nanoTime() - begin));
        }
        return sum > 0 ? Math.max(1, best / NANOS_THERE) : 1;
    }

    private static double add(double start) {
        double sum = start;
        for (int i = 0; i < TERMS; i++) {
            sum += i;
        }
        return sum;
    }
}
