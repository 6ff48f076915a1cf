package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What builders may rewrite without changing a value: every rule here holds for NaN, infinities and signed zeros too.
 * 0·x and x + 0 are therefore left alone. There are two exceptions. In sums of paddings, see {@link Joins}, −0 stays
 * −0, and is not added to the +0 of the other padding. And of 2·(x/2) nothing is left, so that what is lost only
 * because x/2 is denormal, or 2x infinite, is no longer lost.
 */
final class Simplify {
    private Simplify() {}

    /** The number in every entry, if the node says so. */
    static OptionalDouble filled(Node node) {
        return node.op() instanceof Leaf.Filled filled ? OptionalDouble.of(filled.value()) : OptionalDouble.empty();
    }

    /** factor · x: 1·x is x, factors of which one is a power of two become one, and constants are folded. */
    static Node scale(Node x, double factor) {
        if (factor == 1) {
            return x;
        }
        OptionalDouble constant = filled(x);
        if (constant.isPresent()) {
            return x.graph().filled(x.shape(), factor * constant.getAsDouble());
        }
        if (x.op() instanceof Scale inner && (exact(factor) || exact(inner.factor()))) {
            return scale(x.operand(0), factor * inner.factor());
        }
        return x.graph().apply(new Scale(factor), x);
    }

    /** Whether a factor rounds nothing: ± a power of two, far from the ends of the range. */
    private static boolean exact(double factor) {
        return Math.abs(Math.getExponent(factor)) < 64 && Math.abs(factor) == Math.scalb(1.0, Math.getExponent(factor));
    }

    /**
     * x ∘ y of one shape: a constant factor becomes a scale; operands are put in order, so x∘y and y∘x are one node.
     */
    static Node multiply(Node x, Node y) {
        OptionalDouble left = filled(x);
        if (left.isPresent()) {
            return scale(y, left.getAsDouble());
        }
        OptionalDouble right = filled(y);
        if (right.isPresent()) {
            return scale(x, right.getAsDouble());
        }
        if (x == y) {
            return x.graph().apply(Elementary.SQUARE, x);
        }
        Multiply op = new Multiply();
        return x.id() < y.id() ? x.graph().apply(op, x, y) : x.graph().apply(op, y, x);
    }

    /** x + y of one shape: constants are folded; operands are put in order. */
    static Node add(Node x, Node y) {
        OptionalDouble left = filled(x);
        OptionalDouble right = filled(y);
        if (left.isPresent() && right.isPresent()) {
            return x.graph().filled(x.shape(), left.getAsDouble() + right.getAsDouble());
        }
        Node joined = Joins.sum(x, y);
        if (joined != null) {
            return joined;
        }
        Add op = new Add();
        return x.id() < y.id() ? x.graph().apply(op, x, y) : x.graph().apply(op, y, x);
    }

    /** x − y of one shape, constants folded. */
    static Node subtract(Node x, Node y) {
        OptionalDouble left = filled(x);
        OptionalDouble right = filled(y);
        if (left.isPresent() && right.isPresent()) {
            return x.graph().filled(x.shape(), left.getAsDouble() - right.getAsDouble());
        }
        return x.graph().apply(new Subtract(), x, y);
    }

    /** Transposes that meet cancel; one of a single row or column only renames the axes. */
    static Node transpose(Node x) {
        if (x.op() instanceof Transpose) {
            return x.operand(0);
        }
        if (x.shape().rows() == 1 || x.shape().columns() == 1) {
            return Ops.reshape(x, x.shape().transposed());
        }
        OptionalDouble constant = filled(x);
        if (constant.isPresent()) {
            return x.graph().filled(x.shape().transposed(), constant.getAsDouble());
        }
        return x.graph().apply(new Transpose(), x);
    }

    /**
     * A part of every row of a transposed matrix is the transpose of some of the matrix's rows: those lie together, and
     * only they are moved.
     */
    static Node slice(Slice op, Node x) {
        View view = op.view();
        Node columns = columns(x, view.outer());
        boolean part = op.length() > 0 && op.start() >= 0 && op.start() <= view.n() - op.length();
        if (columns == null
                || !part
                || view.inner() != 1
                || view.n() != columns.shape().rows()) {
            return x.graph().apply(op, x);
        }
        return Ops.reshape(Ops.transpose(Ops.sliceRows(columns, op.start(), op.length())), op.target());
    }

    /**
     * The matrix of {@code count} columns of which a stack of as many is made, each of a column's entries; null if it
     * is made otherwise.
     */
    private static @Nullable Node columns(Node stack, int count) {
        Node stored = stack;
        while (stored.op() instanceof Reshape) {
            stored = stored.operand(0);
        }
        Shape shape = stored.shape();
        boolean transposed = stored.op() instanceof Transpose && shape.groups() == 1 && shape.rows() == count;
        return transposed ? stored.operand(0) : null;
    }

    /**
     * op(A)·op(B): transposed operands become flags, copies of a stack are not made for a product that repeats it
     * anyway, and a stack times one shared matrix becomes one product of the whole stack's rows. So does one shared
     * matrix times a stack that is kept entry by entry, as columns: of the stack's entries nothing is moved, only of
     * the product's.
     */
    static Node matmul(Node a, boolean transposeA, Node b, boolean transposeB) {
        if (a.op() instanceof Transpose) {
            return matmul(a.operand(0), !transposeA, b, transposeB);
        }
        if (b.op() instanceof Transpose) {
            return matmul(a, transposeA, b.operand(0), !transposeB);
        }
        if (tiles(a) && b.shape().groups() >= a.shape().groups()) {
            return matmul(a.operand(0), transposeA, b, transposeB);
        }
        if (tiles(b) && a.shape().groups() >= b.shape().groups()) {
            return matmul(a, transposeA, b.operand(0), transposeB);
        }
        int inner = transposeA ? a.shape().rows() : a.shape().columns();
        boolean sharedLeft =
                a.shape().groups() == 1 && !transposeB && inner == b.shape().rows();
        Node columns = sharedLeft ? columns(b, b.shape().groups()) : null;
        if (columns != null) {
            int count = b.shape().groups();
            int width = b.shape().columns();
            Node wide = Ops.reshape(columns, Shape.of(inner, width * count));
            Node product = a.graph().apply(new MatMul(transposeA, false), a, wide);
            int rows = product.shape().rows();
            Node stacked = Ops.transpose(Ops.reshape(product, Shape.of(rows * width, count)));
            return Ops.reshape(stacked, Shape.of(count, rows, width));
        }
        if (b.shape().groups() == 1 && !transposeA) {
            int groups = a.shape().groups();
            int rows = a.shape().rows();
            Node flat = Ops.reshape(a, Shape.of(groups * rows, a.shape().columns()));
            Node product = a.graph().apply(new MatMul(false, transposeB), flat, b);
            return Ops.reshape(product, Shape.of(groups, rows, product.shape().columns()));
        }
        return a.graph().apply(new MatMul(transposeA, transposeB), a, b);
    }

    /** Whether a node is its operand again and again, on the group axis. */
    private static boolean tiles(Node node) {
        return node.op() instanceof Repeat repeat
                && repeat.view().outer() == 1
                && node.shape().groups() > 0
                && node.shape()
                        .equals(node.operand(0).shape().stacked(repeat.view().n()));
    }
}
