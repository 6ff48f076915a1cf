package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.CentralDifferences;
import dev.lowland.theory.experiment.Dense;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How much a field turns along a valley: its circulation ∮⟨v, dx⟩ around a loop of zero-loss points, over the area, and
 * the same at a point, by differences. Both are 0 for a gradient.
 *
 * @param objective whose zero-loss points
 * @param theta the middle, a point of zero loss, P × 1
 * @param first a unit vector along the valley
 * @param second another, at right angles
 */
record ValleyLoop(Objective objective, DMatrixRMaj theta, DMatrixRMaj first, DMatrixRMaj second) {

    /** Points of the loop, an even number. */
    private static final int POINTS = 64;

    private static final int NEWTON_STEPS = 12;
    private static final double DIFFERENCE = 1e-2;

    /** A circulation over the area, and what it would be if the field went along the loop everywhere. */
    record Circulation(double value, double size) {}

    /** ⟨D_a v, b⟩ − ⟨D_b v, a⟩ at the middle, for the two vectors a and b. */
    double curl(DriftField field) {
        return slope(field, first, second) - slope(field, second, first);
    }

    private double slope(DriftField field, DMatrixRMaj along, DMatrixRMaj of) {
        DriftEvaluator evaluator = field.evaluator();
        DMatrixRMaj out = new DMatrixRMaj(theta.numRows, 1);
        return CentralDifferences.along(
                at -> {
                    evaluator.field(at, out);
                    return new double[] {Dense.dot(out, of)};
                },
                theta,
                along,
                DIFFERENCE)[0];
    }

    /**
     * The circulation around the loop over a circle in the plane of the two vectors. The sum over equal angles, with
     * the velocity of the trigonometric polynomial through the points, is exact but for terms that fall exponentially
     * with their number.
     *
     * @param field v
     * @param radius of the circle
     */
    Circulation around(DriftField field, double radius) {
        DriftEvaluator evaluator = field.evaluator();
        DMatrixRMaj[] points = new DMatrixRMaj[POINTS];
        for (int m = 0; m < POINTS; m++) {
            double angle = 2 * Math.PI * m / POINTS;
            DMatrixRMaj at = theta.copy();
            CommonOps_DDRM.addEquals(at, radius * Math.cos(angle), first);
            CommonOps_DDRM.addEquals(at, radius * Math.sin(angle), second);
            settle(at);
            points[m] = at;
        }
        DMatrixRMaj out = new DMatrixRMaj(theta.numRows, 1);
        double sum = 0;
        double size = 0;
        for (int m = 0; m < POINTS; m++) {
            Interruption.check();
            DMatrixRMaj velocity = new DMatrixRMaj(theta.numRows, 1);
            for (int k = 0; k < POINTS; k++) {
                if (k != m) {
                    double sign = (m - k) % 2 == 0 ? 0.5 : -0.5;
                    CommonOps_DDRM.addEquals(velocity, sign / Math.tan(Math.PI * (m - k) / POINTS), points[k]);
                }
            }
            evaluator.field(points[m], out);
            sum += Dense.dot(out, velocity);
            size += Dense.norm(out) * Dense.norm(velocity);
        }
        double scale = 2 * Math.PI / POINTS / (Math.PI * radius * radius);
        return new Circulation(scale * sum, scale * size);
    }

    /** Gauss and Newton's steps to zero loss. */
    private void settle(DMatrixRMaj at) {
        ObjectiveEvaluator evaluator = objective.evaluator();
        int rows = objective.sampleCount() * objective.data().outputSize();
        DMatrixRMaj predicted =
                new DMatrixRMaj(objective.sampleCount(), objective.data().outputSize());
        DMatrixRMaj jacobian = new DMatrixRMaj(rows, theta.numRows);
        DMatrixRMaj multipliers = new DMatrixRMaj(rows, 1);
        for (int k = 0; k < NEWTON_STEPS; k++) {
            evaluator.predictions(at, predicted);
            CommonOps_DDRM.subtractEquals(predicted, objective.data().targets());
            evaluator.jacobian(at, jacobian);
            DMatrixRMaj square = CommonOps_DDRM.multTransB(jacobian, jacobian, null);
            DMatrixRMaj residual = new DMatrixRMaj(rows, 1);
            System.arraycopy(predicted.data, 0, residual.data, 0, rows);
            CommonOps_DDRM.solve(square, residual, multipliers);
            CommonOps_DDRM.subtractEquals(at, CommonOps_DDRM.multTransA(jacobian, multipliers, null));
        }
    }
}
