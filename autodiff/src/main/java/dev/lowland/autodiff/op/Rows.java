package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;

/**
 * Functions of the rows of a matrix, as classifiers need them: a row holds one score a class. Scores are taken relative
 * to the largest one, so nothing overflows at any order, and what is left for the class that leads, 1 − p, is made of
 * the other classes and not of p, at any order: the curvature of a class far ahead keeps its digits, whichever column
 * it stands in. A row has at least one entry.
 */
public final class Rows {
    private Rows() {}

    /** log Σ_j exp x_ij for each row: g × r × 1; −∞ for a row of −∞, ∞ where a score is ∞. */
    public static Node logSumExp(Node x) {
        Checks.notNull("log sum exp", "x", x);
        return RowRule.LOGSUMEXP.of(x, Ops.add(Leading.of(x).take(x), Ops.log1p(othersSum(x))));
    }

    /** exp x_ij / Σ_k exp x_ik. */
    public static Node softmax(Node x) {
        Checks.notNull("softmax", "x", x);
        Node e = Ops.exp(relative(x));
        return Ops.divide(e, Ops.sumColumns(e));
    }

    /** log softmax, x_ij − log Σ_k exp x_ik. */
    public static Node logSoftmax(Node x) {
        Checks.notNull("log softmax", "x", x);
        Node relative = relative(x);
        Node sum = Choices.select(finite(x), Ops.log1p(othersSum(x)), Ops.log(Ops.sumColumns(Ops.exp(relative))));
        return RowRule.LOGSOFTMAX.of(x, Ops.subtract(relative, sum));
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

    /** x less the largest score of its row, which for that score itself is 0, whatever is differentiated. */
    private static Node relative(Node x) {
        Node mask = Ops.multiply(Leading.of(x).mask(), finite(x));
        return Choices.select(mask, Ops.zeros(x), Ops.subtract(x, largest(x)));
    }

    /** Σ exp of the relative scores but that of the largest one. */
    private static Node othersSum(Node x) {
        return Ops.sumColumns(Leading.of(x).others(Ops.exp(relative(x))));
    }

    /** The largest score of each row; 0 where it is infinite. */
    private static Node largest(Node x) {
        Node largest = Leading.of(x).take(x);
        return Choices.select(finite(x), largest, Ops.zeros(largest));
    }

    /** 1 for each row whose largest score is finite, NaN where it is NaN. */
    private static Node finite(Node x) {
        return Choices.greater(
                x.graph().constant(Double.POSITIVE_INFINITY),
                Ops.abs(Leading.of(x).take(x)));
    }
}
