package dev.lowland.core.kernel;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import org.jspecify.annotations.Nullable;

/** A few small products and sums by which a twin shows that it has the bits of the other one. */
final class KernelSelfTest {
    /**
     * Rows, columns and inner axis: one number, blocks of 4, tiles of any height, long lines. Few terms, as this runs
     * uncompiled.
     */
    private static final int[][] SHAPES = {{1, 1, 1}, {5, 5, 5}, {15, 24, 3}, {3, 5, 33}, {5, 3, 33}};

    private static final int LENGTH = 29;

    private KernelSelfTest() {}

    /**
     * Compares two sets.
     *
     * @return the first difference, for people; null if there is none
     */
    static @Nullable String firstDifference(KernelSet reference, KernelSet tested) {
        for (int[] shape : SHAPES) {
            for (MatrixForm form : MatrixForm.values()) {
                String difference = firstDifference(reference, tested, form, shape[0], shape[1], shape[2]);
                if (difference != null) {
                    return difference;
                }
            }
        }
        double[] x = numbers(LENGTH, 0.37);
        double[] y = numbers(LENGTH, 0.71);
        double expected = reference.dot(LENGTH, x, 0, y, 0);
        double found = tested.dot(LENGTH, x, 0, y, 0);
        if (expected != found) {
            return "dot of length " + LENGTH + " gave " + found + " for " + expected;
        }
        double[] expectedTanh = new double[LENGTH];
        double[] foundTanh = new double[LENGTH];
        reference.tanh(LENGTH, x, expectedTanh);
        tested.tanh(LENGTH, x, foundTanh);
        for (int e = 0; e < LENGTH; e++) {
            if (expectedTanh[e] != foundTanh[e]) {
                return "tanh " + x[e] + " gave " + foundTanh[e] + " for " + expectedTanh[e];
            }
        }
        return null;
    }

    private static @Nullable String firstDifference(
            KernelSet reference, KernelSet tested, MatrixForm form, int rows, int columns, int inner) {
        double[] a = numbers(rows * inner, 0.37);
        double[] b = numbers(inner * columns, 0.71);
        double[] expected = new double[rows * columns];
        double[] found = new double[rows * columns];
        reference.multiply(form, false, rows, columns, inner, a, 0, b, 0, expected, 0);
        tested.multiply(form, false, rows, columns, inner, a, 0, b, 0, found, 0);
        for (int e = 0; e < expected.length; e++) {
            if (expected[e] != found[e]) {
                return "multiply " + form + " of " + rows + "×" + columns + "×" + inner + " gave " + found[e] + " for "
                        + expected[e];
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
