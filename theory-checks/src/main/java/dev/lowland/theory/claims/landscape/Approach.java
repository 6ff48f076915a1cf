package dev.lowland.theory.claims.landscape;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.PowerLaw;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Random curves θ* + r d + a(r) into a minimum θ*, with L and ‖∇L‖ on them at radii r, each half of the one before.
 *
 * <p>At a minimum that is not degenerate d is any direction and a = 0. At a degenerate one d is in the kernel of H(θ*),
 * and a(r) in its range makes the part of ∇L in the range vanish (the reduction of Lyapunov and Schmidt): the stiff
 * directions have settled, and what is left is the slowest way down. Mutable, for one thread.
 */
final class Approach {

    private static final int RADII = 7;
    private static final int ONE_OVER_LARGEST = 16;
    private static final double LARGEST = 1.0 / ONE_OVER_LARGEST;

    /** The radii in the text of a claim. */
    static final String RANGE = "1/" + ONE_OVER_LARGEST + " … 1/" + (ONE_OVER_LARGEST << (RADII - 1));

    /** The radius up to which expansions in r are taken to converge, for the bias. */
    private static final double CONVERGENCE = 0.25;

    private static final double[] CORRECTIONS = {1, 2};
    private static final double LEFT_OUT = 3;

    /** Newton steps; the iteration starts within O(r²) of its end and converges quadratically. */
    private static final int NEWTON_STEPS = 8;

    private final Setting setting;
    private final boolean degenerate;
    private final ObjectiveEvaluator evaluator;
    private final DMatrixRMaj range;
    private final DMatrixRMaj theta;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj hessian;
    private final double[] losses = new double[RADII];
    private final double[] gradients = new double[RADII];

    /**
     * Curves into a minimum.
     *
     * @param setting the problem and θ*
     * @param degenerate whether to approach through the kernel of H(θ*)
     */
    Approach(Setting setting, boolean degenerate) {
        this.setting = setting;
        this.degenerate = degenerate;
        this.evaluator = setting.objective().evaluator();
        int size = setting.parameters();
        int rank = setting.rank();
        this.range = rank == 0
                ? new DMatrixRMaj(size, 0)
                : CommonOps_DDRM.extract(setting.spectrum().vectors(), 0, size, size - rank, size);
        this.theta = new DMatrixRMaj(size, 1);
        this.gradient = new DMatrixRMaj(size, 1);
        this.hessian = new DMatrixRMaj(size, size);
    }

    private static double[] radii() {
        double[] radii = new double[RADII];
        for (int i = 0; i < RADII; i++) {
            radii[i] = LARGEST / (1 << i);
        }
        return radii;
    }

    private static PowerLaw fit(double[] values) {
        double[] equal = new double[RADII];
        Arrays.fill(equal, 1);
        return PowerLaw.fit(radii(), values, equal, CORRECTIONS);
    }

    /**
     * What the orders that the fits leave out can do to an exponent. For L ~ r^a and ‖∇L‖ ~ r^b with an error e in each
     * of a and b ≥ 1, a/b is off by at most (1 + a/b) e/b ≤ 3e.
     */
    static double bias() {
        double[] equal = new double[RADII];
        Arrays.fill(equal, 1);
        return 3 * fit(equal).leverage(LEFT_OUT) * Math.pow(LARGEST / CONVERGENCE, LEFT_OUT);
    }

    /**
     * Goes along a random curve.
     *
     * @param seed which set of curves
     * @param curve which of them
     */
    void along(long seed, int curve) {
        int size = setting.parameters();
        DMatrixRMaj direction = new DMatrixRMaj(size, 1);
        RandomStream.of(seed, curve, Purpose.PROBE).fillGaussian(0, size, direction.data, 0, 1);
        if (degenerate) {
            direction = Dense.times(setting.nullProjector(), direction);
        }
        direction = Dense.unit(direction);
        double[] radii = radii();
        for (int i = 0; i < RADII; i++) {
            CommonOps_DDRM.add(setting.theta(), radii[i], direction, theta);
            if (degenerate && range.numCols > 0) {
                settle();
            }
            losses[i] = evaluator.loss(theta);
            evaluator.gradient(theta, gradient);
            gradients[i] = Dense.norm(gradient);
        }
    }

    /** Newton's method within the range of H(θ*). */
    private void settle() {
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(range, null);
        DMatrixRMaj step = new DMatrixRMaj(range.numCols, 1);
        for (int k = 0; k < NEWTON_STEPS; k++) {
            evaluator.gradient(theta, gradient);
            evaluator.hessian(theta, hessian);
            DMatrixRMaj inner = Dense.times(transposed, Dense.times(hessian, range));
            if (!CommonOps_DDRM.solve(inner, Dense.times(transposed, gradient), step)) {
                throw new IllegalStateException("the Hessian is singular in its own range near " + setting.family());
            }
            CommonOps_DDRM.subtractEquals(theta, Dense.times(range, step));
        }
    }

    /** 1 + δ on the last curve: the exponent of L over that of ‖∇L‖, both as r → 0. */
    double exponent() {
        return fit(losses).exponent() / fit(gradients).exponent();
    }

    /** L on the last curve, from the outside inwards. */
    double[] losses() {
        return losses.clone();
    }

    /** ‖∇L‖ on the last curve, from the outside inwards. */
    double[] gradients() {
        return gradients.clone();
    }
}
