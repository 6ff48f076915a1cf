package dev.lowland.optim.objective;

import dev.lowland.autodiff.graph.Node;

/** A loss of the margin s = y f under flips of probability p: the part in which the losses on margins differ. */
interface Margin {

    /** l(s) as a graph. */
    Node raw(Node margin);

    /** l̄(s) − l̄(c) as a graph, finite wherever the value is. */
    Node smoothed(Node margin);

    /** l̄(s) − l̄(c), accurate relative to itself. */
    double smoothedValue(double margin);

    /** c, where l̄ is smallest. */
    double minimiser();

    /** α = l̄″(c). */
    double curvature();

    /** σ² = p(1−p)(l′(c) + l′(−c))². */
    double noiseVariance();
}
