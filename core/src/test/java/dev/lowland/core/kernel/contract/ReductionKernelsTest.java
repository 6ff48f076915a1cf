package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums bit for bit against the order that {@link ReductionKernels} prescribes, written down as directly as can be. */
final class ReductionKernelsTest {
    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    /** The prescribed order. */
    private static double sumInOrder(double[] terms) {
        double[] p = new double[8];
        int m = terms.length / 8 * 8;
        for (int i = 0; i < m; i++) {
            p[i % 8] += terms[i];
        }
        double total = ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
        for (int i = m; i < terms.length; i++) {
            total += terms[i];
        }
        return total;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sumAndDot(KernelSet kernels) {
        for (int n : Twins.sizes()) {
            for (int offset : new int[] {0, 1, 5}) {
                double[] x = Twins.gaussians(n + offset + 3, n);
                double[] y = Twins.gaussians(n + 2 * offset + 3, n + 1);
                double[] terms = new double[n];
                double[] products = new double[n];
                for (int i = 0; i < n; i++) {
                    terms[i] = x[offset + i];
                    products[i] = x[offset + i] * y[2 * offset + i];
                }
                assertEquals(sumInOrder(terms), kernels.sum(n, x, offset), kernels.name() + " sum of " + n);
                assertEquals(
                        sumInOrder(products),
                        kernels.dot(n, x, offset, y, 2 * offset),
                        kernels.name() + " dot of " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sumMiddle(KernelSet kernels) {
        for (int outer : new int[] {1, 3}) {
            for (int n : Twins.sizes()) {
                for (int inner : new int[] {1, 2, 7, 8, 19, 45, 67}) {
                    double[] x = Twins.gaussians(outer * n * inner, n);
                    double[] out = new double[outer * inner + 1];
                    java.util.Arrays.fill(out, -7);
                    kernels.sumMiddle(outer, n, inner, x, out);
                    for (int o = 0; o < outer; o++) {
                        for (int i = 0; i < inner; i++) {
                            double[] terms = new double[n];
                            double plain = 0;
                            for (int k = 0; k < n; k++) {
                                terms[k] = x[(o * n + k) * inner + i];
                                plain += terms[k];
                            }
                            double expected = inner == 1 ? sumInOrder(terms) : plain;
                            assertEquals(expected, out[o * inner + i], kernels.name() + " " + n + "×" + inner);
                        }
                    }
                    assertEquals(-7, out[outer * inner]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void laneSumsHaveTheBitsOfTheSingleSum(KernelSet kernels) {
        for (int n : new int[] {0, 1, 7, 8, 9, 16, 20, 67}) {
            for (int lanes : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64}) {
                double[] x = Twins.gaussians(2 * n * lanes, n);
                double[] out = new double[2 * lanes + 1];
                java.util.Arrays.fill(out, -7);
                kernels.sumLanes(2, n, lanes, x, out);
                for (int o = 0; o < 2; o++) {
                    for (int l = 0; l < lanes; l++) {
                        double[] terms = new double[n];
                        for (int k = 0; k < n; k++) {
                            terms[k] = x[(o * n + k) * lanes + l];
                        }
                        assertEquals(
                                sumInOrder(terms), out[o * lanes + l], kernels.name() + " " + n + " lanes " + lanes);
                    }
                }
                assertEquals(-7, out[2 * lanes]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void specialsPassThrough(KernelSet kernels) {
        for (int n : new int[] {1, 8, 17, 40}) {
            for (int i = 0; i < n; i++) {
                double[] ones = new double[n];
                java.util.Arrays.fill(ones, 1);
                double[] x = ones.clone();
                x[i] = Double.NaN;
                assertEquals(Double.NaN, kernels.sum(n, x, 0));
                assertEquals(Double.NaN, kernels.dot(n, x, 0, ones, 0));
                x[i] = Double.NEGATIVE_INFINITY;
                assertEquals(Double.NEGATIVE_INFINITY, kernels.sum(n, x, 0));
                assertEquals(Double.NEGATIVE_INFINITY, kernels.dot(n, x, 0, ones, 0));
            }
            double[] zeros = new double[n];
            java.util.Arrays.fill(zeros, -0.0);
            assertEquals(0L, Double.doubleToRawLongBits(kernels.sum(n, zeros, 0)), "from +0");
        }
    }
}
