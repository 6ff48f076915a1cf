package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First-order tangents of many directions at once, stacked outermost on the group axis. Absent means zero. The one
 * place where the forward rules of the classes are written.
 */
final class Tangents {
    private final int count;
    private final Map<Node, Node> known = new HashMap<>();

    Tangents(int count) {
        this.count = count;
    }

    /** Number of directions in the stack. */
    int count() {
        return count;
    }

    /** Gives a node its stack of tangents. */
    void put(Node node, @Nullable Node tangents) {
        if (tangents != null) {
            known.put(node, tangents);
        }
    }

    /** The stack of tangents of a node, null where it is zero. */
    @Nullable
    Node of(Node node) {
        return known.get(node);
    }

    /** The stack of tangents of a node whose operands are done. */
    @Nullable
    Node push(Node node) {
        if (node.op() instanceof LinearOp op) {
            return linear(op, node);
        }
        if (node.op() instanceof BilinearOp op) {
            return bilinear(op, node);
        }
        if (node.op() instanceof PointwiseOp op) {
            Node tangent = of(node.operand(0));
            Node slope = tangent == null ? null : op.derivative(node.operand(0), node);
            return tangent == null || slope == null ? null : Ops.multiply(Stacks.tile(slope, count), tangent);
        }
        if (node.op() instanceof ChoiceOp op) {
            return choice(op, node);
        }
        Node[] tangents = new Node[node.operandCount()];
        Arrays.setAll(tangents, i -> of(node.operand(i)));
        return Transposed.push((ReverseOp) node.op(), node, tangents, count);
    }

    private @Nullable Node linear(LinearOp op, Node node) {
        Node total = null;
        for (int i = 0; i < node.operandCount(); i++) {
            Node tangent = of(node.operand(i));
            if (tangent != null) {
                total = sum(total, op.push(i, tangent, count));
            }
        }
        return total;
    }

    private @Nullable Node choice(ChoiceOp op, Node node) {
        Node total = null;
        for (int i = 0; i < node.operandCount(); i++) {
            Node tangent = op.isControl(i) ? null : of(node.operand(i));
            if (tangent != null) {
                total = sum(total, op.push(node, i, tangent, count));
            }
        }
        return total;
    }

    private @Nullable Node bilinear(BilinearOp op, Node node) {
        Node left = node.operand(0);
        Node right = node.operand(1);
        Node leftTangent = of(left);
        Node rightTangent = of(right);
        Node total = null;
        if (leftTangent != null) {
            total = op.batched(count, new Node[] {leftTangent, right}, new boolean[] {true, false});
        }
        if (rightTangent != null) {
            Node other = op.batched(count, new Node[] {left, rightTangent}, new boolean[] {false, true});
            total = sum(total, other);
        }
        return total;
    }

    /** a + b where either may be absent. */
    static @Nullable Node sum(@Nullable Node a, @Nullable Node b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Ops.add(a, b);
    }
}
