package dev.lowland.optim.flatness;

import dev.lowland.core.linalg.Subspace;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.core.linalg.krylov.TopEigenpairs;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.CurvatureOperator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Finds the top of the spectrum of the Hessian, from that of the point before if there is one. For one thread. */
final class TopSearch {

    /**
     * Residual of the vectors, relative to the largest ‖Hv‖. They need not be better: what is deflated by them is
     * unbiased.
     */
    private static final double TOLERANCE = 1e-3;

    /** Of a search, but for four times the vectors. */
    static final int MOST_PRODUCTS = 400;

    private final int size;
    private final RandomStream stream;
    private @Nullable DMatrixRMaj warm;

    TopSearch(int size, RandomStream stream) {
        this.size = size;
        this.stream = stream;
    }

    /** The top vectors, and the largest eigenvalues, of which a run before may know a better one. */
    TopOfSpectrum find(CurvatureOperator h, int count, DomainCheck check) {
        if (count == 0) {
            double[] one = {check.largest()};
            return new TopOfSpectrum(
                    Subspace.empty(size), one, Double.NEGATIVE_INFINITY, check.residual(), check.products());
        }
        Eigenpairs pairs = pairs(h, count);
        double[] values = ascending(pairs.values());
        boolean beyond = check.largest() > values[values.length - 1];
        TopOfSpectrum top = new TopOfSpectrum(
                pairs.subspace(),
                values,
                pairs.values()[0],
                beyond ? check.residual() : pairs.residuals()[0],
                check.products() + pairs.products());
        top.raise(check.largest());
        return top;
    }

    /** The top eigenpairs, the largest first. */
    Eigenpairs pairs(CurvatureOperator h, int count) {
        TopEigenpairs search = TopEigenpairs.of(size, count, stream)
                .tolerance(TOLERANCE)
                .maxProducts(MOST_PRODUCTS + 4 * count)
                .verification(0)
                .build();
        Eigenpairs pairs = warm == null ? search.find(h) : search.find(h, warm);
        warm = pairs.vectors();
        return pairs;
    }

    static double[] ascending(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
