package dev.lowland.optim.flatness;

import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.krylov.Lanczos;
import dev.lowland.core.linalg.krylov.RitzPairs;
import dev.lowland.core.linalg.trace.ProbeLaw;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Whether all eigenvalues of a symmetric matrix are below a limit, by one Lanczos run from a random direction.
 *
 * <p>A Ritz value at or above the limit proves that not. After m steps with largest Ritz value θ below the limit T,
 * were λmax ≥ T, then (λmax − θ)/(λmax − λmin) ≥ ε = (T − θ)/(T − λmin), which has a probability of at most 1.648 √P
 * e^{−√ε(2m − 1)} over the start. The run goes on until that is below {@link #DOUBT}; if it never is, the answer is
 * UNCERTAIN. For λmin the smallest Ritz value stands in.
 *
 * <p>Reference: Kuczyński, Woźniakowski, <i>Estimating the largest eigenvalue by the power and Lanczos algorithms with
 * a random start</i>, SIAM J. Matrix Anal. Appl. 13 (1992), theorem 4.2.
 */
final class DomainCheck {

    /** The largest probability with which DEFINED may be wrong. */
    static final double DOUBT = 1e-6;

    private static final int CHECK_EVERY = 8;

    private final PotentialStatus status;
    private final double largest;
    private final double residual;
    private final @Nullable DMatrixRMaj certificate;
    private final int products;

    private DomainCheck(
            PotentialStatus status, double largest, double residual, @Nullable DMatrixRMaj certificate, int products) {
        this.status = status;
        this.largest = largest;
        this.residual = residual;
        this.certificate = certificate;
        this.products = products;
    }

    /** What is known without a run; it knows no eigenvalue. */
    static DomainCheck passed() {
        return new DomainCheck(PotentialStatus.DEFINED, Double.NEGATIVE_INFINITY, 0, null, 0);
    }

    static DomainCheck of(LinearOperator a, double limit, int maxSteps, RandomStream stream) {
        int size = a.size();
        DMatrixRMaj start = new DMatrixRMaj(size, 1);
        ProbeLaw.SPHERE.fill(stream, 0, start);
        if (overflows(a, start)) {
            return new DomainCheck(PotentialStatus.UNDEFINED, Double.POSITIVE_INFINITY, 0, null, 1);
        }
        Lanczos process = new Lanczos(size, maxSteps);
        RitzPairs ritz = new RitzPairs(process);
        process.start(start);
        while (true) {
            process.advance(a, process.steps() + CHECK_EVERY);
            ritz.solve();
            int top = ritz.count() - 1;
            double largest = ritz.value(top);
            PotentialStatus status = PotentialStatus.UNCERTAIN;
            DMatrixRMaj certificate = null;
            if (!(largest < limit)) {
                status = PotentialStatus.UNDEFINED;
                certificate = new DMatrixRMaj(size, 1);
                ritz.vector(top, certificate);
            } else if (isDefined(process, size, ritz.value(0), largest, ritz.residual(top), limit)) {
                status = PotentialStatus.DEFINED;
            }
            boolean ended = process.invariant() || process.steps() == process.maxSteps();
            if (status != PotentialStatus.UNCERTAIN || ended) {
                return new DomainCheck(status, largest, ritz.residual(top), certificate, process.steps());
            }
        }
    }

    private static boolean overflows(LinearOperator a, DMatrixRMaj start) {
        DMatrixRMaj image = new DMatrixRMaj(a.size(), 1);
        a.apply(start, image);
        for (int i = 0; i < a.size(); i++) {
            if (!(Math.abs(image.data[i]) <= Double.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDefined(
            Lanczos process, int size, double smallest, double largest, double residual, double limit) {
        if (limit == Double.POSITIVE_INFINITY) {
            return true;
        }
        if (process.invariant()) {
            // all eigenvalues are Ritz values, up to rounding
            return limit - largest > 1e-12 * Math.max(Math.abs(smallest), Math.abs(largest));
        }
        double part = (limit - largest) / (limit - smallest);
        double exponent = Math.sqrt(part) * (2.0 * process.steps() - 1);
        return residual < limit - largest && 1.648 * Math.sqrt(size) * Math.exp(-exponent) <= DOUBT;
    }

    PotentialStatus status() {
        return status;
    }

    /** A lower bound on λmax; infinite if products overflow. */
    double largest() {
        return largest;
    }

    double residual() {
        return residual;
    }

    /**
     * For UNDEFINED, a vector of length 1 whose Rayleigh quotient is not below the limit; null if products overflow.
     */
    @Nullable
    DMatrixRMaj certificate() {
        return certificate;
    }

    int products() {
        return products;
    }
}
