package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Tells whether an operator is symmetric, by comparing uᵀ(Av) with (Au)ᵀv for random normal u and v.
 *
 * <p>The measure is |uᵀAv − vᵀAu| / √(‖Av‖² + ‖Au‖²). For independent normal u, v the numerator has mean square ‖A −
 * Aᵀ‖²_F and the denominator 2‖A‖²_F, so the measure is about ‖A − Aᵀ‖_F / (√2 ‖A‖_F): rounding for a symmetric
 * operator, order 1 for a careless one. A non-symmetric operator passes a trial only with the probability that a
 * continuous variable of that size is below the tolerance, about tolerance over asymmetry. Cost: two products a trial.
 */
public final class SymmetryProbe {
    private SymmetryProbe() {}

    /**
     * The largest measure of a few trials.
     *
     * @param a operator, P × P
     * @param stream where u and v come from; trial t reads positions from 2tP
     * @param trials at least 1
     * @return about ‖A − Aᵀ‖_F / (√2 ‖A‖_F), 0 for A = 0
     * @throws IllegalArgumentException if a product is not finite
     */
    public static double asymmetry(LinearOperator a, RandomStream stream, int trials) {
        Checks.notNull("symmetry probe", "a", a);
        Checks.notNull("symmetry probe", "stream", stream);
        Checks.atLeast("symmetry probe", "trials", trials, 1);
        int n = a.size();
        DMatrixRMaj u = new DMatrixRMaj(n, 1);
        DMatrixRMaj v = new DMatrixRMaj(n, 1);
        DMatrixRMaj au = new DMatrixRMaj(n, 1);
        DMatrixRMaj av = new DMatrixRMaj(n, 1);
        double worst = 0;
        for (int t = 0; t < trials; t++) {
            Checks.notInterrupted("symmetry probe");
            stream.fillGaussian(2L * t * n, n, u.data, 0, 1);
            stream.fillGaussian((2L * t + 1) * n, n, v.data, 0, 1);
            a.apply(u, au);
            a.apply(v, av);
            Checks.finite("symmetry probe", "product of a", au);
            Checks.finite("symmetry probe", "product of a", av);
            double scale = Math.hypot(Norms.two(au), Norms.two(av));
            if (scale > 0) {
                worst = Math.max(worst, Math.abs(Kernels.dot(u, av) - Kernels.dot(v, au)) / scale);
            }
        }
        return worst;
    }

    /**
     * Throws if an operator is found not to be symmetric, with two trials.
     *
     * @param operation what the caller was asked to do, for the text of the error
     * @param a operator, P × P
     * @param stream where the trials' vectors come from
     * @param tolerance the largest {@link #asymmetry} that passes, for example 10⁻⁸
     * @throws IllegalArgumentException if A is not symmetric, or a product is not finite
     */
    public static void require(String operation, LinearOperator a, RandomStream stream, double tolerance) {
        Checks.notNull("require symmetry", "a", a);
        Checks.notNull("require symmetry", "stream", stream);
        Checks.notNull("require symmetry", "operation", operation);
        double found = asymmetry(a, stream, 2);
        if (!(found <= tolerance)) {
            throw Checks.error(
                    operation, "a", "an operator of relative asymmetry " + found, "symmetric within " + tolerance);
        }
    }
}
