package dev.lowland.core.kernel.scalar;

/** Arithmetic entry by entry, as plain loops, which the compiler vectorises; both twins use them. */
public final class ScalarElementwise {
    private ScalarElementwise() {}

    static void add(int n, double[] x, double[] y, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] + y[i];
        }
    }

    static void subtract(int n, double[] x, double[] y, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] - y[i];
        }
    }

    static void multiply(int n, double[] x, double[] y, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] * y[i];
        }
    }

    static void scale(int n, double factor, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = factor * x[i];
        }
    }

    static void square(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] * x[i];
        }
    }

    static void reciprocal(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = 1 / x[i];
        }
    }

    static void sqrt(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.sqrt(x[i]);
        }
    }

    static void abs(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.abs(x[i]);
        }
    }

    /** max(x, +0): NaN stays, −0 becomes +0. */
    static void relu(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.max(x[i], 0.0);
        }
    }

    /** Without a branch: ⌈x⌉ of x cut to [0, 1]. */
    static void step(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.ceil(Math.min(Math.max(x[i], 0.0), 1.0));
        }
    }

    /** The step of x less that of −x. */
    static void sign(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            double above = Math.ceil(Math.min(Math.max(x[i], 0.0), 1.0));
            double below = Math.ceil(Math.min(Math.max(-x[i], 0.0), 1.0));
            out[i] = above - below;
        }
    }
}
