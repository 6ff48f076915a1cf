package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A potential at one point, with how sure it is and how far the point is from where the potential ends. Immutable.
 * Nothing is clamped, and a value that does not exist cannot be read.
 */
public final class PotentialValue {

    private final String name;
    private final PotentialStatus status;
    private final double value;
    private final double margin;
    private final double trace;
    private final double[] eigenvalues;
    private final @Nullable Uncertainty uncertainty;

    PotentialValue(
            String name, PotentialStatus status, double value, double margin, double trace, double[] eigenvalues) {
        this(name, status, value, margin, trace, eigenvalues, null);
    }

    /** A stochastic estimate; the eigenvalues are the top ones that were looked for. */
    PotentialValue(
            String name,
            PotentialStatus status,
            double value,
            double margin,
            double trace,
            double[] eigenvalues,
            @Nullable Uncertainty uncertainty) {
        this.name = name;
        this.status = status;
        this.value = value;
        this.margin = margin;
        this.trace = trace;
        this.eigenvalues = eigenvalues;
        this.uncertainty = uncertainty;
    }

    PotentialValue scaled(String scaledName, double factor) {
        return new PotentialValue(
                scaledName,
                status,
                factor * value,
                margin,
                trace,
                eigenvalues,
                uncertainty == null ? null : uncertainty.scaled(factor));
    }

    PotentialValue plus(String otherName, double amount) {
        return new PotentialValue(otherName, status, value + amount, margin, trace, eigenvalues, uncertainty);
    }

    /**
     * Whether there is a value.
     *
     * @return the status
     */
    public PotentialStatus status() {
        return status;
    }

    /**
     * The value.
     *
     * @return the potential at the point
     * @throws IllegalStateException if the status is UNDEFINED
     */
    public double value() {
        if (status == PotentialStatus.UNDEFINED) {
            throw Checks.outOfTurn(
                    "PotentialValue.value",
                    name,
                    "UNDEFINED here, with the margin 2 - e*topEigenvalue of " + margin,
                    "DEFINED");
        }
        return value;
    }

    /**
     * How far the point is from where the potential ends: 2 − e·h_max. UNDEFINED at 0 and below.
     *
     * @return the margin; 2 for potentials that are defined everywhere
     */
    public double margin() {
        return margin;
    }

    /**
     * The largest eigenvalue h_max of ∇²L.
     *
     * @return h_max
     * @throws IllegalStateException if the potential does not look at ∇²L
     */
    public double topEigenvalue() {
        requireEigenvalues("topEigenvalue");
        return eigenvalues[eigenvalues.length - 1];
    }

    /**
     * tr ∇²L.
     *
     * @return the trace
     * @throws IllegalStateException if the potential does not look at ∇²L
     */
    public double trace() {
        requireEigenvalues("trace");
        return trace;
    }

    /**
     * The eigenvalues of ∇²L, ascending: all of them if the method is EXACT, otherwise the largest that were looked
     * for.
     *
     * @return a copy
     * @throws IllegalStateException if the potential does not look at ∇²L
     */
    public double[] eigenvalues() {
        requireEigenvalues("eigenvalues");
        return eigenvalues.clone();
    }

    /**
     * How the numbers were found.
     *
     * @return EXACT or STOCHASTIC
     */
    public RegularizerMethod method() {
        return uncertainty == null ? RegularizerMethod.EXACT : RegularizerMethod.STOCHASTIC;
    }

    /**
     * The standard error of the value, from the scatter of independent probes: a 95 % interval is the value ± this
     * times the quantile of Student's law with {@link #probes} − 1 degrees of freedom. Where R is UNDEFINED it says
     * nothing.
     *
     * @return a standard deviation; 0 if the method is EXACT
     */
    public double standardError() {
        return uncertainty == null ? 0 : uncertainty.value();
    }

    /**
     * What the value may be off by, beyond the standard error, because the Lanczos runs end.
     *
     * @return an estimate; 0 if the method is EXACT
     */
    public double lanczosError() {
        return uncertainty == null ? 0 : uncertainty.lanczos();
    }

    /**
     * The standard error of the trace.
     *
     * @return a standard deviation; 0 if the method is EXACT
     */
    public double traceStandardError() {
        return uncertainty == null ? 0 : uncertainty.trace();
    }

    /**
     * The residual ‖Hu − h_max u‖ of the largest eigenvalue found. It is a Rayleigh quotient, so that ∇²L reaches at
     * least as far, and some eigenvalue is within the residual of it.
     *
     * @return a length; 0 if the method is EXACT
     */
    public double topEigenvalueError() {
        return uncertainty == null ? 0 : uncertainty.topEigenvalue();
    }

    /**
     * The independent probes behind the standard errors.
     *
     * @return 0 if the method is EXACT
     */
    public int probes() {
        return uncertainty == null ? 0 : uncertainty.probes();
    }

    /**
     * Whether the value is as precise as the settings ask for.
     *
     * @return REACHED if the method is EXACT
     */
    public PrecisionStatus precision() {
        return uncertainty == null ? PrecisionStatus.REACHED : uncertainty.precision();
    }

    /**
     * The Hessian-vector products that were spent.
     *
     * @return 0 if the method is EXACT
     */
    public int products() {
        return uncertainty == null ? 0 : uncertainty.products();
    }

    /**
     * If a stochastic estimate found R to be UNDEFINED, the proof: a vector u of length 1 with uᵀ∇²L u ≥ 2/e.
     *
     * @return P × 1, not a copy; empty otherwise
     */
    public Optional<DMatrixRMaj> certificate() {
        return uncertainty == null ? Optional.empty() : Optional.ofNullable(uncertainty.certificate());
    }

    private void requireEigenvalues(String operation) {
        if (eigenvalues.length == 0) {
            throw Checks.outOfTurn(operation, name, "a potential that does not look at the Hessian", "one that does");
        }
    }

    @Override
    public String toString() {
        String error = uncertainty == null ? "" : " ± " + uncertainty.value();
        String text = status == PotentialStatus.UNDEFINED ? "" : " " + value + error;
        return name + " " + status + text + ", margin " + margin;
    }
}
