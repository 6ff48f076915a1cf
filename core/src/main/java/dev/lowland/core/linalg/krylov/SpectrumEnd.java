package dev.lowland.core.linalg.krylov;

/** Which eigenvalues are wanted, and in which order they come. */
public enum SpectrumEnd {
    /** The largest, descending. */
    LARGEST,
    /** The smallest, ascending: the most negative first. */
    SMALLEST,
    /** The largest in magnitude, by descending magnitude, of either sign. */
    LARGEST_MAGNITUDE;

    /** A number that is larger the more an eigenvalue is wanted. */
    double rank(double eigenvalue) {
        return switch (this) {
            case LARGEST -> eigenvalue;
            case SMALLEST -> -eigenvalue;
            case LARGEST_MAGNITUDE -> Math.abs(eigenvalue);
        };
    }
}
