package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Solves M·x = b for a symmetric positive definite operator, by conjugate gradients.
 *
 * <p>If a search direction has pᵀMp ≤ 0, M is not positive definite and p proves it: the solver stops with
 * {@link Status#INDEFINITE} and hands p out as {@link #direction}. The opposite does not hold: a converged solution
 * says that M is positive definite on the Krylov space of b, no more.
 *
 * <p>The residual that is reported is ‖b − Mx‖, computed anew at the end and not taken from the recursion, which loses
 * touch with it.
 *
 * <p>An interrupt of the thread ends a solve with an IllegalStateException. Cost of an iteration: one product with M,
 * one with the preconditioner if there is one, 10P. It owns four vectors: one thread at a time; nothing is allocated in
 * a solve.
 *
 * <p>Reference: Hestenes, Stiefel, <i>Methods of conjugate gradients for solving linear systems</i>, J. Res. NBS 49
 * (1952).
 */
public final class ConjugateGradients {
    /** How a solve ended. */
    public enum Status {
        /** ‖b − Mx‖ ≤ tolerance·‖b‖. */
        CONVERGED,
        /** A direction with pᵀMp ≤ 0 was met: M is not positive definite. */
        INDEFINITE,
        /** The iterations ran out. */
        BUDGET,
        /** Rounding keeps the residual above the tolerance: more iterations do not help. */
        STAGNATED
    }

    private static final String OPERATION = "conjugate gradients";

    private final int size;
    private final DMatrixRMaj residual;
    private final DMatrixRMaj direction;
    private final DMatrixRMaj image;
    private final DMatrixRMaj preconditioned;

    private int iterations;
    /** What b is measured in, so that no square of it leaves the range of numbers. */
    private double unit = 1;
    /** Of the residual, in that unit. */
    private double scaledNorm;

    private double residualNorm;
    private double curvature;

    /**
     * A solver for systems of one size.
     *
     * @param size P ≥ 1
     */
    public ConjugateGradients(int size) {
        Checks.atLeast(OPERATION, "size", size, 1);
        Checks.room(OPERATION, "size", size, 4.0 * size);
        this.size = size;
        this.residual = new DMatrixRMaj(size, 1);
        this.direction = new DMatrixRMaj(size, 1);
        this.image = new DMatrixRMaj(size, 1);
        this.preconditioned = new DMatrixRMaj(size, 1);
    }

    /**
     * Solves M·x = b.
     *
     * @param m symmetric operator, P × P
     * @param b right side, P × 1, finite. Not modified.
     * @param x starting guess, P × 1, finite; becomes the solution. Modified.
     * @param tolerance wanted ‖b − Mx‖/‖b‖, positive
     * @param maxIterations at least 0
     * @return how it ended
     * @throws IllegalArgumentException if a shape is wrong, or an input or a product is not finite
     */
    public Status solve(LinearOperator m, DMatrixRMaj b, DMatrixRMaj x, double tolerance, int maxIterations) {
        Checks.notNull("solve", "m", m);
        return solve(m, null, b, x, tolerance, maxIterations);
    }

    /**
     * Solves M·x = b with a preconditioner C ≈ M⁻¹, symmetric and positive definite.
     *
     * @param m symmetric operator, P × P
     * @param preconditioner operator v ↦ C·v, P × P, or null for the identity
     * @param b right side, P × 1, finite. Not modified.
     * @param x starting guess, P × 1, finite; becomes the solution. Modified.
     * @param tolerance wanted ‖b − Mx‖/‖b‖, positive
     * @param maxIterations at least 0
     * @return how it ended
     * @throws IllegalArgumentException if a shape is wrong, an input or a product is not finite, or C is not positive
     *     definite
     */
    public Status solve(
            LinearOperator m,
            @Nullable LinearOperator preconditioner,
            DMatrixRMaj b,
            DMatrixRMaj x,
            double tolerance,
            int maxIterations) {
        Checks.notNull("solve", "m", m);
        check(m, preconditioner, b, x, tolerance, maxIterations);
        iterations = 0;
        curvature = Double.NaN;
        unit = Math.max(Norms.unit(b), Double.MIN_NORMAL);
        double goal = tolerance * (Norms.two(b) / unit);
        double restartedAt = Double.POSITIVE_INFINITY;
        while (true) {
            trueResidual(m, b, x);
            if (scaledNorm <= goal) {
                return Status.CONVERGED;
            }
            if (scaledNorm > 0.5 * restartedAt) {
                return Status.STAGNATED;
            }
            restartedAt = scaledNorm;
            Status status = descend(m, preconditioner, x, goal, maxIterations);
            if (status != Status.CONVERGED) {
                trueResidual(m, b, x);
                return status;
            }
        }
    }

    private void check(
            LinearOperator m,
            @Nullable LinearOperator preconditioner,
            DMatrixRMaj b,
            DMatrixRMaj x,
            double tolerance,
            int maxIterations) {
        if (m.size() != size) {
            throw Checks.error(OPERATION, "m", "of size " + m.size(), "of size " + size);
        }
        if (preconditioner != null && preconditioner.size() != size) {
            throw Checks.error(OPERATION, "preconditioner", "of size " + preconditioner.size(), "of size " + size);
        }
        Checks.shape(OPERATION, "b", b, size, 1);
        Checks.shape(OPERATION, "x", x, size, 1);
        Checks.distinct(OPERATION, "x", x, "b", b);
        Checks.finite(OPERATION, "b", b);
        Checks.finite(OPERATION, "x", x);
        Checks.positive(OPERATION, "tolerance", tolerance);
        Checks.atLeast(OPERATION, "maxIterations", maxIterations, 0);
    }

    /** residual = (b − Mx)/unit, in {@code image} on the way. */
    private void trueResidual(LinearOperator m, DMatrixRMaj b, DMatrixRMaj x) {
        m.apply(x, image);
        for (int i = 0; i < size; i++) {
            residual.data[i] = (b.data[i] - image.data[i]) / unit;
        }
        scaledNorm = Norms.two(residual);
        residualNorm = scaledNorm * unit;
        if (!(scaledNorm <= Double.MAX_VALUE)) {
            Checks.finite(OPERATION, "product of m", image);
            throw Checks.error(OPERATION, "residual", "of norm " + residualNorm, "of finite norm");
        }
    }

    /** Iterates from the residual in {@code residual} until the recursion says that the goal is met. */
    private Status descend(
            LinearOperator m, @Nullable LinearOperator preconditioner, DMatrixRMaj x, double goal, int maxIterations) {
        KernelSet kernels = Kernels.active();
        DMatrixRMaj z = precondition(preconditioner);
        double rz = energy(z);
        System.arraycopy(z.data, 0, direction.data, 0, size);
        while (true) {
            if (iterations == maxIterations) {
                return Status.BUDGET;
            }
            Checks.notInterrupted(OPERATION);
            m.apply(direction, image);
            iterations++;
            double along = Kernels.dot(direction, image);
            Checks.finite(OPERATION, "product of m along the search direction", along);
            curvature = along;
            if (along <= 0) {
                return Status.INDEFINITE;
            }
            double step = rz / along;
            if (!(step > 0 && step <= Double.MAX_VALUE)) {
                return Status.STAGNATED;
            }
            kernels.axpy(size, step * unit, direction.data, 0, x.data, 0);
            kernels.axpy(size, -step, image.data, 0, residual.data, 0);
            if (Norms.two(residual) <= goal) {
                return Status.CONVERGED;
            }
            z = precondition(preconditioner);
            double next = energy(z);
            double ratio = next / rz;
            rz = next;
            for (int i = 0; i < size; i++) {
                direction.data[i] = z.data[i] + ratio * direction.data[i];
            }
        }
    }

    private DMatrixRMaj precondition(@Nullable LinearOperator preconditioner) {
        if (preconditioner == null) {
            return residual;
        }
        preconditioner.apply(residual, preconditioned);
        return preconditioned;
    }

    private double energy(DMatrixRMaj z) {
        double rz = Kernels.dot(residual, z);
        if (!(rz >= 0 && rz <= Double.MAX_VALUE)) {
            throw Checks.error(
                    OPERATION, "rᵀCr with the preconditioner C", Double.toString(rz), "not negative and finite");
        }
        return rz;
    }

    /**
     * The products with M that the last solve spent in its iterations; one or more besides went into residuals.
     *
     * @return at most maxIterations
     */
    public int iterations() {
        return iterations;
    }

    /**
     * The length of the last solve's residual.
     *
     * @return ‖b − Mx‖
     */
    public double residualNorm() {
        return residualNorm;
    }

    /**
     * The last search direction p: after {@link Status#INDEFINITE} the proof that M is not positive definite.
     *
     * @return P × 1; not a copy
     */
    public DMatrixRMaj direction() {
        return direction;
    }

    /**
     * The last direction's curvature.
     *
     * @return pᵀMp of {@link #direction}; NaN if there was no iteration
     */
    public double curvature() {
        return curvature;
    }
}
