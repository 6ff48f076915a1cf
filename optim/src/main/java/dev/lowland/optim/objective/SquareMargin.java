package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;

/** l(s) = ½(1 − s)². Then l̄(s) − l̄(c) = ½(s − c)² with c = 1 − 2p. */
final class SquareMargin implements MarginLoss.Margin {

    static final LossKind KIND = MarginLoss.kind("square-margin", SquareMargin::new);

    private final double flip;

    SquareMargin(double flipProbability) {
        flip = flipProbability;
    }

    @Override
    public Node raw(Node margin) {
        return halfSquare(margin, 1);
    }

    @Override
    public Node smoothed(Node margin) {
        return halfSquare(margin, minimiser());
    }

    private static Node halfSquare(Node margin, double centre) {
        Node away = Ops.subtract(margin, margin.graph().constant(centre));
        return Ops.scale(Ops.square(away), 0.5);
    }

    @Override
    public double smoothedValue(double margin) {
        double d = margin - minimiser();
        return 0.5 * d * d;
    }

    @Override
    public double minimiser() {
        return 1 - 2 * flip;
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public double noiseVariance() {
        return 4 * flip * (1 - flip);
    }
}
