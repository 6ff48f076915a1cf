package dev.lowland.optim.flatness;

/**
 * A potential at one point, with how sure it is and how far the point is from where the potential ends. Immutable. Nothing is
 * clamped, and a value that does not exist cannot be read.
 */
public final class PotentialValue {

    private final String name;
    private final PotentialStatus status;
    private final double value;
    private final double margin;
    private final double trace;
    private final double[] eigenvalues;

    PotentialValue(
            String name, PotentialStatus status, double value, double margin, double trace, double[] eigenvalues) {
        this.name = name;
        this.status = status;
        this.value = value;
        this.margin = margin;
        this.trace = trace;
        this.eigenvalues = eigenvalues;
    }

    PotentialValue scaled(String scaledName, double factor) {
        return new PotentialValue(scaledName, status, factor * value, margin, trace, eigenvalues);
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
            throw new IllegalStateException(
                    name + " is UNDEFINED here: the margin 2 - e*topEigenvalue is " + margin + ", must be positive");
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
     * The eigenvalues of ∇²L, ascending.
     *
     * @return a copy
     * @throws IllegalStateException if the potential does not look at ∇²L
     */
    public double[] eigenvalues() {
        requireEigenvalues("eigenvalues");
        return eigenvalues.clone();
    }

    private void requireEigenvalues(String operation) {
        if (eigenvalues.length == 0) {
            throw new IllegalStateException(operation + ": " + name + " does not look at the Hessian");
        }
    }

    @Override
    public String toString() {
        return name + " " + status + (status == PotentialStatus.UNDEFINED ? "" : " " + value) + ", margin " + margin;
    }
}
