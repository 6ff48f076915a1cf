package dev.lowland.core.linalg.trace;

import dev.lowland.core.linalg.krylov.LanczosFunction;
import dev.lowland.core.linalg.krylov.SpectralFunction;
import org.ejml.data.DMatrixRMaj;

/** What the runs of one estimate by {@link LanczosQuadrature} add up to. For one thread. */
final class QuadratureSums {
    // of the deflated vectors, the value and the same of A itself
    private double exact;
    private double exactPlain;
    private double exactError;
    // of the probes
    private final RunningMean mean = new RunningMean();
    private final RunningMean plainMean = new RunningMean();
    private double lanczosError;
    // of both
    private double directionError;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private int products;

    /** Takes note of a run, whatever comes of it. */
    void addRun(LanczosFunction run) {
        products += run.process().steps();
        if (run.process().steps() > 0) {
            smallest = Math.min(smallest, run.smallestRitz());
            largest = Math.max(largest, run.largestRitz());
        }
    }

    void addDeflated(LanczosFunction run, SpectralFunction f) {
        exact += run.quadratic(f);
        exactPlain += plain(run);
        exactError += run.quadraticError(f);
    }

    void addProbe(LanczosFunction run, SpectralFunction f) {
        mean.add(run.quadratic(f));
        plainMean.add(plain(run));
        lanczosError += run.quadraticError(f);
    }

    void addDirection(double error, double length) {
        if (length > 0) {
            directionError = Math.max(directionError, error / length);
        }
    }

    /** zᵀAz, from the first coefficient of the run. */
    private static double plain(LanczosFunction run) {
        if (run.process().steps() == 0) {
            return 0;
        }
        double norm = run.process().startNorm();
        return norm * norm * run.process().alpha(0);
    }

    /** tr f(A) as far as it goes. */
    double value() {
        return exact + mean.mean();
    }

    double standardError() {
        return mean.standardError();
    }

    QuadratureEstimate estimate(int probes) {
        return new QuadratureEstimate(
                value(),
                standardError(),
                exactError + lanczosError / probes,
                directionError,
                smallest,
                largest,
                probes,
                products,
                new TraceEstimate(
                        exactPlain + plainMean.mean(), plainMean.standardError(), plainMean.count(), products),
                null);
    }

    /** The outcome where f is not defined; the certificate is a vector that proves it. */
    QuadratureEstimate undefined(int probes, DMatrixRMaj certificate) {
        return new QuadratureEstimate(0, 0, 0, 0, smallest, largest, probes, products, null, certificate);
    }
}
