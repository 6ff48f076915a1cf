package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Rows;
import dev.lowland.core.check.Checks;

/**
 * −Σ_k y_k log softmax(f)_k on one-hot targets; a flip moves the label to one of the other K − 1 classes.
 *
 * <p>The smoothed loss is the cross-entropy against q_k = (1−p) y_k + p/(K−1) (1 − y_k), less the entropy of q.
 */
final class CrossEntropy implements Loss {

    private static final String NAME = "cross-entropy";

    static final LossKind KIND = LossKind.ofClasses(NAME, (flip, classes) -> new CrossEntropy(classes, flip));

    private final int classes;
    private final double flip;
    private final double other;

    CrossEntropy(int classes, double flipProbability) {
        Checks.atLeast(NAME + " loss", "classCount", classes, 2);
        Checks.inOpenRange(NAME + " loss", "flipProbability", flipProbability, 0, 0.5);
        this.classes = classes;
        this.flip = flipProbability;
        this.other = flipProbability / (classes - 1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean flipsLabels() {
        return true;
    }

    @Override
    public double flipProbability() {
        return flip;
    }

    @Override
    public Node perSample(Node predictions, Node targets) {
        return Rows.crossEntropyOf(predictions, targets);
    }

    @Override
    public Node smoothed(Node predictions, Node targets) {
        Node weights = Ops.add(
                Ops.scale(targets, 1 - flip - other), predictions.graph().constant(other));
        return Ops.subtract(perSample(predictions, weights), predictions.graph().constant(entropy()));
    }

    private double entropy() {
        return -(1 - flip) * Math.log1p(-flip) - flip * Math.log(other);
    }

    /**
     * Kullback-Leibler divergence of softmax(f) from q: Σ_k q_k (e^{t_k} − 1 − t_k) with t_k = log softmax(f)_k − log
     * q_k, because both sum to one. No term is negative, so none cancels.
     */
    @Override
    public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.atLeast("smoothed value", "outputs", outputs, 1);
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < outputs; k++) {
            largest = Math.max(largest, predictions[offset + k] - logWeight(targets[offset + k]));
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            double weight = weight(targets[offset + k]);
            sum += weight * Math.expm1(predictions[offset + k] - logWeight(targets[offset + k]) - largest);
        }
        double logTotal = largest + Math.log1p(sum);
        double divergence = 0;
        for (int k = 0; k < outputs; k++) {
            double t = predictions[offset + k] - logWeight(targets[offset + k]) - logTotal;
            divergence += weight(targets[offset + k]) * ExponentialRemainder.beyondLinear(t);
        }
        return divergence;
    }

    private double weight(double target) {
        return target == 1 ? 1 - flip : other;
    }

    private double logWeight(double target) {
        return target == 1 ? Math.log1p(-flip) : Math.log(other);
    }

    @Override
    public void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        Checks.atLeast("flip target", "outputs", outputs, 1);
        Checks.span("flip target", "targets", targets, offset, outputs, 1);
        Checks.span("flip target", "out", out, outOffset, outputs, outStride);
        int label = 0;
        for (int k = 0; k < outputs; k++) {
            if (targets[offset + k] == 1) {
                label = k;
            }
        }
        int noisy = label;
        if (uniform < flip) {
            int shift = 1 + Math.min((int) (uniform / other), outputs - 2);
            noisy = (label + shift) % outputs;
        }
        for (int k = 0; k < outputs; k++) {
            out[outOffset + k * outStride] = k == noisy ? 1 : 0;
        }
    }

    @Override
    public double minimiser() {
        return Math.log((1 - flip) / other);
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public double noiseVariance(double labelNoise) {
        return 1;
    }

    @Override
    public void checkTargets(Data data) {
        if (data.outputSize() != classes) {
            throw Checks.error(
                    NAME + " loss",
                    "targets",
                    data.size() + "×" + data.outputSize(),
                    "n×" + classes + ", a column a class");
        }
        double[] row = new double[classes];
        for (int i = 0; i < data.size(); i++) {
            data.copyTargets(i, 1, row);
            int ones = 0;
            for (double entry : row) {
                if (entry == 1) {
                    ones++;
                } else if (entry != 0) {
                    ones = classes + 1;
                }
            }
            if (ones != 1) {
                throw Checks.error(NAME + " loss", "target row " + i, "not one-hot", "one 1 among zeros");
            }
        }
    }

    @Override
    public String toString() {
        return name() + "(" + classes + ", " + flip + ")";
    }
}
