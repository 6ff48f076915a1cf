package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Cholesky;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.krylov.ConjugateGradients;
import org.ejml.data.DMatrixRMaj;

/**
 * The system (I − N)y = b of {@link SampledCovariance}, solved by conjugate gradients: two products of n × r and r × r
 * matrices an iteration. It is the system in S, preconditioned with the plain Lyapunov solution.
 *
 * <h2>Stability</h2>
 *
 * <p>The second moments are moved by a linear map that keeps the cone of positive semidefinite matrices; its spectral
 * radius is to be below 1.
 *
 * <ul>
 *   <li>If a mode does not contract without sampling, it is not: sampling only adds to the map.
 *   <li>If I − N is not positive definite, it is not: scale the sampling up from 0; while the map is stable I − N is
 *       invertible, so its eigenvalues start at 1 and cannot pass 0. Conjugate gradients meet a direction that proves
 *       it.
 *   <li>If for Q = G there is a solution with a positive definite covariance of (x, last move), and a residual below
 *       {@value #ACCURACY} Q, it is: pair the equation with the map's positive left eigenvector. This is checked by a
 *       Cholesky factor.
 * </ul>
 *
 * <p>Noise and covariances are in the coordinates and units of {@link SampleResponse}. For one thread.
 */
final class SampledSystem {
    private static final String OPERATION = "sampled covariance";
    private static final double TOLERANCE = 1e-12;
    private static final int MAX_ITERATIONS = 2_000;
    /** So near the limit that S would be less accurate than this, it is not computed. */
    private static final double ACCURACY = 1e-5;

    private final GradientModes modes;
    private final Recursion recursion;
    private final SampleResponse response;
    private final ConjugateGradients solver;
    private final DMatrixRMaj right;
    private final DMatrixRMaj moments;

    private LyapunovStatus status = LyapunovStatus.STABLE;
    private String reason = "";
    /** ‖S‖_F for Q = G. */
    private double sizeForG;

    /**
     * Finds whether there is a stationary covariance.
     *
     * @param given as the caller gave it, for gradients as they are
     * @param recursion for gradients over the unit
     */
    SampledSystem(GradientModes modes, Recursion given, Recursion recursion, SampleResponse response) {
        this.modes = modes;
        this.recursion = recursion;
        this.response = response;
        this.solver = new ConjugateGradients(response.size());
        this.right = new DMatrixRMaj(response.size(), 1);
        this.moments = new DMatrixRMaj(response.size(), 1);
        judge(given);
    }

    LyapunovStatus status() {
        return status;
    }

    /** Why the status is not STABLE; empty if it is. */
    String reason() {
        return reason;
    }

    private void judge(Recursion given) {
        for (double d : modes.curvatures()) {
            if (!recursion.contracts(d)) {
                conclude(
                        LyapunovStatus.UNSTABLE,
                        "a curvature of " + modes.curvature(d) + " is not below "
                                + (given.weightDecay() > 0
                                        ? "2(1 + momentum)/learningRate - weightDecay = "
                                        : "2(1 + momentum)/learningRate = ")
                                + given.limit());
                return;
            }
        }
        if (modes.rank() == 0) {
            return;
        }
        ConjugateGradients.Status end = solveMoments(response.ofModes());
        if (end == ConjugateGradients.Status.INDEFINITE) {
            conclude(LyapunovStatus.UNSTABLE, "the noise of drawing samples feeds itself faster than it dies out");
            return;
        }
        DMatrixRMaj covariance = response.covariance(response.ofModes(), moments);
        sizeForG = Norms.two(covariance);
        if (!(response.missing(covariance, moments) < ACCURACY) || !Cholesky.factor(response.joint(covariance))) {
            conclude(
                    LyapunovStatus.UNRESOLVED,
                    "the limit is too near to be told from rounding (residual " + solver.residualNorm() + " after "
                            + solver.iterations() + " iterations)");
        }
    }

    private void conclude(LyapunovStatus found, String why) {
        status = found;
        reason = why;
    }

    /** {@code moments} = the y of a noise Q. */
    private ConjugateGradients.Status solveMoments(DMatrixRMaj noise) {
        response.plainMoments(noise, right);
        System.arraycopy(right.data, 0, moments.data, 0, right.numRows);
        return solver.solve(response, right, moments, TOLERANCE, MAX_ITERATIONS);
    }

    /** The covariance for a noise Q. */
    StationarySolution solve(DMatrixRMaj noise) {
        if (status != LyapunovStatus.STABLE) {
            throw Checks.outOfTurn(OPERATION, "the recursion", status + " (" + reason + ")", "STABLE");
        }
        double size = Norms.two(noise);
        if (modes.rank() == 0 || size == 0) {
            return new StationarySolution(modes, new DMatrixRMaj(modes.rank(), modes.rank()), 0, 0, 0);
        }
        solveMoments(noise);
        int iterations = solver.iterations();
        DMatrixRMaj covariance = response.covariance(noise, moments);
        double residual = response.residual(covariance, noise) / size;
        double bound = response.missing(covariance, moments) * sizeForG / Norms.two(covariance);
        return new StationarySolution(modes, covariance, residual, bound, iterations);
    }
}
