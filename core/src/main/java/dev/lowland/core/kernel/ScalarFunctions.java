package dev.lowland.core.kernel;

import dev.lowland.core.function.ErrorFunction;
import dev.lowland.core.function.Exponentials;
import dev.lowland.core.function.Logarithms;
import dev.lowland.core.function.Trigonometry;

/** Loops over the elementary functions, which give the same bits everywhere. */
final class ScalarFunctions {
    private ScalarFunctions() {}

    static void exp(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.exp(x[i]);
        }
    }

    static void log(int n, double[] x, double[] out) {
        log(x, 0, n, out);
    }

    /** On [from, to) only. */
    static void log(double[] x, int from, int to, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Logarithms.log(x[i]);
        }
    }

    static void log1p(int n, double[] x, double[] out) {
        log1p(x, 0, n, out);
    }

    /** On [from, to) only. */
    static void log1p(double[] x, int from, int to, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Logarithms.log1p(x[i]);
        }
    }

    static void expm1(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.expm1(x[i]);
        }
    }

    static void tanh(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.tanh(x[i]);
        }
    }

    static void sigmoid(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Exponentials.sigmoid(x[i]);
        }
    }

    static void softplus(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Logarithms.softplus(x[i]);
        }
    }

    static void sin(int n, double[] x, double[] out) {
        sin(x, 0, n, out);
    }

    /** On [from, to) only. */
    static void sin(double[] x, int from, int to, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Trigonometry.sin(x[i]);
        }
    }

    static void cos(int n, double[] x, double[] out) {
        cos(x, 0, n, out);
    }

    /** On [from, to) only. */
    static void cos(double[] x, int from, int to, double[] out) {
        for (int i = from; i < to; i++) {
            out[i] = Trigonometry.cos(x[i]);
        }
    }

    static void erf(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = ErrorFunction.erf(x[i]);
        }
    }
}
