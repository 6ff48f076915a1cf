package dev.lowland.core.kernel.contract;

/**
 * The fused updates of optimisers, in place on the first n entries. No fused multiply-add: both twins give the same
 * bits.
 */
public interface UpdateKernels {

    /** y[yOffset + i] += alpha·x[xOffset + i]. */
    void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset);

    /** parameters −= learningRate·gradient. */
    void sgdStep(int n, double learningRate, double[] gradient, double[] parameters);

    /** velocity = momentum·velocity − learningRate·gradient; parameters += velocity (heavy ball). */
    void heavyBallStep(
            int n, double learningRate, double momentum, double[] gradient, double[] velocity, double[] parameters);
}
