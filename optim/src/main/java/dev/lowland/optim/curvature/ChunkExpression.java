package dev.lowland.optim.curvature;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.objective.Objective;

/**
 * The graph of an objective on one chunk of samples, in a graph of its own. All sums over samples are sums, not means.
 */
final class ChunkExpression {

    final Node theta;
    final Node inputs;
    final Node targets;
    final Node predictions;
    private final Objective objective;

    ChunkExpression(Objective objective, int samples) {
        this.objective = objective;
        Graph graph = new Graph();
        theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        inputs = graph.input("inputs", Shape.of(samples, objective.data().inputSize()));
        targets = graph.input("targets", Shape.of(samples, objective.data().outputSize()));
        predictions = objective.model().predict(theta, inputs);
    }

    /** ℓ_i for each sample, b × 1. */
    Node losses() {
        return objective.loss().smoothed(predictions, targets);
    }

    /** Σ_i ℓ_i. */
    Node loss() {
        return Ops.sum(losses());
    }

    /** A new input of θ's shape. */
    Node direction() {
        return theta.graph().input("direction", theta.shape());
    }

    /** A new input: m groups of θ's shape. */
    Node directions(int m) {
        return theta.graph().input("directions", theta.shape().stacked(m));
    }

    /** A new input: a matrix of m columns, each of θ's length. */
    Node directionColumns(int m) {
        return theta.graph().input("directions", Shape.of(theta.shape().rows(), m));
    }
}
