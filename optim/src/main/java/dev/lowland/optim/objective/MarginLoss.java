package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.function.DoubleFunction;

/** A loss on margins s = y f, y = ±1, whose labels a step flips with probability p. */
final class MarginLoss implements Loss {

    private static final String TARGETS = "1 or -1";

    private final String name;
    private final double flip;
    private final Margin margin;

    private MarginLoss(String name, double flipProbability, Margin margin) {
        this.name = name;
        this.flip = flipProbability;
        this.margin = margin;
    }

    /** The losses on margins of one form, which is made of the probability of a flip. */
    static LossKind kind(String name, DoubleFunction<Margin> margin) {
        return LossKind.ofLabels(name, TARGETS, MarginLoss::isLabel, p -> new MarginLoss(name, p, margin.apply(p)));
    }

    private static boolean isLabel(double target) {
        return target == 1 || target == -1;
    }

    @Override
    public String name() {
        return name;
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
        return margin.raw(Ops.multiply(targets, predictions));
    }

    @Override
    public Node smoothed(Node predictions, Node targets) {
        return margin.smoothed(Ops.multiply(targets, predictions));
    }

    @Override
    public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
        Checks.atLeast("smoothed value", "outputs", outputs, 1);
        Checks.span("smoothed value", "predictions", predictions, offset, outputs, 1);
        Checks.span("smoothed value", "targets", targets, offset, outputs, 1);
        return margin.smoothedValue(targets[offset] * predictions[offset]);
    }

    @Override
    public void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        Checks.atLeast("flip target", "outputs", outputs, 1);
        Checks.span("flip target", "targets", targets, offset, outputs, 1);
        Checks.span("flip target", "out", out, outOffset, outputs, outStride);
        double label = targets[offset];
        out[outOffset] = uniform < flip ? -label : label;
    }

    @Override
    public double minimiser() {
        return margin.minimiser();
    }

    @Override
    public double curvature() {
        return margin.curvature();
    }

    @Override
    public double noiseVariance(double labelNoise) {
        return margin.noiseVariance();
    }

    @Override
    public void checkTargets(Data data) {
        if (data.outputSize() != 1) {
            throw Checks.error(name + " loss", "targets", data.size() + "×" + data.outputSize(), "n×1");
        }
        double[] label = new double[1];
        for (int i = 0; i < data.size(); i++) {
            data.copyTargets(i, 1, label);
            if (!isLabel(label[0])) {
                throw Checks.error(name + " loss", "target " + i, String.valueOf(label[0]), TARGETS);
            }
        }
    }

    @Override
    public String toString() {
        return name + "(" + flip + ")";
    }
}
