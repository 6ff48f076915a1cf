package dev.lowland.optim.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.core.linalg.trace.DensityEstimate;
import dev.lowland.core.linalg.trace.SpectralDensity;
import dev.lowland.core.linalg.trace.TraceEstimate;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class CurvatureTest {

    private final Problems problem = Problems.unfitted(Models.mlp(4, 10, 1).withActivation(Activation.TANH), 60, 3);
    private final int size = problem.theta().numRows;
    private final Curvature curvature = Curvature.of(problem.objective()).withChunks(16);

    private DMatrixRMaj hessian() {
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        problem.objective().hessian(problem.theta(), hessian);
        return hessian;
    }

    @Test
    void theDenseMatrixIsTheHessian() {
        DMatrixRMaj dense = new DMatrixRMaj(size, size);
        curvature.dense().at(problem.theta(), dense);
        Close.check("H", hessian(), dense, 1e-13);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(dense.get(i, j), dense.get(j, i));
            }
        }
    }

    @Test
    void endsOfTheSpectrumHaveTheirErrors() {
        double[] values = SymmetricEigen.of(hessian()).values();
        ExtremeEigenvalues ends = curvature.extremes(problem.theta());
        assertTrue(ends.converged());
        assertEquals(values[0], ends.smallest(), ends.smallestError() + 1e-12);
        assertEquals(values[size - 1], ends.largest(), ends.largestError() + 1e-12);
        assertTrue(ends.smallest() >= values[0] - 1e-12 && ends.largest() <= values[size - 1] + 1e-12);
        assertTrue(ends.smallestError() < 1e-5 && ends.largestError() < 1e-5);
        Eigenpairs top = curvature.top(problem.theta(), 5);
        for (int i = 0; i < 5; i++) {
            assertEquals(values[size - 1 - i], top.values()[i], top.residuals()[i] + 1e-12);
        }
    }

    @Test
    void traceAndDensityHaveStandardErrors() {
        double trace = CommonOps_DDRM.trace(hessian());
        double[] values = SymmetricEigen.of(hessian()).values();
        double square = 0;
        int negative = 0;
        for (double h : values) {
            square += h * h / size;
            negative += h < -0.05 ? 1 : 0;
        }
        double off = 0;
        for (int seed = 0; seed < 40; seed++) {
            TraceEstimate estimate = curvature.withSeed(seed).trace(problem.theta(), 30);
            assertEquals(30, estimate.products());
            off += Math.pow((estimate.value() - trace) / estimate.standardError(), 2) / 40;
        }
        // the mean of squares of Student's t with 9 degrees of freedom is 9/7
        assertTrue(off > 0.5 && off < 3, "mean square of deviations in standard errors: " + off);
        SpectralDensity density = curvature.density(problem.theta(), 30, 30);
        DensityEstimate second = density.mean(h -> h * h);
        assertEquals(square, second.value(), 5 * second.standardError() + second.quadratureError());
        DensityEstimate below = density.cumulative(-0.05);
        assertEquals((double) negative / size, below.value(), 5 * below.standardError() + below.quadratureError());
    }

    /** The third derivative summed over columns of W is that of the objective, and one direction is one column. */
    @Test
    void theThirdDerivativeIsThatOfTheObjective() {
        DMatrixRMaj w = Problems.gaussian(size, 70, new java.util.Random(3));
        DMatrixRMaj expected = new DMatrixRMaj(size, 1);
        double value = problem.objective().thirdOrder(problem.theta(), w, expected);
        DMatrixRMaj found = new DMatrixRMaj(size, 1);
        ThirdDerivative third = curvature.thirdDerivative(problem.theta());
        assertEquals(value, third.sum(w, found), 1e-12 * Math.abs(value));
        Close.check("∇Σ D²L", expected, found, 1e-12);
        DMatrixRMaj one = CommonOps_DDRM.extractColumn(w, 3, null);
        value = problem.objective().thirdOrder(problem.theta(), one, expected);
        assertEquals(value, third.along(one, found), 1e-12 * Math.abs(value));
        Close.check("∇D²L", expected, found, 1e-12);
    }
}
