package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** An estimate of tr f(A), or the proof that it is not defined. Immutable but for the certificate it hands out. */
public final class QuadratureEstimate {
    private final double value;
    private final double standardError;
    private final double lanczosError;
    private final double directionError;
    private final double smallestRitz;
    private final double largestRitz;
    private final int probes;
    private final int products;
    private final @Nullable TraceEstimate trace;
    private final @Nullable DMatrixRMaj certificate;

    QuadratureEstimate(
            double value,
            double standardError,
            double lanczosError,
            double directionError,
            double smallestRitz,
            double largestRitz,
            int probes,
            int products,
            @Nullable TraceEstimate trace,
            @Nullable DMatrixRMaj certificate) {
        this.value = value;
        this.standardError = standardError;
        this.lanczosError = lanczosError;
        this.directionError = directionError;
        this.smallestRitz = smallestRitz;
        this.largestRitz = largestRitz;
        this.probes = probes;
        this.products = products;
        this.trace = trace;
        this.certificate = certificate;
    }

    /**
     * Whether no Ritz value was outside the domain of f. Then f(A) is probably defined: an eigenvalue outside may still
     * have escaped all probes. If false, f(A) is certainly not defined.
     *
     * @return true if there is an estimate
     */
    public boolean defined() {
        return certificate == null;
    }

    /**
     * If f(A) is not defined, a vector v of length 1 with vᵀAv outside the domain, which proves it: an eigenvalue is at
     * least as far out.
     *
     * @return P × 1, not a copy; empty if f(A) may be defined
     */
    public Optional<DMatrixRMaj> certificate() {
        return Optional.ofNullable(certificate);
    }

    /**
     * The estimate of tr f(A).
     *
     * @return the sum over the deflated vectors and the mean over the probes
     * @throws IllegalStateException if f(A) is not defined
     */
    public double value() {
        requireDefined();
        return value;
    }

    /**
     * The standard error of the probes' mean.
     *
     * @return a standard deviation, ≥ 0
     * @throws IllegalStateException if f(A) is not defined
     */
    public double standardError() {
        requireDefined();
        return standardError;
    }

    /**
     * What the value may be off by because the Lanczos runs end: the estimated errors of the quadratures, added up as
     * the value is. It does not fall with more probes.
     *
     * @return an estimate, ≥ 0; infinite if the runs were too short to tell
     * @throws IllegalStateException if f(A) is not defined
     */
    public double lanczosError() {
        requireDefined();
        return lanczosError;
    }

    /**
     * The largest estimated relative error of a direction g(A)z.
     *
     * @return an estimate, ≥ 0; 0 if no directions were asked for
     * @throws IllegalStateException if f(A) is not defined
     */
    public double directionError() {
        requireDefined();
        return directionError;
    }

    /**
     * tr A itself, from the same runs: the first coefficient of each is zᵀAz/‖z‖².
     *
     * @return the estimate, with its own standard error
     * @throws IllegalStateException if f(A) is not defined
     */
    public TraceEstimate trace() {
        requireDefined();
        return Objects.requireNonNull(trace);
    }

    private void requireDefined() {
        if (certificate != null) {
            throw Checks.outOfTurn(
                    "stochastic Lanczos quadrature",
                    "the function",
                    "not defined at the Ritz values " + smallestRitz + " to " + largestRitz,
                    "defined");
        }
    }

    /**
     * The smallest Ritz value met, an upper bound on the smallest eigenvalue.
     *
     * @return +∞ if there was none
     */
    public double smallestRitz() {
        return smallestRitz;
    }

    /**
     * The largest Ritz value met, a lower bound on λmax.
     *
     * @return −∞ if there was none
     */
    public double largestRitz() {
        return largestRitz;
    }

    /**
     * The number of probes that were run.
     *
     * @return less than the least number asked for only if f(A) is not defined
     */
    public int probes() {
        return probes;
    }

    /**
     * The products with A that were spent.
     *
     * @return on deflated vectors and probes together
     */
    public int products() {
        return products;
    }
}
