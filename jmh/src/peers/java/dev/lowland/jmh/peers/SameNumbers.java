package dev.lowland.jmh.peers;

import java.util.function.IntToDoubleFunction;

/** Whether a peer computes what Lowland computes. */
final class SameNumbers {
    private SameNumbers() {}

    /** Largest difference, relative to the largest number, that two orders of summation explain. */
    private static final double TOLERANCE = 1e-10;

    /**
     * Compares all numbers.
     *
     * @param what for the message
     * @param ours what Lowland computed. Not modified.
     * @param count how many of them
     * @param theirs what the peer computed, by index
     * @throws IllegalStateException if they differ
     */
    static void check(String what, double[] ours, int count, IntToDoubleFunction theirs) {
        double largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(ours[i]));
        }
        for (int i = 0; i < count; i++) {
            double other = theirs.applyAsDouble(i);
            if (!(Math.abs(ours[i] - other) <= TOLERANCE * largest)) {
                throw new IllegalStateException(
                        what + ": number " + i + " is " + ours[i] + " here and " + other + " there");
            }
        }
        if (largest == 0) {
            throw new IllegalStateException(what + ": nothing but zeros was compared");
        }
    }
}
