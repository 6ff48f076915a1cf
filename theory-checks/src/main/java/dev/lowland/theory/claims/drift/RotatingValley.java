package dev.lowland.theory.claims.drift;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;

/**
 * The example that has no potential: θ = (x, y, z_1 … z_4), L = ½ Σ h_j z_j², h = (1 + ax, 1 − ax, 1 + ay, 1 − ay),
 * with noise on z such that Var z = v(1 − by, 1 + by, 1 + bx, 1 − bx). Then (x, y) turns clockwise by ηabv a step.
 *
 * <p>As a model: f = √h_j z_j on the j-th of four samples, input 2e_j, target 0.
 *
 * @param a how fast the curvature changes along the valley
 * @param b how fast the variance does
 */
record RotatingValley(double a, double b) implements Model {

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
        Node z = Ops.sliceRows(parameters, 2, 4);
        return Ops.matmul(inputs, Ops.multiply(Ops.sqrt(curvatures(parameters)), z));
    }

    /** h, 4 × 1. */
    private Node curvatures(Node parameters) {
        return affine(parameters, new double[][] {{a, 0}, {-a, 0}, {0, a}, {0, -a}});
    }

    /** Var z / v, 4 × 1. */
    private Node variances(Node parameters) {
        return affine(parameters, new double[][] {{0, -b}, {0, b}, {b, 0}, {-b, 0}});
    }

    private static Node affine(Node parameters, double[][] slopes) {
        Node position = Ops.sliceRows(parameters, 0, 2);
        Node slope = parameters.graph().constant(new DMatrixRMaj(slopes));
        return Ops.add(Ops.matmul(slope, position), parameters.graph().constant(1.0));
    }

    /** The problem at (x, y) = (radius, 0), z = 0. */
    Setting at(double radius) {
        DMatrixRMaj inputs = new DMatrixRMaj(4, 4);
        for (int j = 0; j < 4; j++) {
            inputs.set(j, j, 2);
        }
        DMatrixRMaj theta = new DMatrixRMaj(6, 1);
        theta.data[0] = radius;
        Objective objective = Objective.of(this, Losses.square(), Data.of(inputs, new DMatrixRMaj(4, 1)));
        return new Setting("rotating valley", objective, theta);
    }

    /**
     * The noise that keeps Var z_j at v times its variance factor m_j: Σ_jj = h_j(2 − ηh_j) m_j with strength v.
     *
     * @param variance v
     * @param learningRate η
     */
    ParameterNoise noise(double variance, double learningRate) {
        DMatrixRMaj rows = new DMatrixRMaj(6, 4);
        for (int j = 0; j < 4; j++) {
            rows.set(2 + j, j, 1);
        }
        return ParameterNoise.ofFactor(variance, theta -> {
            Node h = curvatures(theta);
            Node rest = Ops.subtract(theta.graph().constant(2.0), Ops.scale(h, learningRate));
            Node deviation = Ops.sqrt(Ops.multiply(Ops.multiply(h, rest), variances(theta)));
            return Ops.multiply(theta.graph().constant(rows), Ops.transpose(deviation));
        });
    }
}
