package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/** The one broadcast rule: an axis of length 1 is stretched to the length the other operand has. */
final class Broadcasting {
    private Broadcasting() {}

    /** The shape both operands are stretched to. */
    static Shape common(String op, Node x, Node y) {
        Shape shape = x.shape();
        for (Axis axis : Axis.values()) {
            int left = axis.length(shape);
            int right = axis.length(y.shape());
            if (left != right && left != 1 && right != 1) {
                throw ShapeRules.broken(
                        op, new Node[] {x, y}, "of lengths that are equal along each axis, or one of them 1");
            }
            shape = axis.resize(shape, left == 1 ? right : left);
        }
        return shape;
    }

    /** Stretches axis after axis. */
    static Node to(Node x, Shape target) {
        Node result = x;
        for (Axis axis : Axis.values()) {
            int from = axis.length(result.shape());
            int length = axis.length(target);
            if (from != length) {
                if (from != 1) {
                    throw ShapeRules.broken(
                            "broadcast", new Node[] {x}, "stretched along axes of length 1 only, not to " + target);
                }
                Shape shape = axis.resize(result.shape(), length);
                result = Ops.repeat(result, View.of(shape, axis), shape);
            }
        }
        return result;
    }
}
