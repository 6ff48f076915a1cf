package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;

/**
 * Functions of the rows of a matrix, as classifiers need them: a row holds one score a class. All are composites whose
 * derivatives are derived; all subtract the largest score first, held fixed, so nothing overflows at any order. A row
 * has at least one entry.
 */
public final class Rows {
    private Rows() {}

    /** log Σ_j exp x_ij for each row: g × r × 1; −∞ for a row of −∞, ∞ where a score is ∞. */
    public static Node logSumExp(Node x) {
        Checks.notNull("log sum exp", "x", x);
        Node shift = shift(x);
        return Ops.add(shift, logSum(Ops.subtract(x, shift)));
    }

    /** exp x_ij / Σ_k exp x_ik. */
    public static Node softmax(Node x) {
        Checks.notNull("softmax", "x", x);
        Node e = Ops.exp(Ops.subtract(x, shift(x)));
        return Ops.divide(e, Ops.sumColumns(e));
    }

    /** log softmax, x_ij − log Σ_k exp x_ik. */
    public static Node logSoftmax(Node x) {
        Checks.notNull("log softmax", "x", x);
        Node shifted = Ops.subtract(x, shift(x));
        return Ops.subtract(shifted, logSum(shifted));
    }

    /**
     * −log softmax(x)_{i, label_i} for each row.
     *
     * @param x scores, g × r × classes
     * @param labels whole numbers from 0 to classes − 1, g × r × 1. A run throws an IllegalArgumentException where one
     *     is not.
     * @return g × r × 1
     */
    public static Node crossEntropy(Node x, Node labels) {
        Checks.notNull("cross entropy", "x", x);
        Checks.notNull("cross entropy", "labels", labels);
        return Ops.negate(Choices.take(logSoftmax(x), Axis.COLUMNS, labels));
    }

    /**
     * −Σ_j p_ij log softmax(x)_ij for each row.
     *
     * @param x scores, g × r × classes
     * @param probabilities p, of the shape of x, or broadcast to it
     * @return g × r × 1
     */
    public static Node crossEntropyOf(Node x, Node probabilities) {
        Checks.notNull("cross entropy of", "x", x);
        Checks.notNull("cross entropy of", "probabilities", probabilities);
        return Ops.negate(Ops.sumColumns(Ops.multiply(logSoftmax(x), probabilities)));
    }

    private static Node logSum(Node shifted) {
        return Ops.log(Ops.sumColumns(Ops.exp(shifted)));
    }

    /** The largest score of each row, held fixed; 0 where it is infinite. */
    private static Node shift(Node x) {
        Node largest = Choices.stopGradient(Choices.max(x, Axis.COLUMNS));
        Node finite = Choices.greater(x.graph().constant(Double.POSITIVE_INFINITY), Ops.abs(largest));
        return Choices.select(finite, largest, Ops.zeros(largest));
    }
}
