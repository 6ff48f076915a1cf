package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;

/** A loss on margins s = y f, y = ±1, whose labels a step flips with probability p. */
final class MarginLoss implements Loss {

    private final Margin margin;

    MarginLoss(Margin margin) {
        this.margin = margin;
    }

    @Override
    public String name() {
        return margin.name();
    }

    @Override
    public boolean flipsLabels() {
        return true;
    }

    @Override
    public double flipProbability() {
        return margin.flipProbability();
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
        return margin.smoothedValue(targets[offset] * predictions[offset]);
    }

    @Override
    public void flipTarget(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        double label = targets[offset];
        out[outOffset] = uniform < margin.flipProbability() ? -label : label;
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
            throw Checks.error(name() + " loss", "targets", data.size() + "×" + data.outputSize(), "n×1");
        }
        double[] labels = data.targets().data;
        for (int i = 0; i < data.size(); i++) {
            if (labels[i] != 1 && labels[i] != -1) {
                throw Checks.error(name() + " loss", "target " + i, String.valueOf(labels[i]), "1 or -1");
            }
        }
    }

    @Override
    public String toString() {
        return name() + "(" + flipProbability() + ")";
    }
}
