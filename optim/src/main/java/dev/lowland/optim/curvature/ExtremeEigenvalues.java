package dev.lowland.optim.curvature;

/**
 * Both ends of a spectrum, by Lanczos. Each value is that of a Rayleigh quotient, so that the spectrum reaches at least
 * as far; and some eigenvalue is within its error of it.
 *
 * @param smallest at or above the smallest eigenvalue
 * @param smallestError ‖A·u − smallest·u‖ for its vector u
 * @param largest at or below the largest eigenvalue
 * @param largestError ‖A·u − largest·u‖ for its vector u
 * @param converged whether both errors met the tolerance
 * @param products how many products with A were spent
 */
public record ExtremeEigenvalues(
        double smallest, double smallestError, double largest, double largestError, boolean converged, int products) {}
