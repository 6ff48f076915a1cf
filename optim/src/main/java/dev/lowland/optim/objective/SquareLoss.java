package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;

/** ½ Σ_j (f_j − y_j)²; noise of standard deviation σ is added to the targets. */
final class SquareLoss implements LossCheck.Known {

    static final SquareLoss INSTANCE = new SquareLoss();
    static final LossKind KIND = LossKind.ofNumbers("square", INSTANCE);

    private SquareLoss() {}

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public Node perSample(Node predictions, Node targets) {
        Node half = Ops.scale(Ops.square(Ops.subtract(predictions, targets)), 0.5);
        return half.shape().columns() == 1 ? half : Ops.sumColumns(half);
    }

    @Override
    public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.atLeast("smoothed value", "outputs", outputs, 1);
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        double sum = 0;
        for (int j = offset; j < offset + outputs; j++) {
            double residual = predictions[j] - targets[j];
            sum += residual * residual;
        }
        return 0.5 * sum;
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public double noiseVariance(double labelNoise) {
        return labelNoise * labelNoise;
    }

    @Override
    public String toString() {
        return name();
    }
}
