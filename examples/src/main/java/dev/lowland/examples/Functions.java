package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import org.ejml.data.DMatrixRMaj;

/** Functions to be minimised that are no models on data: each is an expression, of which the derivatives follow. */
final class Functions {
    private Functions() {}

    /** Σ_i 100 (x_{i+1} − x_i²)² + (1 − x_i)² of n numbers, whose minimum 0 is at (1, …, 1). */
    static ScalarFunction rosenbrock(int n) {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(n, 1));
        Node first = Ops.sliceRows(x, 0, n - 1);
        Node next = Ops.sliceRows(x, 1, n - 1);
        Node bend = Ops.subtract(next, Ops.square(first));
        Node slope = Ops.subtract(graph.constant(1.0), first);
        return ScalarFunction.of(Ops.sum(Ops.add(Ops.scale(Ops.square(bend), 100), Ops.square(slope))), x);
    }

    /**
     * Minus the logarithm of the posterior density of w, up to a constant: Σ_i log(1 + exp(−y_i⟨w, x_i⟩)) + ½τ‖w‖², for
     * labels y = ±1 and a normal prior of precision τ.
     */
    static ScalarFunction logisticPosterior(DMatrixRMaj inputs, DMatrixRMaj labels, double precision) {
        Graph graph = new Graph();
        Node w = graph.input("w", Shape.of(inputs.numCols, 1));
        Node margins = Ops.multiply(graph.constant(labels), Ops.matmul(graph.constant(inputs), w));
        Node likelihood = Ops.sum(Ops.softplus(Ops.negate(margins)));
        Node prior = Ops.scale(Ops.sum(Ops.square(w)), precision / 2);
        return ScalarFunction.of(Ops.add(likelihood, prior), w);
    }

    /** ½‖A − UVᵀ‖² of one matrix with the rows of U above those of V, r numbers each. */
    static ScalarFunction factorisation(DMatrixRMaj a, int rank) {
        Graph graph = new Graph();
        Node both = graph.input("U and V", Shape.of(a.numRows + a.numCols, rank));
        Node u = Ops.sliceRows(both, 0, a.numRows);
        Node v = Ops.sliceRows(both, a.numRows, a.numCols);
        Node residual = Ops.subtract(Ops.matmul(u, false, v, true), graph.constant(a));
        return ScalarFunction.of(Ops.scale(Ops.sum(Ops.square(residual)), 0.5), both);
    }
}
