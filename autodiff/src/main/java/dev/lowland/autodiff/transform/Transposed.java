package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a reverse rule alone. The rule c ↦ Jᵀc is linear in c, so its transpose is J: the forward rule is
 * reverse mode applied to the reverse rule. The second-order rule D²F[t, t] is the derivative of J t along t.
 */
final class Transposed {
    private Transposed() {}

    /**
     * Σ_i J_i t_i for each of a stack of tangents; null where it is zero.
     *
     * @param tangents a stack of {@code count} tangents for each operand, null for zero
     */
    static @Nullable Node push(ReverseOp op, Node node, @Nullable Node[] tangents, int count) {
        Graph graph = node.graph();
        Node cotangent = graph.input("cotangent of " + node.label(), node.shape());
        List<Node> variables = new ArrayList<>();
        List<Node> stacks = new ArrayList<>();
        Node total = null;
        for (int i = 0; i < tangents.length; i++) {
            Node tangent = tangents[i];
            Node pulled = tangent == null || !op.passes(i) ? null : op.pull(node, i, cotangent);
            if (tangent != null && pulled != null) {
                Node one = tangent;
                if (count > 1) {
                    one = graph.input("tangent of " + node.operand(i).label(), pulled.shape());
                    variables.add(one);
                    stacks.add(tangent);
                }
                Node part = Reverse.vjp(pulled, one, List.of(cotangent)).get(0);
                total = Tangents.sum(total, part);
            }
        }
        if (total != null && dependsOn(total, cotangent)) {
            throw Checks.error(
                    "forward",
                    "the reverse rule of " + op.name() + " at " + node,
                    "not linear in the cotangent c",
                    "Jᵀc, with J independent of c");
        }
        return total == null || count == 1 ? total : Vmap.map(total, variables, stacks);
    }

    private static boolean dependsOn(Node node, Node variable) {
        return node == variable
                || !Reach.between(List.of(variable), List.of(node)).isEmpty();
    }

    /** Σ_j D²F[t_j, t_j] over a stack of tangents, each operand held free; null where nothing varies. */
    static @Nullable Node curvature(ReverseOp op, Node node, @Nullable Node[] tangents, int count) {
        Graph graph = node.graph();
        Node[] points = new Node[tangents.length];
        @Nullable Node[] directions = new Node[tangents.length];
        List<Node> moving = new ArrayList<>();
        List<Node> variables = new ArrayList<>();
        List<Node> stacks = new ArrayList<>();
        for (int i = 0; i < tangents.length; i++) {
            Node operand = node.operand(i);
            points[i] = graph.input(operand.label(), operand.shape());
            Node stack = tangents[i];
            if (stack != null) {
                Node direction = graph.input("direction of " + operand.label(), operand.shape());
                directions[i] = direction;
                moving.add(points[i]);
                variables.add(direction);
                stacks.add(stack);
            }
        }
        Node free = graph.apply((Primitive) op, points);
        Node slope = push(op, free, directions, 1);
        if (slope == null) {
            return null;
        }
        Node bend = Forward.jvp(slope, moving, variables);
        Node here = Vmap.map(bend, List.of(points), Arrays.asList(node.operands()));
        return Stacks.sumStack(Vmap.map(here, variables, stacks), count);
    }
}
