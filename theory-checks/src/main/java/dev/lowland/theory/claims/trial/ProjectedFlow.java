package dev.lowland.theory.claims.trial;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The flow within the set of zero loss, dY = −P_T(Y) ∇F(Y) dt: P_T projects on the directions in which no prediction
 * changes, P_T = I − Jᵀ(JJᵀ)⁻¹J with the Jacobian J of the predictions.
 *
 * <p>Integrated by Dormand and Prince's pair of orders 5 and 4 with a controlled step (Hairer, Nørsett, Wanner,
 * <em>Solving Ordinary Differential Equations I</em>, section II.5); after each step Newton's method on the predictions
 * puts the point back to zero loss, along Jᵀ. It shares nothing with {@link dev.lowland.optim.flow.SlowFlow}, which
 * takes the steps of gradient descent on L + λR. Immutable and thread-safe. Needs a Jacobian of full row rank.
 */
public final class ProjectedFlow {

    /** Largest estimated error of a step, relative to 1 + ‖θ‖. */
    private static final double TOLERANCE = 1e-11;

    /** Steps after which the field is not smooth: it points to a fold in itself, as where two eigenvalues meet. */
    private static final int MOST_STEPS = 5_000;

    private static final double[][] STAGES = {
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };

    /** Difference of the two orders, the seventh stage last. */
    private static final double[] ERROR = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };

    /** ∇F, for one thread. */
    @FunctionalInterface
    interface Gradient {

        /**
         * @param theta P × 1. Not modified.
         * @param out P × 1. Modified.
         */
        void at(DMatrixRMaj theta, DMatrixRMaj out);
    }

    private final Objective objective;
    private final Supplier<Gradient> gradient;

    private ProjectedFlow(Objective objective, Supplier<Gradient> gradient) {
        this.objective = objective;
        this.gradient = gradient;
    }

    /** The flow of factor·tr ∇²L, from the third derivative of L applied to the identity. */
    public static ProjectedFlow ofTrace(Objective objective, double factor) {
        return new ProjectedFlow(objective, () -> {
            ObjectiveEvaluator evaluator = objective.evaluator();
            DMatrixRMaj identity = CommonOps_DDRM.identity(objective.parameterCount());
            return (theta, out) -> {
                evaluator.thirdOrder(theta, identity, out);
                CommonOps_DDRM.scale(factor, out);
            };
        });
    }

    /** The flow of a potential that is defined all the way. */
    public static ProjectedFlow of(Objective objective, DriftPotential potential) {
        return new ProjectedFlow(objective, () -> {
            PotentialEvaluator evaluator = potential.evaluator();
            return evaluator::gradient;
        });
    }

    /** The flow −P_T v along any field v that is defined all the way. */
    public static ProjectedFlow along(Objective objective, DriftField field) {
        return new ProjectedFlow(objective, () -> {
            DriftEvaluator evaluator = field.evaluator();
            return evaluator::field;
        });
    }

    /**
     * Positions at some times.
     *
     * @param start a point of zero loss, P × 1. Not modified.
     * @param times growing, positive
     * @return one position a time, each the caller's own
     * @throws IllegalStateException if the flow cannot be followed: it is not smooth, or the Jacobian loses rank
     */
    public List<DMatrixRMaj> path(DMatrixRMaj start, double... times) {
        Motion motion = new Motion(start);
        List<DMatrixRMaj> positions = new ArrayList<>();
        for (double time : times) {
            motion.advance(time);
            positions.add(motion.theta.copy());
        }
        return positions;
    }

    /**
     * Where the flow comes to rest.
     *
     * @param start a point of zero loss, P × 1. Not modified.
     * @param speed ‖dY/dt‖ that counts as rest, positive
     * @param latest the time by which it must have come to rest
     * @throws IllegalStateException if it has not, or cannot be followed
     */
    public DMatrixRMaj rest(DMatrixRMaj start, double speed, double latest) {
        Motion motion = new Motion(start);
        for (int i = 1; i <= latest; i++) {
            motion.advance(i);
            if (motion.speed() <= speed) {
                return motion.theta;
            }
        }
        throw new IllegalStateException("projected flow: not at rest after a time of " + latest);
    }

    /** One flow on its way. */
    private final class Motion {

        private final int size = objective.parameterCount();
        private final int predictions =
                objective.sampleCount() * objective.data().outputSize();
        private final ObjectiveEvaluator evaluator = objective.evaluator();
        private final Gradient slope = gradient.get();
        private final DMatrixRMaj jacobian = new DMatrixRMaj(predictions, size);
        private final DMatrixRMaj square = new DMatrixRMaj(predictions, predictions);
        private final DMatrixRMaj right = new DMatrixRMaj(predictions, 1);
        private final DMatrixRMaj solved = new DMatrixRMaj(predictions, 1);
        private final DMatrixRMaj back = new DMatrixRMaj(size, 1);
        private final DMatrixRMaj predicted;
        private final DMatrixRMaj targets = objective.data().targets();
        private final LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(predictions);
        private final DMatrixRMaj[] stages = new DMatrixRMaj[ERROR.length];
        private DMatrixRMaj theta;
        private DMatrixRMaj next = new DMatrixRMaj(size, 1);
        private double time;
        private double step = 1e-3;

        Motion(DMatrixRMaj start) {
            theta = start.copy();
            predicted =
                    new DMatrixRMaj(objective.sampleCount(), objective.data().outputSize());
            for (int s = 0; s < stages.length; s++) {
                stages[s] = new DMatrixRMaj(size, 1);
            }
        }

        double speed() {
            velocity(theta, stages[0]);
            return Dense.norm(stages[0]);
        }

        void advance(double until) {
            int attempts = 0;
            while (time < until) {
                Interruption.check();
                if (++attempts > MOST_STEPS) {
                    throw new IllegalStateException(
                            "projected flow: more than " + MOST_STEPS + " steps, at time " + time);
                }
                double length = Math.min(step, until - time);
                double error = attempt(length);
                if (error <= TOLERANCE) {
                    DMatrixRMaj before = theta;
                    theta = next;
                    next = before;
                    settle();
                    time = length == until - time ? until : time + length;
                }
                double factor = 0.9 * Math.pow(TOLERANCE / Math.max(error, 1e-300), 0.2);
                step = length * (factor > 0.2 ? Math.min(factor, 5) : 0.2);
                if (step < 1e-12) {
                    throw new IllegalStateException("projected flow: the step has become " + step + " at time " + time);
                }
            }
        }

        /** Leaves the end of a step in {@link #next}; gives the relative error. */
        private double attempt(double length) {
            velocity(theta, stages[0]);
            for (int s = 0; s < STAGES.length; s++) {
                next.setTo(theta);
                for (int j = 0; j <= s; j++) {
                    CommonOps_DDRM.addEquals(next, length * STAGES[s][j], stages[j]);
                }
                velocity(next, stages[s + 1]);
            }
            back.zero();
            for (int s = 0; s < ERROR.length; s++) {
                CommonOps_DDRM.addEquals(back, length * ERROR[s], stages[s]);
            }
            return Dense.norm(back) / (1 + Dense.norm(theta));
        }

        private void velocity(DMatrixRMaj at, DMatrixRMaj out) {
            slope.at(at, out);
            factor(at);
            CommonOps_DDRM.mult(jacobian, out, right);
            removeRows();
            CommonOps_DDRM.subtract(back, out, out);
        }

        private void settle() {
            for (int iteration = 0; iteration < 3; iteration++) {
                factor(theta);
                evaluator.predictions(theta, predicted);
                for (int i = 0; i < predictions; i++) {
                    right.data[i] = predicted.data[i] - targets.data[i];
                }
                removeRows();
                CommonOps_DDRM.subtractEquals(theta, back);
            }
        }

        private void factor(DMatrixRMaj at) {
            evaluator.jacobian(at, jacobian);
            CommonOps_DDRM.multTransB(jacobian, jacobian, square);
            if (!solver.setA(square)) {
                throw new IllegalStateException("projected flow: the Jacobian has lost rank at time " + time);
            }
        }

        /** back = Jᵀ(JJᵀ)⁻¹ right. */
        private void removeRows() {
            solver.solve(right, solved);
            CommonOps_DDRM.multTransA(jacobian, solved, back);
        }
    }
}
