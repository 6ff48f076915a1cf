package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;

/** l(s) = e⁻ˢ. With α = 2√(p(1−p)) and d = s − c, l̄(s) − l̄(c) = α(cosh d − 1) = 2α sinh²(d/2): nothing cancels. */
final class ExponentialMargin implements MarginLoss.Margin {

    static final LossKind KIND = MarginLoss.kind("exponential", ExponentialMargin::new);

    private final double flip;
    private final double minimiser;
    private final double curvature;

    ExponentialMargin(double flipProbability) {
        flip = flipProbability;
        minimiser = 0.5 * Math.log((1 - flip) / flip);
        curvature = 2 * Math.sqrt(flip * (1 - flip));
    }

    @Override
    public Node raw(Node margin) {
        return Ops.exp(Ops.negate(margin));
    }

    @Override
    public Node smoothed(Node margin) {
        Node half = Ops.scale(Ops.subtract(margin, margin.graph().constant(minimiser)), 0.5);
        Node twiceSinh = Ops.subtract(Ops.expm1(half), Ops.expm1(Ops.negate(half)));
        return Ops.scale(Ops.square(twiceSinh), 0.5 * curvature);
    }

    @Override
    public double smoothedValue(double margin) {
        double sinh = Math.sinh(0.5 * (margin - minimiser));
        return 2 * curvature * sinh * sinh;
    }

    @Override
    public double minimiser() {
        return minimiser;
    }

    @Override
    public double curvature() {
        return curvature;
    }

    @Override
    public double noiseVariance() {
        return 1;
    }
}
