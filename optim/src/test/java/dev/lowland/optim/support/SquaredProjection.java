package dev.lowland.optim.support;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;

/** f = ⟨x, θ⟩², of which the square loss has any Hessian that is wanted at θ = 0. */
public record SquaredProjection(int inputSize) implements Model {

    @Override
    public String kind() {
        return "squared-projection";
    }

    @Override
    public int parameterCount() {
        return inputSize;
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        return Ops.square(Ops.matmul(inputs, parameters));
    }

    /**
     * A problem of which the Hessian has this spectrum, in a random basis: with orthonormal x_i it is −(2/n) Σ y_i x_i
     * x_iᵀ.
     */
    public static Problems withSpectrum(double[] h, long seed) {
        int n = h.length;
        DMatrixRMaj basis = RandomMatrices_DDRM.orthogonal(n, n, new Random(seed));
        DMatrixRMaj targets = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            targets.data[i] = -0.5 * n * h[i];
        }
        CommonOps_DDRM.transpose(basis);
        Objective objective = Objective.of(new SquaredProjection(n), Losses.square(), Data.of(basis, targets));
        return new Problems(objective, new DMatrixRMaj(n, 1));
    }
}
