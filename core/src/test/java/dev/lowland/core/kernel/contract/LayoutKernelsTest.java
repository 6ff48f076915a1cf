package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies against their index formulas. */
final class LayoutKernelsTest {
    private static final int[] INNER = {1, 2, 8, 13};

    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    /** An array that shows every entry that was not written. */
    private static double[] untouched(int n) {
        double[] out = new double[n + 2];
        Arrays.fill(out, -99);
        return out;
    }

    @ParameterizedTest
    @MethodSource("twins")
    void broadcastMiddle(KernelSet kernels) {
        for (int outer : new int[] {1, 4}) {
            for (int n : new int[] {0, 1, 2, 9, 67}) {
                for (int inner : INNER) {
                    double[] x = Twins.gaussians(outer * inner, 1);
                    double[] expected = untouched(outer * n * inner);
                    for (int o = 0; o < outer; o++) {
                        for (int k = 0; k < n; k++) {
                            for (int i = 0; i < inner; i++) {
                                expected[(o * n + k) * inner + i] = x[o * inner + i];
                            }
                        }
                    }
                    double[] out = untouched(outer * n * inner);
                    kernels.broadcastMiddle(outer, n, inner, x, out);
                    assertArrayEquals(expected, out);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void transpose(KernelSet kernels) {
        for (int groups : new int[] {1, 3}) {
            for (int rows : new int[] {1, 2, 5, 16, 33}) {
                for (int columns : new int[] {1, 3, 8, 17, 40}) {
                    for (int inner : INNER) {
                        double[] x = Twins.gaussians(groups * rows * columns * inner, 1);
                        double[] expected = untouched(x.length);
                        for (int g = 0; g < groups; g++) {
                            for (int i = 0; i < rows; i++) {
                                for (int j = 0; j < columns; j++) {
                                    for (int l = 0; l < inner; l++) {
                                        expected[((g * columns + j) * rows + i) * inner + l] =
                                                x[((g * rows + i) * columns + j) * inner + l];
                                    }
                                }
                            }
                        }
                        double[] out = untouched(x.length);
                        kernels.transpose(groups, rows, columns, inner, x, out);
                        assertArrayEquals(expected, out);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void sliceAndPad(KernelSet kernels) {
        int n = 11;
        for (int outer : new int[] {1, 4}) {
            for (int start : new int[] {0, 1, 10}) {
                for (int length : new int[] {0, 1, 11 - start}) {
                    for (int inner : INNER) {
                        double[] whole = Twins.gaussians(outer * n * inner, 1);
                        double[] part = Twins.gaussians(outer * length * inner, 2);
                        double[] slice = untouched(part.length);
                        double[] padded = untouched(whole.length);
                        Arrays.fill(padded, 0, whole.length, 0);
                        for (int o = 0; o < outer; o++) {
                            for (int k = 0; k < length; k++) {
                                for (int i = 0; i < inner; i++) {
                                    int small = (o * length + k) * inner + i;
                                    int large = (o * n + start + k) * inner + i;
                                    slice[small] = whole[large];
                                    padded[large] = part[small];
                                }
                            }
                        }
                        double[] out = untouched(part.length);
                        kernels.sliceMiddle(outer, n, start, length, inner, whole, out);
                        assertArrayEquals(slice, out);
                        out = untouched(whole.length);
                        kernels.padMiddle(outer, n, start, length, inner, part, out);
                        assertArrayEquals(padded, out);
                    }
                }
            }
        }
    }
}
