package dev.lowland.jmh;

import java.util.Arrays;

/**
 * The plain slow flow of f = ⟨x, u∘u − v∘v⟩ with the square loss and no momentum, as one would write it for this case
 * alone: H by its formula, (2I − ηH)⁻¹ by Cholesky, ∇R by the chain rule. What {@link FlowBenchmark} is measured by.
 */
final class HandWrittenFlow {

    private final double[] x;
    private final double[] y;
    private final double rate;
    private final double strength;
    private final int samples;
    private final int half;
    private final int size;
    private final double[] residual;
    private final double[] jacobian;
    private final double[] factor;
    private final double[] root;
    private final double[] inverse;
    private final double[] change;

    HandWrittenFlow(double[] x, double[] y, int inputs, double rate, double strength) {
        this.x = x;
        this.y = y;
        this.rate = rate;
        this.strength = strength;
        samples = y.length;
        half = inputs;
        size = 2 * inputs;
        residual = new double[samples];
        jacobian = new double[samples * size];
        factor = new double[size * size];
        root = new double[size * size];
        inverse = new double[size * size];
        change = new double[size];
    }

    /** θ after so many steps, in place; false if R is not defined on the way. */
    boolean run(double[] theta, int steps) {
        for (int k = 0; k < steps; k++) {
            predict(theta);
            if (!invert()) {
                return false;
            }
            step(theta);
        }
        return true;
    }

    private double sign(int k) {
        return k < half ? 1 : -1;
    }

    private double input(int i, int k) {
        return x[i * half + (k < half ? k : k - half)];
    }

    private void predict(double[] theta) {
        for (int i = 0; i < samples; i++) {
            double sum = -y[i];
            for (int k = 0; k < size; k++) {
                double slope = sign(k) * input(i, k) * theta[k];
                sum += slope * theta[k];
                jacobian[i * size + k] = 2 * slope;
            }
            residual[i] = sum;
        }
    }

    private boolean invert() {
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < samples; i++) {
                    sum += jacobian[i * size + a] * jacobian[i * size + b];
                    if (a == b) {
                        sum += 2 * sign(a) * residual[i] * input(i, a);
                    }
                }
                double entry = (a == b ? 2 : 0) - rate * sum / samples;
                for (int c = 0; c < b; c++) {
                    entry -= factor[a * size + c] * factor[b * size + c];
                }
                if (a == b && !(entry > 0)) {
                    return false;
                }
                factor[a * size + b] = a == b ? Math.sqrt(entry) : entry / factor[b * size + b];
            }
        }
        for (int b = 0; b < size; b++) {
            root[b * size + b] = 1 / factor[b * size + b];
            for (int a = b + 1; a < size; a++) {
                double sum = 0;
                for (int c = b; c < a; c++) {
                    sum -= factor[a * size + c] * root[c * size + b];
                }
                root[a * size + b] = sum / factor[a * size + a];
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int c = a; c < size; c++) {
                    sum += root[c * size + a] * root[c * size + b];
                }
                inverse[a * size + b] = sum;
                inverse[b * size + a] = sum;
            }
        }
        return true;
    }

    private void step(double[] theta) {
        Arrays.fill(change, 0);
        for (int i = 0; i < samples; i++) {
            double curvature = 0;
            for (int k = 0; k < size; k++) {
                curvature += 2 * sign(k) * input(i, k) * inverse[k * size + k];
            }
            for (int k = 0; k < size; k++) {
                double image = 0;
                for (int l = 0; l < size; l++) {
                    image += inverse[k * size + l] * jacobian[i * size + l];
                }
                double drift = 0.5 * (4 * sign(k) * input(i, k) * image + jacobian[i * size + k] * curvature);
                change[k] += residual[i] * jacobian[i * size + k] + strength * drift;
            }
        }
        for (int k = 0; k < size; k++) {
            theta[k] -= rate * change[k] / samples;
        }
    }
}
