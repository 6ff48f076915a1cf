package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.LongProduct;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * The operator I − N of {@link SampledCovariance}, and the maps between second moments (Y_i)_kl = g_ikᵀSg_il, c × c a
 * sample, and covariances S in the coordinates of the range of G.
 *
 * <p>Gradients are in the unit of {@link GradientModes}, η is in what belongs to it, and the equation is divided by
 * that η: then nothing here is very large or small, whatever η and the gradients are.
 */
final class SampleResponse implements LinearOperator {
    private static final double ROUNDING = 4 * Math.ulp(1.0);

    private final GradientModes modes;
    private final Recursion recursion;
    private final int samples;
    private final int group;
    private final int rank;
    /** ηs/n. */
    private final double feedback;
    /** m. */
    private final double mean;
    /** ηK. */
    private final DMatrixRMaj gain;

    private final DMatrixRMaj weighted;
    private final DMatrixRMaj sum;

    SampleResponse(GradientModes modes, Recursion recursion, double spread, double mean) {
        this.modes = modes;
        this.recursion = recursion;
        this.mean = mean;
        this.samples = modes.samples();
        this.group = modes.group();
        this.rank = modes.rank();
        double rate = recursion.learningRate();
        this.feedback = rate * (spread / samples);
        this.gain = new DMatrixRMaj(rank, rank);
        this.weighted = new DMatrixRMaj(samples * group, rank);
        this.sum = new DMatrixRMaj(rank, rank);
        double[] d = modes.curvatures();
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b < rank; b++) {
                gain.data[a * rank + b] = 1 / (recursion.resistancePerRate(d[a], d[b]) + rate * mean * d[a] * d[b]);
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
        return samples * group * group;
    }

    @Override
    public void apply(DMatrixRMaj y, DMatrixRMaj out) {
        injected(y);
        multiplyByGain(sum);
        momentsOf(sum, out);
        for (int i = 0; i < size(); i++) {
            out.data[i] = y.data[i] - out.data[i];
        }
    }

    /** {@code sum} = (ηs/n) Σ_i Σ_kl (Y_i)_kl g_ik g_ilᵀ. */
    private void injected(DMatrixRMaj y) {
        DMatrixRMaj g = modes.gradients();
        weighted.zero();
        for (int e = 0; e < size(); e++) {
            double factor = feedback * y.data[e];
            int to = e / group * rank;
            int from = (e / (group * group) * group + e % group) * rank;
            for (int a = 0; a < rank; a++) {
                weighted.data[to + a] += factor * g.data[from + a];
            }
        }
        LongProduct.multiply("sampled covariance", MatrixForm.TN, weighted, g, sum);
    }

    private void multiplyByGain(DMatrixRMaj m) {
        for (int e = 0; e < rank * rank; e++) {
            m.data[e] *= gain.data[e];
        }
    }

    /** out = the moments of M, g_ikᵀMg_il. */
    private void momentsOf(DMatrixRMaj m, DMatrixRMaj out) {
        DMatrixRMaj g = modes.gradients();
        LongProduct.multiply("sampled covariance", MatrixForm.NN, g, m, weighted);
        for (int e = 0; e < size(); e++) {
            int left = e / group * rank;
            int right = (e / (group * group) * group + e % group) * rank;
            out.data[e] = Kernels.active().dot(rank, weighted.data, left, g.data, right);
        }
    }

    /** out = the moments of ηK∘Q, the right side of the system. */
    void plainMoments(DMatrixRMaj noise, DMatrixRMaj out) {
        System.arraycopy(noise.data, 0, sum.data, 0, rank * rank);
        multiplyByGain(sum);
        momentsOf(sum, out);
    }

    /** ηK∘(Q + (ηs/n) Σ_i Σ_kl (Y_i)_kl g_ik g_ilᵀ). */
    DMatrixRMaj covariance(DMatrixRMaj noise, DMatrixRMaj y) {
        injected(y);
        DMatrixRMaj covariance = new DMatrixRMaj(rank, rank);
        for (int e = 0; e < rank * rank; e++) {
            covariance.data[e] = gain.data[e] * (noise.data[e] + sum.data[e]);
        }
        Congruence.symmetrise(covariance);
        return covariance;
    }

    /** ‖K⁻¹∘S/η − Q − (ηs/n) Σ_i A_i S A_i‖_F. */
    double residual(DMatrixRMaj covariance, DMatrixRMaj noise) {
        DMatrixRMaj y = new DMatrixRMaj(size(), 1);
        momentsOf(covariance, y);
        injected(y);
        DMatrixRMaj rest = new DMatrixRMaj(rank, rank);
        for (int e = 0; e < rank * rank; e++) {
            rest.data[e] = covariance.data[e] / gain.data[e] - noise.data[e] - sum.data[e];
        }
        return Norms.two(rest);
    }

    /**
     * What the residual is, as a part of Q = G, at most: with Y′ the moments of the covariance that belongs to Y it is
     * (ηs/n) Σ_i Σ_kl (Y′_i − Y_i)_kl g_ik g_ilᵀ ⪯ max_i ηs‖Y′_i − Y_i‖_F·G. The rounding of Y′ is added.
     */
    double missing(DMatrixRMaj covariance, DMatrixRMaj y) {
        DMatrixRMaj again = new DMatrixRMaj(size(), 1);
        momentsOf(covariance, again);
        double worst = 0;
        for (int i = 0; i < samples; i++) {
            int first = i * group * group;
            for (int e = first; e < first + group * group; e++) {
                again.data[e] = Math.abs(again.data[e] - y.data[e]) + ROUNDING * Math.abs(y.data[e]);
            }
            worst = Math.max(worst, Norms.two(again.data, first, group * group));
        }
        return worst * feedback * samples;
    }

    /** (ηs/n) Σ_i A_i S A_i − ηm·DSD: what drawing samples adds to the covariance in a step, over η. */
    DMatrixRMaj sampling(DMatrixRMaj covariance) {
        DMatrixRMaj y = new DMatrixRMaj(size(), 1);
        momentsOf(covariance, y);
        injected(y);
        DMatrixRMaj added = sum.copy();
        double[] d = modes.curvatures();
        double rate = recursion.learningRate() * mean;
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b < rank; b++) {
                added.data[a * rank + b] -= rate * d[a] * d[b] * covariance.data[a * rank + b];
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
        double root = Math.sqrt(recursion.learningRate());
        int n = 2 * rank;
        DMatrixRMaj joint = new DMatrixRMaj(n, n);
        for (int a = 0; a < rank; a++) {
            double scaleA = 1 / Math.sqrt(recursion.moveMovePerRate(d[a], d[a]));
            for (int b = 0; b < rank; b++) {
                double scaleB = 1 / Math.sqrt(recursion.moveMovePerRate(d[b], d[b]));
                double x = covariance.data[a * rank + b];
                joint.data[a * n + b] = x;
                joint.data[a * n + rank + b] = x * root * recursion.movePerRate(d[a], d[b]) * scaleB;
                joint.data[(rank + b) * n + a] = joint.data[a * n + rank + b];
                joint.data[(rank + a) * n + rank + b] = x * recursion.moveMovePerRate(d[a], d[b]) * scaleA * scaleB;
            }
        }
        return joint;
    }
}
