package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/**
 * tr A ≈ mean of zᵀAz over random probes z. Unbiased for any square matrix.
 *
 * <p>The standard deviation of a probe is that of its {@link ProbeLaw}, about √2·‖A‖_F: good for many eigenvalues of
 * like size, poor if a few dominate, where {@link HutchPlusPlus} and {@link XTrace} are better. Cost: one product a
 * probe and two vectors.
 */
public final class Hutchinson {
    private Hutchinson() {}

    /**
     * Estimates tr A.
     *
     * @param a operator, P × P
     * @param probes how many, at least 2
     * @param law of the probes
     * @param stream where the probes come from
     * @return the estimate, with the standard error of the mean
     * @throws IllegalArgumentException if probes &lt; 2 or a product is not finite
     */
    public static TraceEstimate estimate(LinearOperator a, int probes, ProbeLaw law, RandomStream stream) {
        Checks.notNull("Hutchinson trace", "a", a);
        Checks.notNull("Hutchinson trace", "law", law);
        Checks.notNull("Hutchinson trace", "stream", stream);
        Checks.atLeast("Hutchinson trace", "probes", probes, 2);
        Products products = new Products("Hutchinson trace", a);
        DMatrixRMaj z = new DMatrixRMaj(a.size(), 1);
        DMatrixRMaj az = new DMatrixRMaj(a.size(), 1);
        RunningMean mean = new RunningMean();
        for (int j = 0; j < probes; j++) {
            law.fill(stream, j, z);
            products.apply(z, az);
            mean.add(Kernels.dot(z, az));
        }
        return new TraceEstimate(mean.mean(), mean.standardError(), probes, products.count());
    }
}
