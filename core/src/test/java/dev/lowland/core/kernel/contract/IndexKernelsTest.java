package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Moving by index, choosing and powers, on both twins. */
class IndexKernelsTest {
    private static final int OUTER = 2;
    private static final int N = 4;
    private static final int INNER = 3;

    static List<KernelSet> twins() {
        List<KernelSet> twins = new ArrayList<>(List.of(Kernels.scalar()));
        Kernels.vector().ifPresent(twins::add);
        return twins;
    }

    private final double[] x = new Random(2).doubles(OUTER * N * INNER, -1, 1).toArray();

    @ParameterizedTest
    @MethodSource("twins")
    void gatherAndScatterFollowTheirPositions(KernelSet kernels) {
        int[] positions = {3, 0, 3, 3, 1};
        double[] gathered = new double[OUTER * positions.length * INNER];
        kernels.gatherMiddle(OUTER, N, INNER, positions, x, gathered);
        double[] scattered = new double[x.length];
        Arrays.fill(scattered, Double.NaN);
        kernels.scatterMiddle(OUTER, N, INNER, positions, gathered, scattered);
        int[] uses = {1, 1, 0, 3};
        for (int o = 0; o < OUTER; o++) {
            for (int i = 0; i < INNER; i++) {
                for (int k = 0; k < positions.length; k++) {
                    assertEquals(at(x, o, N, positions[k], i), at(gathered, o, positions.length, k, i));
                }
                for (int j = 0; j < N; j++) {
                    double expected = 0;
                    for (int use = 0; use < uses[j]; use++) {
                        expected += at(x, o, N, j, i);
                    }
                    assertEquals(expected, at(scattered, o, N, j, i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void takeAndPutFollowPositionsOfTheirOwn(KernelSet kernels) {
        int m = 2;
        double[] positions = new Random(3)
                .ints((long) OUTER * m * INNER, 0, N)
                .asDoubleStream()
                .toArray();
        double[] taken = new double[positions.length];
        kernels.takeMiddle(OUTER, N, m, INNER, positions, x, taken);
        double[] put = new double[x.length];
        Arrays.fill(put, Double.NaN);
        kernels.putMiddle(OUTER, N, m, INNER, positions, taken, put);
        double[] expected = new double[x.length];
        for (int o = 0; o < OUTER; o++) {
            for (int k = 0; k < m; k++) {
                for (int i = 0; i < INNER; i++) {
                    int p = (int) at(positions, o, m, k, i);
                    assertEquals(at(x, o, N, p, i), at(taken, o, m, k, i));
                    expected[(o * N + p) * INNER + i] += at(x, o, N, p, i);
                }
            }
        }
        assertArrayEquals(expected, put);
        for (double bad : new double[] {-1, N, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            positions[4] = bad;
            for (int which = 0; which < 2; which++) {
                boolean take = which == 0;
                String message = assertThrows(IllegalArgumentException.class, () -> {
                            if (take) {
                                kernels.takeMiddle(OUTER, N, m, INNER, positions, x, taken);
                            } else {
                                kernels.putMiddle(OUTER, N, m, INNER, positions, taken, put);
                            }
                        })
                        .getMessage();
                assertTrue(
                        message.equals("take or put: position is " + bad + ", must be a whole number in [0, 4)"),
                        message);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theLargestIsTheLastOfEqualsAndTheFirstNaN(KernelSet kernels) {
        double nan = Double.NaN;
        double[] rows = {1, 5, 5, 2, 0.0, -0.0, -1, -0.0, 3, nan, 7, nan};
        double[] out = new double[3];
        kernels.argMaxMiddle(3, 4, 1, rows, out);
        assertArrayEquals(new double[] {2, 3, 1}, out);
        double[] columns = new double[rows.length];
        kernels.transpose(1, 3, 4, 1, rows, columns);
        kernels.argMaxMiddle(1, 4, 3, columns, out);
        assertArrayEquals(new double[] {2, 3, 1}, out);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void placingLeavesTheRestAlone(KernelSet kernels) {
        double[] out = new double[OUTER * N * INNER];
        Arrays.fill(out, -7);
        kernels.placeMiddle(OUTER, N, 1, 2, INNER, x, out);
        for (int o = 0; o < OUTER; o++) {
            for (int k = 0; k < N; k++) {
                for (int i = 0; i < INNER; i++) {
                    double expected = k == 1 || k == 2 ? at(x, o, 2, k - 1, i) : -7;
                    assertEquals(expected, at(out, o, N, k, i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void choosingKeepsTheBitsOfTheChosen(KernelSet kernels) {
        double nan = Double.NaN;
        double[] left = {1, 2, -0.0, nan, 1, Double.POSITIVE_INFINITY};
        double[] right = {0, 2, 0.0, 1, nan, Double.POSITIVE_INFINITY};
        double[] mask = new double[6];
        kernels.greater(6, left, right, mask);
        assertArrayEquals(new double[] {1, 0, 0, nan, nan, 0}, mask);
        double[] chosen = new double[4];
        kernels.select(
                4,
                new double[] {1, 0, -0.0, nan},
                new double[] {-0.0, nan, nan, 1},
                new double[] {nan, -0.0, 3, 1},
                chosen);
        assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(chosen[0]));
        assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(chosen[1]));
        assertEquals(3, chosen[2]);
        assertTrue(Double.isNaN(chosen[3]));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void powersAgreeWithTheStandardLibrary(KernelSet kernels) {
        double[] values = {-3.5, -1, -0.3, -0.0, 0.0, 0.7, 1, 2, Double.POSITIVE_INFINITY, Double.NaN};
        for (int exponent : new int[] {-7, -2, -1, 0, 1, 2, 3, 10, 31, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            double[] out = new double[values.length];
            kernels.power(values.length, exponent, values, out);
            for (int i = 0; i < values.length; i++) {
                double expected = StrictMath.pow(values[i], exponent);
                double tolerance = Double.isFinite(expected) ? 1e-14 * Math.abs(expected) : 0;
                assertEquals(expected, out[i], tolerance, values[i] + " to " + exponent);
            }
        }
        double[] roots = new double[4];
        kernels.rsqrt(4, new double[] {4, 0.0, -0.0, -1}, roots);
        assertArrayEquals(new double[] {0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}, roots);
    }

    private static double at(double[] array, int o, int n, int k, int i) {
        return array[(o * n + k) * INNER + i];
    }
}
