package dev.lowland.core.kernel.scalar;

import dev.lowland.core.function.ErrorFunction;
import dev.lowland.core.function.Exponentials;
import dev.lowland.core.function.GaussianFunctions;
import dev.lowland.core.function.Logarithms;
import dev.lowland.core.function.Trigonometry;

/** Loops over the elementary functions, which give the same bits everywhere. */
public final class ScalarFunctions {
    private ScalarFunctions() {}

    public static void exp(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.exp(x[i]);
        }
    }

    public static void log(int n, double[] x, double[] out) {
        log(0, n, x, out);
    }

    /** On [from, to) only. */
    public static void log(int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Logarithms.log(x[i]);
        }
    }

    public static void log1p(int n, double[] x, double[] out) {
        log1p(0, n, x, out);
    }

    /** On [from, to) only. */
    public static void log1p(int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Logarithms.log1p(x[i]);
        }
    }

    public static void expm1(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.expm1(x[i]);
        }
    }

    public static void tanh(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.tanh(x[i]);
        }
    }

    public static void sechSquare(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.sechSquare(x[i]);
        }
    }

    public static void tanhAndSlope(int n, double[] x, double[] out, double[] slope) {
        for (int i = 0; i < n; i++) {
            Exponentials.tanhAndSlope(x[i], i, out, slope);
        }
    }

    public static void sigmoid(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.sigmoid(x[i]);
        }
    }

    public static void softplus(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Logarithms.softplus(x[i]);
        }
    }

    public static void sin(int n, double[] x, double[] out) {
        sin(0, n, x, out);
    }

    /** On [from, to) only. */
    public static void sin(int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Trigonometry.sin(x[i]);
        }
    }

    public static void cos(int n, double[] x, double[] out) {
        cos(0, n, x, out);
    }

    /** On [from, to) only. */
    public static void cos(int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Trigonometry.cos(x[i]);
        }
    }

    public static void erf(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = ErrorFunction.erf(x[i]);
        }
    }

    public static void gaussian(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = GaussianFunctions.gaussian(x[i]);
        }
    }

    public static void normalDensity(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = GaussianFunctions.normalDensity(x[i]);
        }
    }

    public static void normalCdf(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = GaussianFunctions.normalCdf(x[i]);
        }
    }
}
