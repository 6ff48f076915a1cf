package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * The covariance of x ← x − ηHx + β(x − x_before) + noise of covariance Q, on the range of H: stationary, or after a
 * number of steps.
 *
 * <p>For β = 0 the stationary one solves S = (I − ηH)S(I − ηH) + Q. In the eigenvectors of H every entry is that of Q
 * times a number: {@link Recursion}.
 *
 * <p>Eigenvalues of H of magnitude at most {@code threshold}·max|h| count as 0: those directions are flat, and S is 0
 * along them. Noise along them is not balanced by anything; it is left out of the stationary covariance, and
 * {@link #flatNoise} says how much it is.
 *
 * <p>Cost of a covariance: 8P³. Immutable; safe to share between threads.
 */
public final class ModalCovariance {
    /** The threshold if none is given. */
    public static final double DEFAULT_THRESHOLD = 1e-10;

    private static final String OPERATION = "modal covariance";

    private final SymmetricEigen hessian;
    private final Recursion recursion;
    private final double flatBelow;
    private final LyapunovStatus status;

    private ModalCovariance(SymmetricEigen hessian, Recursion recursion, double flatBelow) {
        this.hessian = hessian;
        this.recursion = recursion;
        this.flatBelow = flatBelow;
        boolean stable = true;
        for (double h : hessian.values()) {
            stable &= isFlat(h) || recursion.contracts(h);
        }
        this.status = stable ? LyapunovStatus.STABLE : LyapunovStatus.UNSTABLE;
    }

    /**
     * The covariances of a recursion.
     *
     * @param hessian eigenvalues and eigenvectors of H; kept
     * @param recursion η and β
     * @return the covariances
     */
    public static ModalCovariance of(SymmetricEigen hessian, Recursion recursion) {
        Checks.notNull("modal covariance", "hessian", hessian);
        Checks.notNull("modal covariance", "recursion", recursion);
        return of(hessian, recursion, DEFAULT_THRESHOLD);
    }

    /**
     * The covariances of a recursion.
     *
     * @param hessian eigenvalues and eigenvectors of H; kept
     * @param recursion η and β
     * @param threshold relative to max|h|; below it a direction is flat. In [0, 1)
     * @return the covariances
     */
    public static ModalCovariance of(SymmetricEigen hessian, Recursion recursion, double threshold) {
        Checks.notNull(OPERATION, "hessian", hessian);
        Checks.notNull(OPERATION, "recursion", recursion);
        Checks.inHalfOpenRange(OPERATION, "threshold", threshold, 0, 1);
        double[] h = hessian.values();
        double largest = Math.max(Math.abs(h[0]), Math.abs(h[h.length - 1]));
        return new ModalCovariance(hessian, recursion, threshold * largest);
    }

    private boolean isFlat(double h) {
        return recursion.weightDecay() == 0 && Math.abs(h) <= flatBelow;
    }

    /**
     * Whether all directions that are not flat contract.
     *
     * @return UNSTABLE if an eigenvalue of H is negative beyond the threshold, or at or above 2(1 + β)/η
     */
    public LyapunovStatus status() {
        return status;
    }

    /**
     * The number of directions that are not flat.
     *
     * @return the rank of H
     */
    public int rank() {
        int rank = 0;
        for (double h : hessian.values()) {
            rank += isFlat(h) ? 0 : 1;
        }
        return rank;
    }

    /**
     * out = the stationary covariance S.
     *
     * @param q covariance of a step's noise, P × P, symmetric positive semidefinite. Not modified.
     * @param out result, P × P, other memory than q. Modified.
     * @throws IllegalStateException if the recursion is not stable
     * @throws IllegalArgumentException if a shape is wrong or q is not a covariance
     */
    public void stationary(DMatrixRMaj q, DMatrixRMaj out) {
        if (status != LyapunovStatus.STABLE) {
            double[] h = hessian.values();
            throw Checks.outOfTurn(
                    OPERATION,
                    "the range of curvatures",
                    h[0] + " to " + h[h.length - 1],
                    "in (0, " + recursion.limit() + ")");
        }
        transform(q, out, (ha, hb) -> isFlat(ha) || isFlat(hb) ? 0 : 1 / recursion.resistance(ha, hb));
    }

    /**
     * out = the covariance after k steps from rest, Σ_{j&lt;k} of what is left of each step's noise. Defined for every
     * H; along flat directions it grows like k.
     *
     * @param q covariance of a step's noise, P × P, symmetric positive semidefinite. Not modified.
     * @param steps k ≥ 0
     * @param out result, P × P, other memory than q. Modified.
     * @throws IllegalArgumentException if a shape is wrong, q is not a covariance, or an entry leaves the range of
     *     numbers within k steps, as it does in an unstable recursion
     */
    public void afterSteps(DMatrixRMaj q, long steps, DMatrixRMaj out) {
        transform(q, out, (ha, hb) -> recursion.gainAfter(ha, hb, steps));
    }

    /** A factor for a pair of curvatures. */
    @FunctionalInterface
    private interface Gain {
        double of(double ha, double hb);
    }

    private void transform(DMatrixRMaj q, DMatrixRMaj out, Gain gain) {
        int n = hessian.size();
        Checks.shape(OPERATION, "q", q, n, n);
        Checks.shape(OPERATION, "out", out, n, n);
        Checks.distinct(OPERATION, "out", out, "q", q);
        Semidefinite.require(OPERATION, "q", q);
        double[] h = hessian.values();
        DMatrixRMaj inside = Congruence.inside(hessian.vectors(), q);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = inside.data[i * n + j];
                if (value != 0) {
                    value *= gain.of(h[i], h[j]);
                }
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw Checks.error(
                            OPERATION,
                            "the covariance of modes of curvature " + h[i] + " and " + h[j],
                            Double.toString(value),
                            "finite");
                }
                inside.data[i * n + j] = value;
                inside.data[j * n + i] = value;
            }
        }
        out.setTo(Congruence.outside(hessian.vectors(), inside));
    }

    /**
     * The part of the noise that falls on flat directions.
     *
     * @param q covariance of a step's noise, P × P. Not modified.
     * @return tr((I − Π)Q), Π the projector on the range of H; what it moves grows by this in every step
     */
    public double flatNoise(DMatrixRMaj q) {
        int n = hessian.size();
        Checks.shape(OPERATION, "q", q, n, n);
        DMatrixRMaj inside = Congruence.inside(hessian.vectors(), q);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += isFlat(hessian.values()[i]) ? inside.data[i * n + i] : 0;
        }
        return sum;
    }
}
