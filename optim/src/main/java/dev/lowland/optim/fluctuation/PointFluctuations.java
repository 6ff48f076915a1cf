package dev.lowland.optim.fluctuation;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LongProduct;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.QuadraticMap;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.core.linalg.lyapunov.SampledCovariance;
import dev.lowland.core.linalg.lyapunov.StationarySolution;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The fluctuations at one θ: their stationary covariance S, with its status, the covariance after some steps, and the
 * drift that S makes. For one thread at a time.
 *
 * <p>S is zero outside the range of K. Noise there is not balanced by anything: it diffuses along the valley, and
 * {@link #flatNoise} says how much of it there is. Anti-correlated noise adds up to nothing there, but to a variance of
 * λ/(2α) in every direction of the valley.
 */
public final class PointFluctuations {

    private final Fluctuations fluctuations;
    private final @Nullable ObjectiveEvaluator evaluator;
    private final DMatrixRMaj theta;
    private final @Nullable SampledCovariance covariance;
    /** Of a step, for λ = 1, in the coordinates and units of the covariance. */
    private final DMatrixRMaj noise;

    /** The noise of a step outside the range of K, for λ = 1. */
    private final double flat;

    private final String refused;
    private @Nullable StationarySolution solution;

    PointFluctuations(
            Fluctuations fluctuations,
            @Nullable ObjectiveEvaluator evaluator,
            DMatrixRMaj theta,
            @Nullable SampledCovariance covariance,
            DMatrixRMaj noise,
            double flat,
            String refused) {
        this.fluctuations = fluctuations;
        this.evaluator = evaluator;
        this.theta = theta;
        this.covariance = covariance;
        this.noise = noise;
        this.flat = flat;
        this.refused = refused;
    }

    static PointFluctuations undefined(Fluctuations fluctuations, String reason) {
        DMatrixRMaj none = new DMatrixRMaj(0, 0);
        return new PointFluctuations(fluctuations, null, none, null, none, 0, reason);
    }

    /**
     * Whether there is a stationary covariance.
     *
     * @return STABLE if there is; UNSTABLE if there is none; UNRESOLVED if it is too near the limit to tell, or the
     *     model leaves the range of numbers
     */
    public LyapunovStatus status() {
        return covariance == null ? LyapunovStatus.UNRESOLVED : covariance.status();
    }

    /**
     * Why the status is not STABLE.
     *
     * @return one line, empty if it is STABLE
     */
    public String reason() {
        return covariance == null ? refused : covariance.reason();
    }

    /**
     * The number of directions that fluctuate about a point of their own.
     *
     * @return the rank of K, 0 if K is not known
     */
    public int rank() {
        return covariance == null ? 0 : covariance.rank();
    }

    /**
     * What does not count as a direction of K: {@link #rank} is decided on the singular values of its rows, at
     * {@link SampledCovariance#DEFAULT_THRESHOLD} of the largest.
     *
     * @return the largest singular value that counts as 0, over the largest of all; empty if K is not known
     */
    public OptionalDouble cut() {
        return covariance == null ? OptionalDouble.empty() : OptionalDouble.of(covariance.cut());
    }

    /**
     * How far the largest curvature is from where the recursion ends, without the noise of sampling: 2 − e·k_max, e =
     * η/(1+β), with weight decay as part of k_max.
     *
     * @return the margin; empty if K is not known
     */
    public OptionalDouble margin() {
        if (covariance == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                2 - covariance.largestStep() / (1 + fluctuations.recursion().momentum()));
    }

    /**
     * The noise of one step along flat directions: tr((I − Π)Q).
     *
     * @return by how much the variance along the valley grows in every step; 0 for label noise; empty if K is not known
     */
    public OptionalDouble flatNoise() {
        return covariance == null ? OptionalDouble.empty() : OptionalDouble.of(fluctuations.strength() * flat);
    }

    /**
     * out = S, the stationary covariance.
     *
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if out has another shape
     * @throws IllegalStateException if the status is not STABLE
     */
    public void covariance(DMatrixRMaj out) {
        checkSquare("PointFluctuations.covariance", out);
        outside(solution().coordinates(), out);
    }

    /**
     * out = the covariance of the fluctuations k steps after a start from the slow flow at rest. Defined whatever the
     * status, if K is.
     *
     * @param steps k ≥ 0
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if k is negative, out has another shape, the noise is anti-correlated, which a
     *     start from rest has no part of yet, or an entry leaves the range of numbers within k steps, as it does in an
     *     unstable recursion
     * @throws IllegalStateException if K is not known
     */
    public void afterSteps(long steps, DMatrixRMaj out) {
        checkSquare("PointFluctuations.afterSteps", out);
        if (fluctuations.takesBack()) {
            throw Checks.error(
                    "PointFluctuations.afterSteps", "the noise", "anti-correlated", "independent from step to step");
        }
        outside(known().afterSteps(noise, steps), out);
    }

    /**
     * out = the diagonal of S, without forming the matrix.
     *
     * @param out P × 1; the variance of each parameter. Modified.
     * @throws IllegalArgumentException if out has another shape
     * @throws IllegalStateException if the status is not STABLE
     */
    public void variances(DMatrixRMaj out) {
        int size = fluctuations.objective().parameterCount();
        Checks.shape("PointFluctuations.variances", "out", out, size, 1);
        DMatrixRMaj inside = solution().coordinates();
        DMatrixRMaj basis = known().basis();
        int rank = inside.numRows;
        DMatrixRMaj left = new DMatrixRMaj(size, rank);
        if (rank > 0) {
            LongProduct.multiply("PointFluctuations", MatrixForm.NN, basis, inside, left);
        }
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int a = 0; a < rank; a++) {
                sum += left.data[i * rank + a] * basis.data[i * rank + a];
            }
            out.data[i] = Math.max(0, fluctuations.strength() * sum);
        }
    }

    /**
     * tr S, without forming the matrix.
     *
     * @return the mean of ‖ξ‖² at stationarity
     * @throws IllegalStateException if the status is not STABLE
     */
    public double trace() {
        DMatrixRMaj inside = solution().coordinates();
        double sum = 0;
        for (int a = 0; a < inside.numRows; a++) {
            sum += inside.data[a * inside.numRows + a];
        }
        return fluctuations.strength() * sum;
    }

    /**
     * The largest eigenvalue of S, without forming the matrix.
     *
     * @return the variance along the direction that fluctuates most; 0 if none does
     * @throws IllegalStateException if the status is not STABLE
     */
    public double largestVariance() {
        DMatrixRMaj inside = solution().coordinates();
        int rank = inside.numRows;
        return rank == 0 ? 0 : fluctuations.strength() * SymmetricEigen.values(inside)[rank - 1];
    }

    /**
     * v ← (I − Π)v, the part of v along the valley: what is in the range of K is taken away.
     *
     * @param v P × 1. Modified.
     * @throws IllegalArgumentException if v has another shape
     * @throws IllegalStateException if K is not known
     */
    public void removeNormal(DMatrixRMaj v) {
        Checks.shape("PointFluctuations.removeNormal", "v", v, theta.numRows, 1);
        DMatrixRMaj basis = known().basis();
        int rank = basis.numCols;
        double[] along = new double[rank];
        for (int i = 0; i < v.numRows; i++) {
            for (int a = 0; a < rank; a++) {
                along[a] += basis.data[i * rank + a] * v.data[i];
            }
        }
        for (int i = 0; i < v.numRows; i++) {
            for (int a = 0; a < rank; a++) {
                v.data[i] -= basis.data[i * rank + a] * along[a];
            }
        }
    }

    /**
     * How far S may be from the solution of its equation.
     *
     * @return a bound on the relative error in the Frobenius norm, up to rounding
     * @throws IllegalStateException if the status is not STABLE
     */
    public double errorBound() {
        return solution().errorBound();
    }

    /**
     * The loss that the fluctuations alone make at stationarity: ½ tr(K S).
     *
     * @return E L at second order
     * @throws IllegalStateException if the status is not STABLE
     */
    public double lossFloor() {
        DMatrixRMaj s = solution().coordinates();
        double[] d = known().curvatures();
        double sum = 0;
        for (int a = 0; a < d.length; a++) {
            sum += d[a] * s.data[a * d.length + a];
        }
        return 0.5 * fluctuations.strength() * sum;
    }

    /**
     * out = ½∇³L[S], what stands beside ∇L in the mean step.
     *
     * @param out P × 1. Modified.
     * @throws IllegalArgumentException if out has another shape
     * @throws IllegalStateException if the status is not STABLE, or the drift leaves the range of numbers
     */
    public void drift(DMatrixRMaj out) {
        Checks.shape("PointFluctuations.drift", "out", out, theta.numRows, 1);
        solution();
        if (field(out) == PotentialStatus.UNDEFINED) {
            throw Checks.outOfTurn(
                    "PointFluctuations.drift", "the third derivative of the loss", "too large", "finite");
        }
        for (int i = 0; i < theta.numRows; i++) {
            out.data[i] *= fluctuations.strength();
        }
    }

    /**
     * out = ½∇³L[S]/λ, which may stand in for ∇R.
     *
     * @param out P × 1; zeros if it is UNDEFINED. Modified.
     * @return DEFINED, or UNDEFINED if the status is not STABLE or the drift leaves the range of numbers
     * @throws IllegalArgumentException if out has another shape
     */
    public PotentialStatus field(DMatrixRMaj out) {
        int size = fluctuations.objective().parameterCount();
        Checks.shape("PointFluctuations.field", "out", out, size, 1);
        Arrays.fill(out.data, 0, size, 0);
        if (status() != LyapunovStatus.STABLE || evaluator == null) {
            return PotentialStatus.UNDEFINED;
        }
        if (rank() == 0) {
            return PotentialStatus.DEFINED;
        }
        QuadraticMap third = (w, result) -> evaluator.thirdOrder(theta, w, result);
        third.applySafely(solution().factor(), out);
        for (int i = 0; i < theta.numRows; i++) {
            out.data[i] *= 0.5;
        }
        if (!Norms.isFinite(out)) {
            Arrays.fill(out.data, 0, size, 0);
            return PotentialStatus.UNDEFINED;
        }
        return PotentialStatus.DEFINED;
    }

    /** For λ = 1. */
    private StationarySolution solution() {
        if (solution == null) {
            if (status() != LyapunovStatus.STABLE) {
                throw outOfTurn("STABLE");
            }
            solution = known().solveCoordinates(noise);
        }
        return solution;
    }

    private SampledCovariance known() {
        if (covariance == null) {
            throw outOfTurn("known");
        }
        return covariance;
    }

    private IllegalStateException outOfTurn(String rule) {
        return Checks.outOfTurn("PointFluctuations", fluctuations.name(), status() + " (" + reason() + ")", rule);
    }

    private void checkSquare(String operation, DMatrixRMaj out) {
        int size = fluctuations.objective().parameterCount();
        Checks.shape(operation, "out", out, size, size);
    }

    /** out = λ W M Wᵀ, exactly symmetric. */
    private void outside(DMatrixRMaj inside, DMatrixRMaj out) {
        int size = out.numRows;
        int rank = inside.numRows;
        Arrays.fill(out.data, 0, size * size, 0);
        if (rank == 0) {
            return;
        }
        DMatrixRMaj left = new DMatrixRMaj(size, rank);
        LongProduct.multiply("PointFluctuations", MatrixForm.NN, known().basis(), inside, left);
        LongProduct.multiply("PointFluctuations", MatrixForm.NT, left, known().basis(), out);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = 0.5 * fluctuations.strength() * (out.data[i * size + j] + out.data[j * size + i]);
                out.data[i * size + j] = mean;
                out.data[j * size + i] = mean;
            }
        }
    }
}
