package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;

/** −Σ_k y_k log softmax(f)_k on one-hot targets, of which nothing flips. */
final class PlainCrossEntropy implements LossCheck.Known {

    private static final String NAME = "plain-cross-entropy";

    static final LossKind KIND = LossKind.ofClasses(NAME, PlainCrossEntropy::new);
    private static final double ANY_FLIP = 0.25;

    private final int classes;
    /** Has the same l for any probability of a flip. */
    private final Loss flipping;

    PlainCrossEntropy(int classes) {
        this.classes = classes;
        this.flipping = new CrossEntropy(classes, ANY_FLIP);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Node perSample(Node predictions, Node targets) {
        return flipping.perSample(predictions, targets);
    }

    /** log Σ_k e^{f_k − f_y}, with the largest exponent taken out. */
    @Override
    public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.atLeast("smoothed value", "outputs", outputs, 1);
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        int label = 0;
        int largest = 0;
        for (int k = 1; k < outputs; k++) {
            label = targets[offset + k] == 1 ? k : label;
            largest = predictions[offset + k] > predictions[offset + largest] ? k : largest;
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            if (k != largest) {
                sum += Math.exp(predictions[offset + k] - predictions[offset + largest]);
            }
        }
        return predictions[offset + largest] - predictions[offset + label] + Math.log1p(sum);
    }

    @Override
    public boolean hasMinimum() {
        return false;
    }

    @Override
    public double minimiser() {
        throw noMinimum("minimiser");
    }

    @Override
    public double curvature() {
        throw noMinimum("curvature at the minimum");
    }

    private static IllegalArgumentException noMinimum(String what) {
        return Checks.error(
                NAME + " loss", what, "none, as no label flips", "asked for only where labels flip with p > 0");
    }

    /** What noise on targets gives the derivative of l depends on the prediction, and there is no minimum to take. */
    @Override
    public double noiseVariance(double labelNoise) {
        if (labelNoise != 0) {
            throw noMinimum("variance of noise at the minimum");
        }
        return 0;
    }

    @Override
    public void checkTargets(Data data) {
        flipping.checkTargets(data);
    }

    @Override
    public String toString() {
        return NAME + "(" + classes + ")";
    }
}
