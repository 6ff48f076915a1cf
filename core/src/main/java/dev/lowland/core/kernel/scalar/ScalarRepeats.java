package dev.lowland.core.kernel.scalar;

/** {@link dev.lowland.core.kernel.contract.RepeatKernels} as plain loops. */
public final class ScalarRepeats {
    private ScalarRepeats() {}

    public static void addRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                addNumber(n, r[rOffset + o], x, xOffset + o * n, out, outOffset + o * n);
            }
            return;
        }
        int at = 0;
        for (int o = 0; o < outer; o++) {
            int repeated = rOffset + o * inner;
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < inner; i++) {
                    out[outOffset + at + i] = x[xOffset + at + i] + r[repeated + i];
                }
                at += inner;
            }
        }
    }

    public static void multiplyRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                multiplyNumber(n, r[rOffset + o], x, xOffset + o * n, out, outOffset + o * n);
            }
            return;
        }
        int at = 0;
        for (int o = 0; o < outer; o++) {
            int repeated = rOffset + o * inner;
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < inner; i++) {
                    out[outOffset + at + i] = x[xOffset + at + i] * r[repeated + i];
                }
                at += inner;
            }
        }
    }

    public static void subtractRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                subtractNumber(n, r[rOffset + o], x, xOffset + o * n, out, outOffset + o * n);
            }
            return;
        }
        int at = 0;
        for (int o = 0; o < outer; o++) {
            int repeated = rOffset + o * inner;
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < inner; i++) {
                    out[outOffset + at + i] = x[xOffset + at + i] - r[repeated + i];
                }
                at += inner;
            }
        }
    }

    public static void subtractFromRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                subtractFromNumber(n, r[rOffset + o], x, xOffset + o * n, out, outOffset + o * n);
            }
            return;
        }
        int at = 0;
        for (int o = 0; o < outer; o++) {
            int repeated = rOffset + o * inner;
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < inner; i++) {
                    out[outOffset + at + i] = r[repeated + i] - x[xOffset + at + i];
                }
                at += inner;
            }
        }
    }

    private static void addNumber(int n, double number, double[] x, int xStart, double[] out, int outStart) {
        for (int k = 0; k < n; k++) {
            out[outStart + k] = x[xStart + k] + number;
        }
    }

    private static void multiplyNumber(int n, double number, double[] x, int xStart, double[] out, int outStart) {
        for (int k = 0; k < n; k++) {
            out[outStart + k] = x[xStart + k] * number;
        }
    }

    private static void subtractNumber(int n, double number, double[] x, int xStart, double[] out, int outStart) {
        for (int k = 0; k < n; k++) {
            out[outStart + k] = x[xStart + k] - number;
        }
    }

    private static void subtractFromNumber(int n, double number, double[] x, int xStart, double[] out, int outStart) {
        for (int k = 0; k < n; k++) {
            out[outStart + k] = number - x[xStart + k];
        }
    }
}
