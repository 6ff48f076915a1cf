package dev.lowland.core.kernel.scalar;

import dev.lowland.core.check.Checks;
import java.util.Arrays;

/** The loops of {@link dev.lowland.core.kernel.contract.IndexKernels}. */
public final class ScalarIndices {
    private ScalarIndices() {}

    static void placeMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            System.arraycopy(x, o * length * inner, out, (o * n + start) * inner, length * inner);
        }
    }

    static void gatherMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out) {
        int m = positions.length;
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < m; k++) {
                int source = (o * n + positions[k]) * inner;
                System.arraycopy(x, source, out, (o * m + k) * inner, inner);
            }
        }
    }

    static void scatterMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out) {
        int m = positions.length;
        Arrays.fill(out, 0, outer * n * inner, 0);
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < m; k++) {
                int target = (o * n + positions[k]) * inner;
                int source = (o * m + k) * inner;
                for (int i = 0; i < inner; i++) {
                    out[target + i] += x[source + i];
                }
            }
        }
    }

    static void takeMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < m; k++) {
                int start = (o * m + k) * inner;
                for (int i = 0; i < inner; i++) {
                    out[start + i] = x[(o * n + position(positions[start + i], n)) * inner + i];
                }
            }
        }
    }

    static void putMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out) {
        Arrays.fill(out, 0, outer * n * inner, 0);
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < m; k++) {
                int start = (o * m + k) * inner;
                for (int i = 0; i < inner; i++) {
                    out[(o * n + position(positions[start + i], n)) * inner + i] += x[start + i];
                }
            }
        }
    }

    private static int position(double value, int n) {
        int position = (int) value;
        if (position != value || position < 0 || position >= n) {
            throw Checks.error("take or put", "position", Double.toString(value), "a whole number in [0, " + n + ")");
        }
        return position;
    }

    static void argMaxMiddle(int outer, int n, int inner, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int best = 0;
                double largest = x[o * n * inner + i];
                for (int k = 1; k < n; k++) {
                    double here = x[(o * n + k) * inner + i];
                    if (!Double.isNaN(largest) && !(here < largest)) {
                        best = k;
                        largest = here;
                    }
                }
                out[o * inner + i] = best;
            }
        }
    }
}
