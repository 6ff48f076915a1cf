package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Hutch++: with Q an orthonormal basis of A·S for random S, tr A = tr QᵀAQ + tr (I − QQᵀ)A(I − QQᵀ). The first part is
 * computed, the second, from which the large eigenvalues are gone, is estimated with probes. Unbiased.
 *
 * <p>A third of the products finds Q, a third computes the first part, a third are probes. The error falls like
 * 1/products where {@link Hutchinson}'s falls like 1/√products. If Q catches the whole range of A the result is exact,
 * with standard error 0 up to rounding. Cost: the products, 4·(P·k²) with k = products/3, and k vectors.
 */
public final class HutchPlusPlus {
    private static final String OPERATION = "Hutch++ trace";

    private HutchPlusPlus() {}

    /**
     * Estimates tr A.
     *
     * @param a symmetric operator, P × P
     * @param products how many products may be spent, at least 6
     * @param law of the probes and of S
     * @param stream where they come from
     * @return the estimate, with the standard error of its random part
     * @throws IllegalArgumentException if products &lt; 6 or a product is not finite
     */
    public static TraceEstimate estimate(LinearOperator a, int products, ProbeLaw law, RandomStream stream) {
        Checks.atLeast(OPERATION, "products", products, 6);
        Products counted = new Products(OPERATION, a);
        int size = a.size();
        DMatrixRMaj v = new DMatrixRMaj(size, 1);
        DMatrixRMaj av = new DMatrixRMaj(size, 1);
        int sketch = Math.min(products / 3, size);
        RangeBasis basis = new RangeBasis(size, sketch);
        for (int j = 0; j < sketch; j++) {
            Checks.notInterrupted(OPERATION);
            law.fill(stream, j, v);
            counted.apply(v, av);
            basis.add(av);
        }
        double exact = 0;
        for (int j = 0; j < basis.count(); j++) {
            counted.apply(basis.get(j), av);
            exact += Kernels.dot(basis.get(j), av);
        }
        int probes = Math.max(2, products - 2 * sketch);
        RunningMean mean = new RunningMean();
        for (int j = 0; j < probes; j++) {
            Checks.notInterrupted(OPERATION);
            law.fill(stream, sketch + j, v);
            basis.remove(v);
            counted.apply(v, av);
            mean.add(Kernels.dot(v, av));
        }
        return new TraceEstimate(exact + mean.mean(), mean.standardError(), probes, counted.count());
    }
}
