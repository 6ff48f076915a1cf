package dev.lowland.optim.support;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * θ = (x, y, z_1..z_4) with L = ½ Σ h_j z_j², h = (1 + ax, 1 − ax, 1 + ay, 1 − ay), and noise for which Var z = λ(1 −
 * by, 1 + by, 1 + bx, 1 − bx): the pair (x, y) rotates by ηabλ a step.
 */
public record RotatingValley(double a, double b) implements Model {

    /** L, by four samples f_j = 2√h_j z_j. */
    public Objective objective() {
        return Objective.of(this, Losses.square(), Data.of(CommonOps_DDRM.identity(4), new DMatrixRMaj(4, 1)));
    }

    /** The noise for a learning rate η, whose strength is λ. */
    public ParameterNoise noise(double rate, double lambda) {
        return ParameterNoise.ofFactor(lambda, theta -> {
            Node h = curvatures(theta);
            Node variances = affine(theta, new DMatrixRMaj(4, 2, true, 0, -b, 0, b, b, 0, -b, 0));
            Node free = Ops.add(Ops.scale(h, -rate), theta.graph().constant(2));
            Node root = Ops.sqrt(Ops.multiply(variances, Ops.multiply(h, free)));
            DMatrixRMaj place = new DMatrixRMaj(6, 4);
            for (int j = 0; j < 4; j++) {
                place.set(2 + j, j, 1);
            }
            Node diagonal = Ops.multiply(theta.graph().constant(CommonOps_DDRM.identity(4)), root);
            return Ops.matmul(theta.graph().constant(place), diagonal);
        });
    }

    private Node curvatures(Node theta) {
        return affine(theta, new DMatrixRMaj(4, 2, true, a, 0, -a, 0, 0, a, 0, -a));
    }

    /** 1 + M (x, y)ᵀ. */
    private static Node affine(Node theta, DMatrixRMaj m) {
        Node product = Ops.matmul(theta.graph().constant(m), Ops.sliceRows(theta, 0, 2));
        return Ops.add(product, theta.graph().constant(1));
    }

    @Override
    public String kind() {
        return "rotating-valley";
    }

    @Override
    public int parameterCount() {
        return 6;
    }

    @Override
    public int inputSize() {
        return 4;
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        Node roots = Ops.scale(Ops.sqrt(curvatures(parameters)), 2);
        return Ops.matmul(inputs, Ops.multiply(roots, Ops.sliceRows(parameters, 2, 4)));
    }
}
