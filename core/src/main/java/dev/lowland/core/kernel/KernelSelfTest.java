package dev.lowland.core.kernel;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import org.jspecify.annotations.Nullable;

/** A few small products and sums by which a twin shows that it has the bits of the other one. */
final class KernelSelfTest {
    private static final int[] SIZES = {1, 3, 5, 13, 24, 33};

    private KernelSelfTest() {}

    /**
     * Compares two sets.
     *
     * @return the first difference, for people; null if there is none
     */
    static @Nullable String firstDifference(KernelSet reference, KernelSet tested) {
        for (int n : SIZES) {
            double[] x = numbers(n * n, 0.37);
            double[] y = numbers(n * n, 0.71);
            for (MatrixForm form : MatrixForm.values()) {
                double[] expected = new double[n * n];
                double[] found = new double[n * n];
                reference.multiply(form, false, n, n, n, x, 0, y, 0, expected, 0);
                tested.multiply(form, false, n, n, n, x, 0, y, 0, found, 0);
                for (int e = 0; e < n * n; e++) {
                    if (expected[e] != found[e]) {
                        return "multiply " + form + " of size " + n + " gave " + found[e] + " for " + expected[e];
                    }
                }
            }
            double expected = reference.dot(n * n, x, 0, y, 0);
            double found = tested.dot(n * n, x, 0, y, 0);
            if (expected != found) {
                return "dot of length " + n * n + " gave " + found + " for " + expected;
            }
            double[] expectedTanh = new double[n * n];
            double[] foundTanh = new double[n * n];
            reference.tanh(n * n, x, expectedTanh);
            tested.tanh(n * n, x, foundTanh);
            for (int e = 0; e < n * n; e++) {
                if (expectedTanh[e] != foundTanh[e]) {
                    return "tanh " + x[e] + " gave " + foundTanh[e] + " for " + expectedTanh[e];
                }
            }
        }
        return null;
    }

    /** Numbers in (−1, 1) without a pattern that a wrong index could hit. */
    private static double[] numbers(int n, double step) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double turn = (i + 1) * step * 0.6180339887498949;
            x[i] = 2 * (turn - Math.floor(turn)) - 1;
        }
        return x;
    }
}
