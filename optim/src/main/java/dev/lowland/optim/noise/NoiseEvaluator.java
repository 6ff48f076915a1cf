package dev.lowland.optim.noise;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Computes C(θ) and Σ(θ) = C Cᵀ of some {@link ParameterNoise}. For one thread; allocates nothing after its
 * construction.
 */
public final class NoiseEvaluator {

    private final int parameters;
    private final DMatrixRMaj factor;
    private final @Nullable Program program;
    private final @Nullable Workspace workspace;
    private final double[][] inputs = new double[1][];
    private final double[][] outputs = new double[1][];

    NoiseEvaluator(ParameterNoise noise, int parameters) {
        this.parameters = parameters;
        DMatrixRMaj constant = noise.constant(parameters);
        if (constant != null) {
            factor = constant;
            program = null;
            workspace = null;
        } else {
            program = noise.program(parameters);
            workspace = program.newWorkspace();
            int columns = program.outputs().get(0).shape().columns();
            factor = new DMatrixRMaj(parameters, columns);
            outputs[0] = factor.data;
        }
    }

    /**
     * The number of columns m of C.
     *
     * @return m ≥ 1
     */
    public int columns() {
        return factor.numCols;
    }

    /**
     * C(θ).
     *
     * @param theta P × 1. Not modified.
     * @return P × m, the evaluator's own; to be read only, until the next call
     * @throws IllegalArgumentException if theta has another shape
     */
    public DMatrixRMaj factor(DMatrixRMaj theta) {
        Checks.shape("ParameterNoise.factor", "theta", theta, parameters, 1);
        if (program != null && workspace != null) {
            inputs[0] = theta.data;
            program.run(workspace, inputs, outputs);
        }
        return factor;
    }

    /**
     * Σ(θ) = C Cᵀ.
     *
     * @param theta P × 1. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if an argument has another shape
     */
    public void covariance(DMatrixRMaj theta, DMatrixRMaj out) {
        Checks.shape("ParameterNoise.covariance", "out", out, parameters, parameters);
        DMatrixRMaj c = factor(theta);
        Kernels.multiply(MatrixForm.NT, c, c, out);
        for (int i = 0; i < parameters; i++) {
            for (int j = 0; j < i; j++) {
                out.data[j * parameters + i] = out.data[i * parameters + j];
            }
        }
    }
}
