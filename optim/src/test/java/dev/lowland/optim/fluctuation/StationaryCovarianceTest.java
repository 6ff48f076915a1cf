package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class StationaryCovarianceTest {

    private final Problems problem = Problems.interpolated(Models.quadratic(3), 2, 1);
    private final double top =
            QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();

    private LabelNoiseSgd sgd(double sharpness, double momentum) {
        return LabelNoiseSgd.of(sharpness * (1 + momentum) / top)
                .withMomentum(momentum)
                .withLabelNoise(0.3);
    }

    /** S = (I − ηG) S (I − ηG) + ηλG, on the range of G and zero off it. */
    @Test
    void plainLimitIsTheFixedPointOfTheRecursion() {
        LabelNoiseSgd sgd = sgd(1.3, 0);
        double eta = sgd.learningRate();
        DMatrixRMaj g = gaussNewton(problem);
        DMatrixRMaj s = new DMatrixRMaj(6, 6);
        StationaryCovariance.of(problem.objective(), sgd).limit(problem.theta(), s);
        DMatrixRMaj m = CommonOps_DDRM.identity(6);
        CommonOps_DDRM.add(m, -eta, g, m);
        DMatrixRMaj next = times(times(m, s), m);
        CommonOps_DDRM.add(next, eta * sgd.regularizationStrength(problem.objective()), g, next);
        Close.check("fixed point", s, next, 1e-12);
        assertEquals(2, rank(s), "no variance off the range of G");
    }

    @Test
    void finiteTimesFollowTheRecursion() {
        for (double momentum : new double[] {0, 0.6}) {
            LabelNoiseSgd sgd = sgd(1.3, momentum);
            StationaryCovariance covariance = StationaryCovariance.of(problem.objective(), sgd);
            DMatrixRMaj measured = new DMatrixRMaj(6, 6);
            for (int steps : new int[] {0, 1, 2, 7, 40}) {
                covariance.afterSteps(problem.theta(), steps, measured);
                DMatrixRMaj expected = byRecursion(problem, sgd, steps);
                assertEquals(0, Close.distance(expected, measured), 1e-12 * sgd.labelNoise(), "steps " + steps);
            }
            DMatrixRMaj limit = new DMatrixRMaj(6, 6);
            covariance.limit(problem.theta(), limit);
            covariance.afterSteps(problem.theta(), 1_000_000, measured);
            Close.check("limit", limit, measured, 1e-10);
        }
    }

    /** At the minimum of a loss on margins H = αG, and the same recursion holds with σ² and α of the loss. */
    @Test
    void flippedLabelsDivideByTheCurvature() {
        DMatrixRMaj inputs = new DMatrixRMaj(2, 3, true, 1, 0.5, -0.2, -0.3, 1, 0.8);
        Objective objective = Objective.of(
                Models.linear(3), Losses.exponential(0.2), Data.of(inputs, new DMatrixRMaj(2, 1, true, 1, -1)));
        DMatrixRMaj theta = leastNorm(inputs, objective.loss().minimiser());
        Problems labels = new Problems(objective, theta);
        assertEquals(0, objective.loss(theta), 1e-28);
        for (double momentum : new double[] {0, 0.5}) {
            LabelNoiseSgd sgd = LabelNoiseSgd.of(1.1).withMomentum(momentum).withFullBatch();
            DMatrixRMaj limit = new DMatrixRMaj(3, 3);
            StationaryCovariance.of(objective, sgd).limit(theta, limit);
            Close.check("limit", byRecursion(labels, sgd, 4000), limit, 1e-9);
        }
    }

    @Test
    void aboveTheEdgeThereIsNoLimit() {
        StationaryCovariance covariance = StationaryCovariance.of(problem.objective(), sgd(2.001, 0.5));
        DMatrixRMaj out = new DMatrixRMaj(6, 6);
        String message = assertThrows(IllegalArgumentException.class, () -> covariance.limit(problem.theta(), out))
                .getMessage();
        assertTrue(message.contains("must be positive"), message);
        covariance.afterSteps(problem.theta(), 20, out);
        Close.check("growing", byRecursion(problem, sgd(2.001, 0.5), 20), out, 1e-10);
    }

    @Test
    void refusesBadInput() {
        StationaryCovariance covariance = StationaryCovariance.of(problem.objective(), sgd(1, 0));
        DMatrixRMaj out = new DMatrixRMaj(6, 6);
        assertThrows(IllegalArgumentException.class, () -> covariance.limit(problem.theta(), new DMatrixRMaj(5, 6)));
        assertThrows(IllegalArgumentException.class, () -> covariance.afterSteps(problem.theta(), -1, out));
        assertThrows(IllegalArgumentException.class, () -> covariance.limit(new DMatrixRMaj(5, 1), out));
    }

    /** The covariance of ξ_{k+1} = ((1+β)I − ηαG)ξ_k − βξ_{k−1} + ε_k, carried as a 2P × 2P matrix. */
    private static DMatrixRMaj byRecursion(Problems problem, LabelNoiseSgd sgd, int steps) {
        int size = problem.theta().numRows;
        Objective objective = problem.objective();
        DMatrixRMaj g = gaussNewton(problem);
        DMatrixRMaj m = new DMatrixRMaj(2 * size, 2 * size);
        DMatrixRMaj noise = new DMatrixRMaj(2 * size, 2 * size);
        double eta = sgd.learningRate();
        double variance = objective.loss().noiseVariance(sgd.labelNoise());
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double curved = eta * objective.loss().curvature() * g.get(i, j);
                m.set(i, j, (i == j ? 1 + sgd.momentum() : 0) - curved);
                noise.set(i, j, eta * eta * variance / objective.sampleCount() * g.get(i, j));
            }
            m.set(i, size + i, -sgd.momentum());
            m.set(size + i, i, 1);
        }
        DMatrixRMaj covariance = new DMatrixRMaj(2 * size, 2 * size);
        for (int k = 0; k < steps; k++) {
            DMatrixRMaj next = new DMatrixRMaj(2 * size, 2 * size);
            CommonOps_DDRM.multTransB(times(m, covariance), m, next);
            CommonOps_DDRM.add(next, noise, covariance);
        }
        return CommonOps_DDRM.extract(covariance, 0, size, 0, size);
    }

    /** θ = Xᵀ(XXᵀ)⁻¹(y c) for labels +1, −1. */
    private static DMatrixRMaj leastNorm(DMatrixRMaj inputs, double margin) {
        DMatrixRMaj gram = new DMatrixRMaj(2, 2);
        CommonOps_DDRM.multTransB(inputs, inputs, gram);
        CommonOps_DDRM.invert(gram);
        DMatrixRMaj weights = times(gram, new DMatrixRMaj(2, 1, true, margin, -margin));
        DMatrixRMaj theta = new DMatrixRMaj(3, 1);
        CommonOps_DDRM.multTransA(inputs, weights, theta);
        return theta;
    }

    private static DMatrixRMaj gaussNewton(Problems problem) {
        int size = problem.theta().numRows;
        DMatrixRMaj g = new DMatrixRMaj(size, size);
        problem.objective().gaussNewton(problem.theta(), g);
        return g;
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    private static int rank(DMatrixRMaj a) {
        return org.ejml.dense.row.MatrixFeatures_DDRM.rank(a, 1e-12);
    }
}
