package dev.lowland.optim.fluctuation;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LongProduct;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.lyapunov.SampledCovariance;
import dev.lowland.optim.noise.NoiseEvaluator;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.CurvatureRows;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What computes the fluctuations at one point after another. For one thread. */
final class FluctuationSolver {

    private final Fluctuations fluctuations;
    private final ObjectiveEvaluator evaluator;
    private final CurvatureRows rows;
    private final @Nullable NoiseEvaluator noise;
    private final int outputs;

    FluctuationSolver(Fluctuations fluctuations) {
        this.fluctuations = fluctuations;
        Objective objective = fluctuations.objective();
        this.evaluator = objective.evaluator();
        this.rows = objective.curvatureRows();
        ParameterNoise given = fluctuations.noise();
        this.noise = given == null ? null : given.evaluator(objective.parameterCount());
        this.outputs = objective.data().outputSize();
    }

    /** The fluctuations at θ. Valid after later calls, except for its drift. */
    PointFluctuations at(DMatrixRMaj theta) {
        Optional<String> refused = rows.compute(theta);
        if (refused.isPresent()) {
            return PointFluctuations.undefined(fluctuations, refused.get());
        }
        SampledCovariance covariance = SampledCovariance.of(
                rows.rows(),
                outputs,
                fluctuations.recursion(),
                fluctuations.spread(),
                fluctuations.mean(),
                SampledCovariance.DEFAULT_THRESHOLD);
        double[] uneven = fluctuations.unevenDeviations();
        if (uneven != null) {
            return ofFactor(theta, covariance, unevenFactor(theta, uneven));
        }
        return noise == null
                ? ofLabels(theta, covariance)
                : ofFactor(theta, covariance, noise.factor(theta).copy());
    }

    /** A step of strength λ = 1 adds η(1−β)/α·K. */
    private PointFluctuations ofLabels(DMatrixRMaj theta, SampledCovariance covariance) {
        int rank = covariance.rank();
        double[] d = covariance.relativeCurvatures();
        double factor = (1 - fluctuations.recursion().momentum())
                / fluctuations.objective().loss().curvature();
        DMatrixRMaj inside = new DMatrixRMaj(rank, rank);
        for (int a = 0; a < rank; a++) {
            inside.data[a * rank + a] = factor * d[a];
        }
        return new PointFluctuations(fluctuations, evaluator, theta, covariance, inside, 0, "");
    }

    /** C with CCᵀ = (1/n) Σ_ij σ_j² J_ijᵀJ_ij. */
    private DMatrixRMaj unevenFactor(DMatrixRMaj theta, double[] deviations) {
        int samples = fluctuations.objective().sampleCount();
        DMatrixRMaj jacobian = new DMatrixRMaj(samples * outputs, theta.numRows);
        evaluator.jacobian(theta, jacobian);
        DMatrixRMaj factor = new DMatrixRMaj(theta.numRows, samples * outputs);
        double share = 1 / Math.sqrt(samples);
        for (int row = 0; row < jacobian.numRows; row++) {
            double size = share * deviations[row % outputs];
            for (int i = 0; i < theta.numRows; i++) {
                factor.data[i * factor.numCols + row] = size * jacobian.data[row * theta.numRows + i];
            }
        }
        return factor;
    }

    /** A step of strength λ = 1 adds ηCCᵀ. The factor is modified. */
    private PointFluctuations ofFactor(DMatrixRMaj theta, SampledCovariance covariance, DMatrixRMaj factor) {
        double unit = covariance.unit();
        int rank = covariance.rank();
        DMatrixRMaj part = new DMatrixRMaj(rank, factor.numCols);
        DMatrixRMaj inside = new DMatrixRMaj(rank, rank);
        if (rank > 0) {
            LongProduct.multiply("Fluctuations", MatrixForm.TN, covariance.basis(), factor, part);
            DMatrixRMaj relative = part.copy();
            for (int e = 0; e < relative.getNumElements(); e++) {
                relative.data[e] /= unit;
            }
            LongProduct.multiply("Fluctuations", MatrixForm.NT, relative, relative, inside);
            DMatrixRMaj reached = new DMatrixRMaj(factor.numRows, factor.numCols);
            LongProduct.multiply("Fluctuations", MatrixForm.NN, covariance.basis(), part, reached);
            for (int e = 0; e < factor.getNumElements(); e++) {
                factor.data[e] -= reached.data[e];
            }
        }
        double rest = Norms.two(factor);
        double flat = fluctuations.recursion().learningRate() * rest * rest;
        if (!(flat <= Double.MAX_VALUE) || !(Norms.two(inside) <= Double.MAX_VALUE)) {
            return PointFluctuations.undefined(fluctuations, "the covariance of the noise leaves the range of numbers");
        }
        return new PointFluctuations(fluctuations, evaluator, theta, covariance, inside, flat, "");
    }
}
