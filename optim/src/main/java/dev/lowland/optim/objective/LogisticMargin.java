package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.function.ExponentialRemainder;

/**
 * l(s) = log(1 + e⁻ˢ).
 *
 * <p>With q = 1−p, l̄(s) = log(1 + e⁻ˢ) + p s and l̄(c) = −p log p − q log q. The graph subtracts them, which is safe
 * at any margin. The value near c (d = s − c) comes from l̄(s) − l̄(c) = log(q e^{pd} + p e^{−qd}) = log1p(q h(pd) + p
 * h(−qd)), h(x) = eˣ − 1 − x ≥ 0, in which nothing cancels.
 */
final class LogisticMargin implements MarginLoss.Margin {

    static final LossKind KIND = MarginLoss.kind("logistic", LogisticMargin::new);

    private final double flip;
    private final double keep;
    private final double minimum;

    LogisticMargin(double flipProbability) {
        flip = flipProbability;
        keep = 1 - flipProbability;
        minimum = -flip * Math.log(flip) - keep * Math.log1p(-flip);
    }

    @Override
    public Node raw(Node margin) {
        return Ops.softplus(Ops.negate(margin));
    }

    @Override
    public Node smoothed(Node margin) {
        Node expected = Ops.add(raw(margin), Ops.scale(margin, flip));
        return Ops.subtract(expected, margin.graph().constant(minimum));
    }

    @Override
    public double smoothedValue(double margin) {
        double d = margin - minimiser();
        if (Math.abs(d) > 1) {
            double softplus = Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
            return softplus + flip * margin - minimum;
        }
        return Math.log1p(keep * ExponentialRemainder.beyondLinear(flip * d)
                + flip * ExponentialRemainder.beyondLinear(-keep * d));
    }

    @Override
    public double minimiser() {
        return Math.log(keep / flip);
    }

    @Override
    public double curvature() {
        return flip * keep;
    }

    @Override
    public double noiseVariance() {
        return flip * keep;
    }
}
