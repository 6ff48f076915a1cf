package dev.lowland.theory.claims.limit;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.fluctuation.StationaryCovariance;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claims.trial.ProjectedFlow;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A deep linear net f = x·W₁·…·W_D on whitened data, (1/n)XᵀX = I with n = d_0, that fits its targets X·M exactly at
 * the start.
 *
 * @param layers d_0, …, d_D
 * @param setting the problem and the start
 * @param product M = W₁·…·W_D, d_0 × d_D
 * @param start what kind of start, for the names of cases
 */
record DeepLinearCase(int[] layers, Setting setting, DMatrixRMaj product, String start) {

    /** Seed of the problems; not the seed of a check. */
    private static final long PROBLEM_SEED = 2106_06530_17L;

    private static final int CANDIDATES = 1000;

    /** A start whose H is conditioned worse than this on its range makes runs needlessly long. */
    static final double CONDITIONING = 0.05;

    /** Speed at which the flow counts as being at rest: its error in tr H is of the order of the square. */
    private static final double REST = 1e-6;

    private static final double LATEST = 1000;

    /** Standard normal W_l. */
    static DeepLinearCase random(int... layers) {
        return first("random start", layers, false);
    }

    /**
     * W_l = Σ^{1/D} between the singular vectors of a standard normal M: W_lᵀW_l = W_{l+1}W_{l+1}ᵀ. Needs equal inner
     * widths, no more than d_D.
     */
    static DeepLinearCase balanced(int... layers) {
        return first("balanced start", layers, true);
    }

    private static DeepLinearCase first(String start, int[] layers, boolean balanced) {
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            Interruption.check();
            RandomStream stream =
                    RandomStream.of(PROBLEM_SEED + Arrays.hashCode(layers), candidate, Purpose.INITIALISATION);
            DeepLinearCase subject = of(start, layers, balanced ? balanced(layers, stream) : random(layers, stream));
            Setting setting = subject.setting;
            if (setting.rank() == layers[0] * layers[layers.length - 1] && setting.conditioning() > CONDITIONING) {
                return subject;
            }
        }
        throw new IllegalStateException("no start of a deep linear net meets the criterion");
    }

    private static DeepLinearCase of(String start, int[] layers, DMatrixRMaj theta) {
        Model model = Models.deepLinear(layers);
        DMatrixRMaj inputs = whitened(layers[0]);
        DMatrixRMaj targets = new DMatrixRMaj(layers[0], layers[layers.length - 1]);
        Objective.of(model, Losses.square(), Data.of(inputs, targets.copy())).predictions(theta, targets);
        Objective objective = Objective.of(model, Losses.square(), Data.of(inputs, targets));
        String widths = Arrays.stream(layers).mapToObj(String::valueOf).collect(Collectors.joining("-"));
        DMatrixRMaj product = CommonOps_DDRM.multTransA(inputs, targets, null);
        CommonOps_DDRM.scale(1.0 / layers[0], product);
        return new DeepLinearCase(layers, new Setting("deep-linear " + widths, objective, theta), product, start);
    }

    /** √n times an orthogonal matrix, from a standard normal one. */
    private static DMatrixRMaj whitened(int size) {
        DMatrixRMaj out = new DMatrixRMaj(size, size);
        RandomStream.of(PROBLEM_SEED, size, Purpose.DATA).fillGaussian(0, size * size, out.data, 0, 1);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = decomposed(out);
        return Dense.scaled(Math.sqrt(size), Dense.times(svd.getU(null, false), svd.getV(null, true)));
    }

    private static DMatrixRMaj random(int[] layers, RandomStream stream) {
        int count = Models.deepLinear(layers).parameterCount();
        DMatrixRMaj theta = new DMatrixRMaj(count, 1);
        stream.fillGaussian(0, count, theta.data, 0, 1);
        return theta;
    }

    private static DMatrixRMaj balanced(int[] layers, RandomStream stream) {
        int rows = layers[0];
        int columns = layers[layers.length - 1];
        int depth = layers.length - 1;
        DMatrixRMaj product = new DMatrixRMaj(rows, columns);
        stream.fillGaussian(0, rows * columns, product.data, 0, 1);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = decomposed(product);
        DMatrixRMaj root = svd.getW(null);
        root.reshape(columns, columns, true);
        for (int i = 0; i < columns; i++) {
            root.set(i, i, Math.pow(root.get(i, i), 1.0 / depth));
        }
        DMatrixRMaj theta = new DMatrixRMaj(Models.deepLinear(layers).parameterCount(), 1);
        int at = 0;
        for (int layer = 1; layer <= depth; layer++) {
            DMatrixRMaj weights = root;
            if (layer == 1) {
                weights = Dense.times(CommonOps_DDRM.extract(svd.getU(null, false), 0, rows, 0, columns), weights);
            }
            if (layer == depth) {
                weights = Dense.times(weights, svd.getV(null, true));
            }
            System.arraycopy(weights.data, 0, theta.data, at, weights.getNumElements());
            at += weights.getNumElements();
        }
        return theta;
    }

    private static SingularValueDecomposition_F64<DMatrixRMaj> decomposed(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, true, true, true);
        if (!svd.decompose(matrix.copy())) {
            throw new IllegalStateException("singular value decomposition did not converge");
        }
        return svd;
    }

    String name() {
        return setting.family() + ", " + start;
    }

    /** ‖M‖_*. */
    double nuclearNorm() {
        return Arrays.stream(decomposed(product).getSingularValues()).sum();
    }

    /** tr ∇²L(θ). */
    double trace(DMatrixRMaj theta) {
        return trace(setting.objective().evaluator(), theta);
    }

    /** tr ∇²L(θ), with an evaluator of this problem. */
    double trace(ObjectiveEvaluator evaluator, DMatrixRMaj theta) {
        DMatrixRMaj hessian = new DMatrixRMaj(theta.numRows, theta.numRows);
        evaluator.hessian(theta, hessian);
        return Dense.trace(hessian);
    }

    /** The flow of ¼ tr H within the zero-loss set. */
    ProjectedFlow flow() {
        return ProjectedFlow.ofTrace(setting.objective(), 0.25);
    }

    /** Where {@link #flow()} comes to rest. */
    DMatrixRMaj rest() {
        return flow().rest(setting.theta(), REST, LATEST);
    }

    /** tr H where the flow of R comes to rest, less tr H where that of ¼ tr H does. */
    double traceLostToLearningRate(double learningRate, DMatrixRMaj rest) {
        Regularizer regularizer = Regularizer.of(setting.objective(), learningRate, 0);
        DMatrixRMaj other = ProjectedFlow.of(setting.objective(), regularizer).rest(rest, REST, LATEST);
        return trace(other) - trace(rest);
    }

    /** ½⟨S, ∇²tr H⟩ at a point, by second differences along the columns of S^{1/2}. */
    double traceOfJitter(LabelNoiseSgd sgd, DMatrixRMaj theta) {
        int count = theta.numRows;
        DMatrixRMaj covariance = new DMatrixRMaj(count, count);
        StationaryCovariance.of(setting.objective(), sgd).limit(theta, covariance);
        SymmetricEigen spectrum = SymmetricEigen.of(covariance);
        double here = trace(theta);
        double sum = 0;
        for (int j = 0; j < count; j++) {
            DMatrixRMaj jitter =
                    Dense.scaled(Math.sqrt(Math.max(spectrum.values()[j], 0)), Dense.column(spectrum.vectors(), j));
            DMatrixRMaj up = CommonOps_DDRM.add(theta, jitter, null);
            sum += 0.5 * (trace(up) + trace(Dense.minus(theta, jitter)) - 2 * here);
        }
        return sum;
    }
}
