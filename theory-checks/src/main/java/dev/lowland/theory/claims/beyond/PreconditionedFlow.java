package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The slow motion of label noise under a diagonal preconditioner D = √v that adapts: per unit of time t = η²k
 *
 * <pre>
 * dθ/dt = −(α/4) D⁻¹ (I − Jᵀ(J D⁻¹ Jᵀ)⁻¹ J D⁻¹) ∇³L[D⁻¹]
 * dw/dt = c(α diag H − w),   v = w/(1 − e^{−ct}),   w(0) = 0
 * </pre>
 *
 * with α = σ²/B and J the Jacobian of the predictions. The bracket takes out what pushes across the valley, and with it
 * what the valley pushes back, which the preconditioner turns. v is the mean of squared gradients with Adam's
 * correction for its start, with 1 − β₂ = cη². By Runge and Kutta's classical method, and after each step Newton's
 * method back to zero loss.
 *
 * @param objective gives L
 * @param noise α
 * @param forgetting c
 * @param kind which theory
 */
record PreconditionedFlow(Objective objective, double noise, double forgetting, Kind kind) {

    /** Which theory. */
    enum Kind {
        /** The one above. */
        ADAPTING,
        /** v stays as it is at the start. */
        FROZEN,
        /** ∇tr H in place of ∇³L[D⁻¹], with the mean of the entries of D⁻¹. */
        TRACE
    }

    private static final int STEPS = 400;
    private static final int NEWTON_STEPS = 4;

    /**
     * Positions at some times, with v from the start of an optimiser.
     *
     * @param start a point of zero loss, P × 1. Not modified.
     * @param factor multiplies the speed
     * @param times growing, the last one the end; the steps of the method are about a {@value #STEPS}th of it
     */
    List<DMatrixRMaj> path(DMatrixRMaj start, double factor, double... times) {
        Motion motion = new Motion(start, factor);
        List<DMatrixRMaj> positions = new ArrayList<>();
        double longest = times[times.length - 1] / STEPS;
        for (double time : times) {
            int count = (int) Math.max(1, Math.ceil((time - motion.time) / longest));
            double step = (time - motion.time) / count;
            for (int i = 0; i < count; i++) {
                Interruption.check();
                motion.advance(step);
            }
            positions.add(motion.theta.copy());
        }
        return positions;
    }

    private final class Motion {

        private final int size = objective.parameterCount();
        private final int samples = objective.sampleCount();
        private final double factor;
        private final ObjectiveEvaluator evaluator = objective.evaluator();
        private final DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        private final DMatrixRMaj jacobian = new DMatrixRMaj(samples, size);
        private final DMatrixRMaj third = new DMatrixRMaj(size, 1);
        private final DMatrixRMaj predicted = new DMatrixRMaj(samples, 1);
        private final double[] first;
        private DMatrixRMaj theta;
        private double[] squares;
        private double time;

        Motion(DMatrixRMaj start, double factor) {
            this.factor = factor;
            theta = start.copy();
            squares = new double[size];
            evaluator.hessian(theta, hessian);
            first = diagonal();
        }

        /** α diag H at the point of {@link #hessian}. */
        private double[] diagonal() {
            double[] out = new double[size];
            for (int i = 0; i < size; i++) {
                out[i] = noise * hessian.get(i, i);
            }
            return out;
        }

        /** v at a time, where w is given. */
        private double[] corrected(double when, double[] w) {
            if (kind == Kind.FROZEN || when == 0) {
                return first;
            }
            double[] out = new double[size];
            for (int i = 0; i < size; i++) {
                out[i] = w[i] / -Math.expm1(-forgetting * when);
            }
            return out;
        }

        void advance(double step) {
            DMatrixRMaj theta0 = theta;
            double[] squares0 = squares;
            double[] weights = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};
            double[] parts = {0, 0.5, 0.5, 1};
            DMatrixRMaj sum = theta0.copy();
            double[] squareSum = squares0.clone();
            DMatrixRMaj slope = new DMatrixRMaj(size, 1);
            double[] squareSlope = new double[size];
            for (int stage = 0; stage < weights.length; stage++) {
                DMatrixRMaj at = theta0.copy();
                CommonOps_DDRM.addEquals(at, parts[stage] * step, slope);
                double[] w = squares0.clone();
                for (int i = 0; i < size; i++) {
                    w[i] += parts[stage] * step * squareSlope[i];
                }
                slope = velocity(at, corrected(time + parts[stage] * step, w));
                double[] goal = diagonal();
                for (int i = 0; i < size; i++) {
                    squareSlope[i] = forgetting * (goal[i] - w[i]);
                    squareSum[i] += weights[stage] * step * squareSlope[i];
                }
                CommonOps_DDRM.addEquals(sum, weights[stage] * step, slope);
            }
            theta = sum;
            squares = squareSum;
            time += step;
            settle();
        }

        /** dθ/dt; leaves H there in {@link #hessian}. */
        private DMatrixRMaj velocity(DMatrixRMaj at, double[] v) {
            evaluator.hessian(at, hessian);
            double mean = 0;
            for (double square : v) {
                mean += 1 / Math.sqrt(square) / size;
            }
            DMatrixRMaj directions = new DMatrixRMaj(size, size);
            for (int i = 0; i < size; i++) {
                directions.set(i, i, kind == Kind.TRACE ? Math.sqrt(mean) : Math.pow(v[i], -0.25));
            }
            evaluator.thirdOrder(at, directions, third);
            evaluator.jacobian(at, jacobian);
            DMatrixRMaj scaled = Dense.columnsScaled(jacobian, inverseRoots(v));
            DMatrixRMaj square = CommonOps_DDRM.multTransB(scaled, jacobian, null);
            DMatrixRMaj multipliers = new DMatrixRMaj(samples, 1);
            CommonOps_DDRM.solve(square, Dense.times(scaled, third), multipliers);
            DMatrixRMaj out = Dense.minus(third, CommonOps_DDRM.multTransA(jacobian, multipliers, null));
            for (int i = 0; i < size; i++) {
                out.data[i] *= -factor * noise / 4 / Math.sqrt(v[i]);
            }
            return out;
        }

        private double[] inverseRoots(double[] v) {
            double[] out = new double[size];
            for (int i = 0; i < size; i++) {
                out[i] = 1 / Math.sqrt(v[i]);
            }
            return out;
        }

        private void settle() {
            for (int iteration = 0; iteration < NEWTON_STEPS; iteration++) {
                evaluator.predictions(theta, predicted);
                CommonOps_DDRM.subtractEquals(predicted, objective.data().targets());
                evaluator.jacobian(theta, jacobian);
                DMatrixRMaj square = CommonOps_DDRM.multTransB(jacobian, jacobian, null);
                DMatrixRMaj multipliers = new DMatrixRMaj(samples, 1);
                CommonOps_DDRM.solve(square, predicted, multipliers);
                CommonOps_DDRM.subtractEquals(theta, CommonOps_DDRM.multTransA(jacobian, multipliers, null));
            }
        }
    }
}
