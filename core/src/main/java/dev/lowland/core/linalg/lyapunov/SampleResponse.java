package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.MatrixForm;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * The operator I − N of {@link SampledCovariance}, and the maps between second moments y_i = g_iᵀSg_i, one a sample, and covariances S in the
 * coordinates of the range of G.
 */
final class SampleResponse implements LinearOperator {
    private static final double ROUNDING = 4 * Math.ulp(1.0);

    private final GradientModes modes;
    private final Recursion recursion;
    private final int samples;
    private final int rank;
    /** η²s/n. */
    private final double feedback;
    /** m. */
    private final double mean;
    /** K. */
    private final DMatrixRMaj gain;

    private final DMatrixRMaj weighted;
    private final DMatrixRMaj sum;

    SampleResponse(GradientModes modes, Recursion recursion, double spread, double mean) {
        this.modes = modes;
        this.recursion = recursion;
        this.mean = mean;
        this.samples = modes.samples();
        this.rank = modes.rank();
        double square = recursion.learningRate() * recursion.learningRate();
        this.feedback = square * spread / samples;
        this.gain = new DMatrixRMaj(rank, rank);
        this.weighted = new DMatrixRMaj(samples, rank);
        this.sum = new DMatrixRMaj(rank, rank);
        double[] d = modes.curvatures();
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b < rank; b++) {
                gain.data[a * rank + b] = 1 / (recursion.resistance(d[a], d[b]) + square * mean * d[a] * d[b]);
            }
        }
    }

    /** G in its own coordinates: diag(d). */
    DMatrixRMaj ofModes() {
        DMatrixRMaj g = new DMatrixRMaj(rank, rank);
        for (int a = 0; a < rank; a++) {
            g.data[a * rank + a] = modes.curvatures()[a];
        }
        return g;
    }

    @Override
    public int size() {
        return samples;
    }

    @Override
    public void apply(DMatrixRMaj y, DMatrixRMaj out) {
        injected(y);
        multiplyByGain(sum);
        momentsOf(sum, out);
        for (int i = 0; i < samples; i++) {
            out.data[i] = y.data[i] - out.data[i];
        }
    }

    /** {@code sum} = (η²s/n) Σ_i y_i g_i g_iᵀ. */
    private void injected(DMatrixRMaj y) {
        DMatrixRMaj g = modes.gradients();
        for (int i = 0; i < samples; i++) {
            double factor = feedback * y.data[i];
            for (int a = 0; a < rank; a++) {
                weighted.data[i * rank + a] = factor * g.data[i * rank + a];
            }
        }
        Kernels.multiply(MatrixForm.TN, weighted, g, sum);
    }

    private void multiplyByGain(DMatrixRMaj m) {
        for (int e = 0; e < rank * rank; e++) {
            m.data[e] *= gain.data[e];
        }
    }

    /** out_i = g_iᵀMg_i. */
    private void momentsOf(DMatrixRMaj m, DMatrixRMaj out) {
        DMatrixRMaj g = modes.gradients();
        Kernels.multiply(MatrixForm.NN, g, m, weighted);
        for (int i = 0; i < samples; i++) {
            out.data[i] = Kernels.active().dot(rank, weighted.data, i * rank, g.data, i * rank);
        }
    }

    /** out = the moments of K∘Q, the right side of the system. */
    void plainMoments(DMatrixRMaj noise, DMatrixRMaj out) {
        System.arraycopy(noise.data, 0, sum.data, 0, rank * rank);
        multiplyByGain(sum);
        momentsOf(sum, out);
    }

    /** K∘(Q + (η²s/n) Σ_i y_i g_i g_iᵀ). */
    DMatrixRMaj covariance(DMatrixRMaj noise, DMatrixRMaj y) {
        injected(y);
        DMatrixRMaj covariance = new DMatrixRMaj(rank, rank);
        for (int e = 0; e < rank * rank; e++) {
            covariance.data[e] = gain.data[e] * (noise.data[e] + sum.data[e]);
        }
        Congruence.symmetrise(covariance);
        return covariance;
    }

    /** ‖K⁻¹∘S − Q − (η²s/n) Σ_i (g_iᵀSg_i) g_i g_iᵀ‖_F. */
    double residual(DMatrixRMaj covariance, DMatrixRMaj noise) {
        DMatrixRMaj y = new DMatrixRMaj(samples, 1);
        momentsOf(covariance, y);
        injected(y);
        DMatrixRMaj rest = new DMatrixRMaj(rank, rank);
        for (int e = 0; e < rank * rank; e++) {
            rest.data[e] = covariance.data[e] / gain.data[e] - noise.data[e] - sum.data[e];
        }
        return Norms.two(rest);
    }

    /**
     * What the residual is, as a part of Q = G, at most: with y′ the moments of the covariance that belongs to y it is
     * (η²s/n) Σ (y′_i − y_i) g_i g_iᵀ ⪯ max_i η²s|y′_i − y_i|·G. The rounding of y′ is added.
     */
    double missing(DMatrixRMaj covariance, DMatrixRMaj y) {
        DMatrixRMaj again = new DMatrixRMaj(samples, 1);
        momentsOf(covariance, again);
        double worst = 0;
        for (int i = 0; i < samples; i++) {
            worst = Math.max(worst, Math.abs(again.data[i] - y.data[i]) + ROUNDING * Math.abs(y.data[i]));
        }
        return worst * feedback * samples;
    }

    /** (η²s/n) Σ_i (g_iᵀSg_i) g_i g_iᵀ − η²m·DSD: what drawing samples adds to the covariance in a step. */
    DMatrixRMaj sampling(DMatrixRMaj covariance) {
        DMatrixRMaj y = new DMatrixRMaj(samples, 1);
        momentsOf(covariance, y);
        injected(y);
        DMatrixRMaj added = sum.copy();
        double[] d = modes.curvatures();
        double square = recursion.learningRate() * recursion.learningRate() * mean;
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b < rank; b++) {
                added.data[a * rank + b] -= square * d[a] * d[b] * covariance.data[a * rank + b];
            }
        }
        return added;
    }

    /** The covariance of (x, last move), 2r × 2r, or of x alone without momentum; moves scaled to the size of x. */
    DMatrixRMaj joint(DMatrixRMaj covariance) {
        if (recursion.momentum() == 0) {
            return covariance.copy();
        }
        double[] d = modes.curvatures();
        int n = 2 * rank;
        DMatrixRMaj joint = new DMatrixRMaj(n, n);
        for (int a = 0; a < rank; a++) {
            double scaleA = 1 / Math.sqrt(recursion.moveMoveFactor(d[a], d[a]));
            for (int b = 0; b < rank; b++) {
                double scaleB = 1 / Math.sqrt(recursion.moveMoveFactor(d[b], d[b]));
                double x = covariance.data[a * rank + b];
                joint.data[a * n + b] = x;
                joint.data[a * n + rank + b] = x * recursion.moveFactor(d[a], d[b]) * scaleB;
                joint.data[(rank + b) * n + a] = joint.data[a * n + rank + b];
                joint.data[(rank + a) * n + rank + b] = x * recursion.moveMoveFactor(d[a], d[b]) * scaleA * scaleB;
            }
        }
        return joint;
    }
}
