package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Rows;
import dev.lowland.core.check.Checks;
import dev.lowland.core.function.ExponentialRemainder;

/**
 * −Σ_k y_k log softmax(f)_k on one-hot targets; a flip moves the label to one of the other K − 1 classes.
 *
 * <p>The smoothed loss is the cross-entropy against q_k = (1−p) y_k + p/(K−1) (1 − y_k), less the entropy of q.
 */
final class CrossEntropy implements LossCheck.Known {

    private static final String NAME = "cross-entropy";

    static final LossKind KIND = LossKind.ofFlippedClasses(NAME, (flip, classes) -> new CrossEntropy(classes, flip));

    private final Labels labels;

    CrossEntropy(int classes, double flipProbability) {
        labels = Labels.of(NAME, classes, flipProbability);
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
        return labels.flip();
    }

    @Override
    public Node perSample(Node predictions, Node targets) {
        return Rows.crossEntropyOf(predictions, targets);
    }

    @Override
    public Node smoothed(Node predictions, Node targets) {
        Checks.notNull("smoothed loss", "predictions", predictions);
        Checks.notNull("smoothed loss", "targets", targets);
        double other = labels.other();
        Node weights = Ops.add(
                Ops.scale(targets, 1 - labels.flip() - other),
                predictions.graph().constant(other));
        return Ops.subtract(perSample(predictions, weights), predictions.graph().constant(labels.entropy()));
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
            largest = Math.max(largest, predictions[offset + k] - labels.logWeight(targets[offset + k]));
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            double weight = labels.weight(targets[offset + k]);
            sum += weight * Math.expm1(predictions[offset + k] - labels.logWeight(targets[offset + k]) - largest);
        }
        double logTotal = largest + Math.log1p(sum);
        double divergence = 0;
        for (int k = 0; k < outputs; k++) {
            double t = predictions[offset + k] - labels.logWeight(targets[offset + k]) - logTotal;
            divergence += labels.weight(targets[offset + k]) * ExponentialRemainder.beyondLinear(t);
        }
        return divergence;
    }

    @Override
    public void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        labels.flip(uniform, targets, offset, outputs, out, outOffset, outStride);
    }

    @Override
    public double minimiser() {
        return Math.log((1 - labels.flip()) / labels.other());
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
        labels.check(data);
    }

    @Override
    public String toString() {
        return NAME + "(" + labels.classes() + ", " + labels.flip() + ")";
    }

    /**
     * Labels of K classes as rows with one 1 among zeros, and flips that move a label to one of the other classes, each
     * as likely.
     *
     * @param name of the loss, for messages
     * @param classes K ≥ 2
     * @param flip probability p of a flip, in (0, ½)
     * @param other probability of each of the other classes, p/(K − 1)
     */
    record Labels(String name, int classes, double flip, double other) {

        static Labels of(String name, int classes, double flip) {
            Checks.atLeast(name + " loss", "classCount", classes, 2);
            Checks.inOpenRange(name + " loss", "flipProbability", flip, 0, 0.5);
            return new Labels(name, classes, flip, flip / (classes - 1));
        }

        /** How likely a class is, by its entry in the clean row. */
        double weight(double target) {
            return target == 1 ? 1 - flip : other;
        }

        double logWeight(double target) {
            return target == 1 ? Math.log1p(-flip) : Math.log(other);
        }

        /** −Σ_k q_k log q_k of the law q of a noisy label. */
        double entropy() {
            return -(1 - flip) * Math.log1p(-flip) - flip * Math.log(other);
        }

        /** {@link Loss#flipTarget}. */
        void flip(
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

        /** {@link Loss#checkTargets}. */
        void check(Data data) {
            if (data.outputSize() != classes) {
                throw Checks.error(
                        name + " loss",
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
                    throw Checks.error(name + " loss", "target row " + i, "not one-hot", "one 1 among zeros");
                }
            }
        }
    }
}
