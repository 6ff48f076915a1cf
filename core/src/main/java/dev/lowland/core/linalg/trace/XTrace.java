package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * XTrace: the idea of {@link HutchPlusPlus} with every test vector used both to find the range and as a probe.
 *
 * <p>Let ω_1..ω_k be uniform on the sphere of radius √P. For each i let Q_i be an orthonormal basis of the other
 * products A·ω_j, j ≠ i, of r_i vectors, and p_i = (I − Q_iQ_iᵀ)ω_i. Then
 *
 * <p>t_i = tr Q_iᵀAQ_i + (P − r_i)·p_iᵀAp_i/‖p_i‖²
 *
 * <p>is unbiased, and so is the mean of them. All come from one basis Q of AΩ: leaving out product i turns QQᵀ into Q(I
 * − s_is_iᵀ)Qᵀ, where s_i is the direction in QᵀAΩ that column i alone reaches, or 0 if the others reach everything, as
 * they do for a matrix of rank below k. In that case the result is exact.
 *
 * <p>The standard error is √(2·Σ(t_i − mean)²/(k(k − 1))). The 2 is not in the paper: the t_i share their test vectors,
 * so that the scatter of their mean is mostly that of a sum over pairs of test vectors, of which the variance is twice
 * what independent t_i would have. Cost: 2k products, 12Pk² and 4k vectors.
 */
public final class XTrace {
    private static final String OPERATION = "XTrace";
    /** Directions of AΩ shorter than this part of its longest are rounding. */
    private static final double RANK_TOLERANCE = 1e-12;
    /** A column reaches a direction alone if its leverage is 1, up to rounding. */
    private static final double LEVERAGE_TOLERANCE = 1e-6;

    /** What the sharing of test vectors adds to the standard error. */
    private static final double PAIRS = Math.sqrt(2);

    private final int size;
    private final int k;
    private final DMatrixRMaj[] omega;
    private final DMatrixRMaj[] image;
    private final DMatrixRMaj[] basisImage;
    private final RangeBasis basis;
    private final double[] parts;
    private final DMatrixRMaj p;
    private final DMatrixRMaj ap;

    private XTrace(int size, int k) {
        this.size = size;
        this.k = k;
        this.omega = vectors(size, k);
        this.image = vectors(size, k);
        this.basisImage = vectors(size, k);
        this.basis = new RangeBasis(size, k);
        this.parts = new double[k];
        this.p = new DMatrixRMaj(size, 1);
        this.ap = new DMatrixRMaj(size, 1);
    }

    private static DMatrixRMaj[] vectors(int size, int count) {
        DMatrixRMaj[] vectors = new DMatrixRMaj[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = new DMatrixRMaj(size, 1);
        }
        return vectors;
    }

    /**
     * Estimates tr A.
     *
     * @param a symmetric operator, P × P
     * @param products how many products may be spent, at least 4; with 2P or more the trace is computed
     * @param stream where the test vectors come from
     * @return the estimate
     * @throws IllegalArgumentException if products &lt; 4 or a product is not finite
     */
    public static TraceEstimate estimate(LinearOperator a, int products, RandomStream stream) {
        Checks.notNull(OPERATION, "a", a);
        Checks.notNull(OPERATION, "stream", stream);
        Checks.atLeast(OPERATION, "products", products, 4);
        return new XTrace(a.size(), Math.min(products / 2, a.size())).run(new Products(OPERATION, a), stream);
    }

    private TraceEstimate run(Products a, RandomStream stream) {
        for (int i = 0; i < k; i++) {
            ProbeLaw.SPHERE.fill(stream, i, omega[i]);
            a.apply(omega[i], image[i]);
            System.arraycopy(image[i].data, 0, p.data, 0, size);
            basis.add(p);
        }
        int r = basis.count();
        double captured = 0;
        for (int j = 0; j < r; j++) {
            a.apply(basis.get(j), basisImage[j]);
            captured += Kernels.dot(basis.get(j), basisImage[j]);
        }
        if (r == 0 || r == size) {
            return new TraceEstimate(captured, 0, k, a.count());
        }
        DMatrixRMaj projected = inner(basisImage, r);
        DMatrixRMaj alone = reachedAlone();
        RunningMean mean = new RunningMean();
        for (int i = 0; i < k; i++) {
            mean.add(sample(i, captured, projected, alone));
        }
        return new TraceEstimate(mean.mean(), PAIRS * mean.standardError(), k, a.count());
    }

    /** Qᵀ·(the first few of the given vectors). */
    private DMatrixRMaj inner(DMatrixRMaj[] vectors, int count) {
        DMatrixRMaj products = new DMatrixRMaj(basis.count(), count);
        for (int j = 0; j < basis.count(); j++) {
            for (int i = 0; i < count; i++) {
                products.data[j * count + i] = Kernels.dot(basis.get(j), vectors[i]);
            }
        }
        return products;
    }

    /**
     * Row i is s_i, k × r.
     *
     * <p>With QᵀAΩ = UΣVᵀ, s_i exists if row i of V has length 1, and is then UΣ⁻¹Vᵀe_i up to length.
     */
    private DMatrixRMaj reachedAlone() {
        int r = basis.count();
        DMatrixRMaj c = inner(image, k);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(r, k, true, true, true);
        if (!svd.decompose(c)) {
            throw Checks.error(OPERATION, "a", "an operator on which singular values do not converge", "another");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj vt = svd.getV(null, true);
        double[] sigma = svd.getSingularValues();
        double largest = 0;
        for (int l = 0; l < svd.numberOfSingularValues(); l++) {
            largest = Math.max(largest, sigma[l]);
        }
        DMatrixRMaj alone = new DMatrixRMaj(k, r);
        for (int i = 0; i < k; i++) {
            double leverage = 0;
            for (int l = 0; l < svd.numberOfSingularValues(); l++) {
                if (sigma[l] > RANK_TOLERANCE * largest) {
                    double entry = vt.get(l, i);
                    leverage += entry * entry;
                    for (int j = 0; j < r; j++) {
                        alone.data[i * r + j] += u.get(j, l) * entry * (largest / sigma[l]);
                    }
                }
            }
            boolean exists = leverage > 1 - LEVERAGE_TOLERANCE;
            double length = Norms.two(alone.data, i * r, r);
            for (int j = 0; j < r; j++) {
                alone.data[i * r + j] = exists ? alone.data[i * r + j] / length : 0;
            }
        }
        return alone;
    }

    /** t_i. */
    private double sample(int i, double captured, DMatrixRMaj projected, DMatrixRMaj alone) {
        KernelSet kernels = Kernels.active();
        int r = basis.count();
        double along = 0;
        double length = 0;
        for (int j = 0; j < r; j++) {
            double s = alone.data[i * r + j];
            parts[j] = Kernels.dot(basis.get(j), omega[i]);
            along += s * parts[j];
            length += s * s;
        }
        System.arraycopy(omega[i].data, 0, p.data, 0, size);
        System.arraycopy(image[i].data, 0, ap.data, 0, size);
        double dropped = 0;
        for (int j = 0; j < r; j++) {
            double s = alone.data[i * r + j];
            double x = parts[j] - s * along;
            kernels.axpy(size, -x, basis.get(j).data, 0, p.data, 0);
            kernels.axpy(size, -x, basisImage[j].data, 0, ap.data, 0);
            for (int l = 0; l < r; l++) {
                dropped += s * alone.data[i * r + l] * projected.data[j * r + l];
            }
        }
        int rest = size - r + (length > 0.5 ? 1 : 0);
        double norm = Norms.two(p);
        return captured - dropped + rest * Kernels.dot(p, ap) / (norm * norm);
    }
}
