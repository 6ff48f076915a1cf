package dev.lowland.core.kernel.scalar;

/** The updates of optimisers as plain loops, which the compiler vectorises; both twins use them. */
public final class ScalarUpdates {
    private ScalarUpdates() {}

    static void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }

    static void sgdStep(int n, double learningRate, double[] gradient, double[] parameters) {
        for (int i = 0; i < n; i++) {
            parameters[i] -= learningRate * gradient[i];
        }
    }

    static void heavyBallStep(
            int n, double learningRate, double momentum, double[] gradient, double[] velocity, double[] parameters) {
        for (int i = 0; i < n; i++) {
            double next = momentum * velocity[i] - learningRate * gradient[i];
            velocity[i] = next;
            parameters[i] += next;
        }
    }
}
