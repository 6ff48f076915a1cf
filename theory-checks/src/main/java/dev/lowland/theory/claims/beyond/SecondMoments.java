package dev.lowland.theory.claims.beyond;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How the second moment S of a displacement from a point of zero loss changes in a step of mini-batch SGD on the
 * linearised predictions, S ↦ (I − ηG)S(I − ηG) + fη²[(1/n) Σ g_i g_iᵀ S g_i g_iᵀ − GSG], on the range of G.
 *
 * <p>The map keeps S ⪰ 0, so its spectral radius is an eigenvalue with an eigenmatrix S ⪰ 0 (Krein and Rutman), which
 * powers of the map approach. Immutable and thread-safe.
 */
final class SecondMoments {

    private static final int MOST_POWERS = 20_000;
    private static final double SETTLED = 1e-14;
    private static final int BISECTIONS = 60;

    private final DMatrixRMaj basis;
    private final DMatrixRMaj gradients;
    private final double[] curvatures;
    private final double share;

    private SecondMoments(DMatrixRMaj basis, DMatrixRMaj gradients, double[] curvatures, double share) {
        this.basis = basis;
        this.gradients = gradients;
        this.curvatures = curvatures;
        this.share = share;
    }

    /**
     * The map at a point of zero loss.
     *
     * @param setting problem and point
     * @param share f
     */
    static SecondMoments of(Setting setting, double share) {
        int rank = setting.rank();
        int size = setting.parameters();
        int samples = setting.objective().sampleCount();
        DMatrixRMaj basis = new DMatrixRMaj(size, rank);
        double[] curvatures = new double[rank];
        for (int j = 0; j < rank; j++) {
            DMatrixRMaj vector = setting.eigenvector(j);
            curvatures[j] = setting.spectrum().values()[size - 1 - j];
            for (int i = 0; i < size; i++) {
                basis.set(i, j, vector.data[i]);
            }
        }
        DMatrixRMaj jacobian = new DMatrixRMaj(samples, size);
        setting.objective().jacobian(setting.theta(), jacobian);
        return new SecondMoments(basis, Dense.times(jacobian, basis), curvatures, share);
    }

    /** max (1 − ηh)², the growth with the full batch. */
    double fullBatch(double learningRate) {
        double most = 0;
        for (double h : curvatures) {
            most = Math.max(most, (1 - learningRate * h) * (1 - learningRate * h));
        }
        return most;
    }

    /** The spectral radius. */
    double radius(double learningRate) {
        return Dense.trace(step(leading(learningRate), learningRate));
    }

    /** The learning rate at which the radius is 1, by bisection below 2/λmax. */
    double threshold() {
        double low = 0;
        double high = 2 / curvatures[0];
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (radius(middle) < 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The eigenmatrix of the radius, with trace 1.
     *
     * @param vectors its eigenvectors in parameter space, P × rank
     * @param weights its eigenvalues
     */
    record Eigenmatrix(DMatrixRMaj vectors, double[] weights) {}

    Eigenmatrix eigenmatrix(double learningRate) {
        SymmetricEigen eigen = SymmetricEigen.of(leading(learningRate));
        return new Eigenmatrix(Dense.times(basis, eigen.vectors()), eigen.values());
    }

    /** In the basis, of trace 1. */
    private DMatrixRMaj leading(double learningRate) {
        Interruption.check();
        DMatrixRMaj now = CommonOps_DDRM.identity(curvatures.length);
        CommonOps_DDRM.scale(1.0 / curvatures.length, now);
        for (int k = 0; k < MOST_POWERS; k++) {
            DMatrixRMaj next = step(now, learningRate);
            CommonOps_DDRM.scale(1 / Dense.trace(next), next);
            double change = Dense.norm(Dense.minus(next, now));
            now = next;
            if (change < SETTLED) {
                break;
            }
        }
        return now;
    }

    private DMatrixRMaj step(DMatrixRMaj s, double learningRate) {
        int rank = curvatures.length;
        int samples = gradients.numRows;
        double[] forms = new double[samples];
        for (int i = 0; i < samples; i++) {
            for (int a = 0; a < rank; a++) {
                for (int b = 0; b < rank; b++) {
                    forms[i] += gradients.get(i, a) * s.get(a, b) * gradients.get(i, b);
                }
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(rank, rank);
        for (int a = 0; a < rank; a++) {
            for (int b = 0; b < rank; b++) {
                double sampled = -curvatures[a] * s.get(a, b) * curvatures[b];
                for (int i = 0; i < samples; i++) {
                    sampled += gradients.get(i, a) * forms[i] * gradients.get(i, b) / samples;
                }
                double kept = (1 - learningRate * curvatures[a]) * s.get(a, b) * (1 - learningRate * curvatures[b]);
                out.set(a, b, kept + share * learningRate * learningRate * sampled);
            }
        }
        return out;
    }
}
