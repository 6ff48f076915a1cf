package dev.lowland.theory.claims.trial;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The valley of a problem: the points where every prediction meets its target. Needs a Jacobian of full row rank and
 * the square loss. Mutable, for one thread.
 */
public final class Valley {

    private static final int NEWTON_STEPS = 50;

    /** Residuals of this size count as none. */
    private static final double NO_RESIDUAL = 1e-13;

    /** The share of ∇L/λ + ∇R across the valley that the floor may have; ε is off by its square. */
    private static final double ACROSS = 0.01;

    private static final int MOST_STEPS = 10_000;

    private final ObjectiveEvaluator evaluator;
    private final int size;
    private final DMatrixRMaj targets;
    private final DMatrixRMaj residual;
    private final DMatrixRMaj jacobian;
    private final DMatrixRMaj kernel;
    private final DMatrixRMaj image;
    private final DMatrixRMaj multipliers;
    private final DMatrixRMaj step;

    public Valley(Objective objective) {
        evaluator = objective.evaluator();
        size = objective.parameterCount();
        targets = objective.data().targets();
        residual = new DMatrixRMaj(objective.sampleCount(), 1);
        jacobian = new DMatrixRMaj(objective.sampleCount(), size);
        kernel = new DMatrixRMaj(objective.sampleCount(), objective.sampleCount());
        image = new DMatrixRMaj(objective.sampleCount(), 1);
        multipliers = new DMatrixRMaj(objective.sampleCount(), 1);
        step = new DMatrixRMaj(size, 1);
    }

    /**
     * Goes down to the valley, by the shortest step on the linearised predictions, again and again (Gauss and Newton).
     * From a distance d this ends within O(d²) of the nearest point of the valley.
     *
     * @param theta P × 1. Modified.
     * @return whether it got there
     */
    boolean descend(DMatrixRMaj theta) {
        for (int k = 0; k < NEWTON_STEPS; k++) {
            if (!Norms.isFinite(theta)) {
                return false;
            }
            evaluator.predictions(theta, residual);
            CommonOps_DDRM.subtractEquals(residual, targets);
            double squared = Dense.dot(residual, residual);
            if (squared < NO_RESIDUAL * NO_RESIDUAL) {
                return true;
            }
            if (!(squared <= Double.MAX_VALUE)) {
                return false;
            }
            evaluator.jacobian(theta, jacobian);
            if (!solveKernel(residual)) {
                return false;
            }
            CommonOps_DDRM.multTransA(jacobian, multipliers, step);
            CommonOps_DDRM.subtractEquals(theta, step);
        }
        return false;
    }

    /** multipliers = (J Jᵀ)⁻¹ right; false if there is no inverse. */
    private boolean solveKernel(DMatrixRMaj right) {
        CommonOps_DDRM.multTransB(jacobian, jacobian, kernel);
        return CommonOps_DDRM.solve(kernel, right, multipliers);
    }

    /**
     * Goes down to the floor of L + λR: to the valley, and from there across it to where ∇L/λ + ∇R has no part across
     * the valley to speak of. What is left of it is ε, how far the floor is from a stationary point there.
     *
     * @param theta P × 1. Modified.
     * @param drift R
     * @param strength λ, so small that the floor is near the valley
     * @return ε = ‖∇L/λ + ∇R‖, or NaN if it did not get there
     */
    public double floor(DMatrixRMaj theta, PotentialEvaluator drift, double strength) {
        if (!descend(theta)) {
            return Double.NaN;
        }
        DMatrixRMaj push = new DMatrixRMaj(size, 1);
        DMatrixRMaj across = new DMatrixRMaj(size, 1);
        for (int k = 0; k < NEWTON_STEPS; k++) {
            evaluator.gradient(theta, across);
            if (drift.gradient(theta, push) == PotentialStatus.UNDEFINED) {
                return Double.NaN;
            }
            CommonOps_DDRM.addEquals(push, 1 / strength, across);
            solveKernelOrThrow(theta, push);
            CommonOps_DDRM.multTransA(jacobian, multipliers, across);
            double whole = Dense.norm(push);
            if (Dense.norm(across) <= ACROSS * whole) {
                return whole;
            }
            image.setTo(multipliers);
            solveKernel(image);
            CommonOps_DDRM.multTransA(jacobian, multipliers, step);
            CommonOps_DDRM.addEquals(theta, -strength * jacobian.numRows, step);
        }
        return Double.NaN;
    }

    private void solveKernelOrThrow(DMatrixRMaj theta, DMatrixRMaj vector) {
        evaluator.jacobian(theta, jacobian);
        CommonOps_DDRM.mult(jacobian, vector, image);
        if (!solveKernel(image)) {
            throw new IllegalStateException("valley: the Jacobian does not have full row rank");
        }
    }

    /**
     * The part of a vector that is tangent to the valley, (I − J⁺J)v.
     *
     * @param theta a point of the valley. Not modified.
     * @param vector v, P × 1. Not modified.
     * @return P × 1
     */
    public DMatrixRMaj tangential(DMatrixRMaj theta, DMatrixRMaj vector) {
        solveKernelOrThrow(theta, vector);
        return Dense.minus(vector, CommonOps_DDRM.multTransA(jacobian, multipliers, null));
    }

    /**
     * H⁺v with H = (1/n)JᵀJ, so n Jᵀ(JJᵀ)⁻²Jv.
     *
     * @param theta a point of the valley. Not modified.
     * @param vector v, P × 1. Not modified.
     * @return P × 1
     */
    DMatrixRMaj solve(DMatrixRMaj theta, DMatrixRMaj vector) {
        solveKernelOrThrow(theta, vector);
        image.setTo(multipliers);
        solveKernel(image);
        return Dense.scaled(jacobian.numRows, CommonOps_DDRM.multTransA(jacobian, multipliers, null));
    }

    /**
     * The minimum of a potential on the valley that steepest descent within the valley reaches, by steps of a size that
     * adapts.
     *
     * @param potential what to minimise
     * @param start P × 1, near the valley. Not modified.
     * @param tolerance the tangential gradient there, at most
     * @param steps after which to give up
     * @return where it got to; compare the tangential gradient with the tolerance to see whether it is the minimum
     */
    public DMatrixRMaj minimum(DriftPotential potential, DMatrixRMaj start, double tolerance, int steps) {
        PotentialEvaluator drift = potential.evaluator();
        DMatrixRMaj theta = start.copy();
        descend(theta);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        double rate = 0.01;
        double value = drift.at(theta).value();
        for (int k = 0; k < steps; k++) {
            Interruption.check();
            drift.gradient(theta, gradient);
            DMatrixRMaj slope = tangential(theta, gradient);
            double squared = Dense.dot(slope, slope);
            if (squared <= tolerance * tolerance) {
                break;
            }
            DMatrixRMaj next = Dense.minus(theta, Dense.scaled(rate, slope));
            boolean arrived = descend(next);
            double there = arrived ? valueOrInfinite(drift, next) : Double.POSITIVE_INFINITY;
            if (there <= value - 0.1 * rate * squared || (there <= value && rate * squared < 1e-13 * Math.abs(value))) {
                theta = next;
                value = there;
                rate *= 1.3;
            } else {
                rate /= 2;
            }
        }
        return theta;
    }

    /**
     * How long the flow dY/dt = −P_T∇R within the valley takes to lose all but a share of its first slope, by Euler's
     * method.
     *
     * @param potential R
     * @param start P × 1, near the valley. Not modified.
     * @param share of the first ‖P_T∇R‖
     * @param step of t
     * @return the time, or infinity if it is more than {@value #MOST_STEPS} steps
     */
    public double settlingTime(DriftPotential potential, DMatrixRMaj start, double share, double step) {
        PotentialEvaluator drift = potential.evaluator();
        DMatrixRMaj theta = start.copy();
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        double first = 0;
        for (int k = 0; k <= MOST_STEPS; k++) {
            Interruption.check();
            if (!descend(theta)) {
                break;
            }
            drift.gradient(theta, gradient);
            DMatrixRMaj slope = tangential(theta, gradient);
            double now = Dense.norm(slope);
            first = k == 0 ? now : first;
            if (now <= share * first) {
                return k * step;
            }
            CommonOps_DDRM.addEquals(theta, -step, slope);
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double valueOrInfinite(PotentialEvaluator drift, DMatrixRMaj theta) {
        PotentialValue value = drift.at(theta);
        return value.status() == PotentialStatus.UNDEFINED ? Double.POSITIVE_INFINITY : value.value();
    }
}
