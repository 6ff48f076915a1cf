package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse mode: a vector times the Jacobian. Cost: at most about three times that of the value, for all variables at
 * once.
 */
public final class Reverse {
    private Reverse() {}

    /**
     * The gradient of a scalar.
     *
     * @param scalar of shape 1×1
     * @param wrt the variable: any node; its value is held to be free, whatever it was computed from
     * @return ∂scalar/∂wrt, of the shape of {@code wrt}
     * @throws IllegalArgumentException if {@code scalar} is not 1×1
     */
    public static Node gradient(Node scalar, Node wrt) {
        Checks.notNull("gradient", "scalar", scalar);
        Checks.notNull("gradient", "wrt", wrt);
        if (!scalar.shape().isScalar()) {
            throw Checks.error(
                    "gradient",
                    "the output " + scalar,
                    "of shape " + scalar.shape(),
                    "a single number, 1×1 (sum it, or use vjp)");
        }
        return vjp(scalar, Ops.ones(scalar), List.of(wrt)).get(0);
    }

    /**
     * Cotangents of several variables, Jᵀc with J = ∂output/∂wrt.
     *
     * @param output what is differentiated, of any shape
     * @param cotangent c, of the shape of {@code output}
     * @param wrt the variables: any nodes, repeated ones allowed. One that is computed from another is held fixed for
     *     that other: the derivatives are partial ones.
     * @return one node a variable, of its shape; exact zeros where the output does not depend on it
     * @throws IllegalArgumentException if shapes or graphs do not match
     * @throws IllegalArgumentException naming an op that has no reverse rule
     */
    public static List<Node> vjp(Node output, Node cotangent, List<Node> wrt) {
        Checks.notNull("vjp", "output", output);
        Checks.notNull("vjp", "cotangent", cotangent);
        Checks.noNulls("vjp", "wrt", wrt);
        Reach.check("vjp", "cotangent", cotangent, output, output);
        for (Node variable : wrt) {
            Reach.check("vjp", "variable", variable, variable, output);
        }
        List<Node> between = Reach.moving(wrt, List.of(output));
        Set<Node> active = new HashSet<>(wrt);
        active.addAll(between);
        Map<Node, Node> cotangents = new HashMap<>();
        cotangents.put(output, cotangent);
        for (int i = between.size() - 1; i >= 0; i--) {
            Node node = between.get(i);
            Node own = cotangents.get(node);
            if (own != null) {
                pull(node, own, active, cotangents);
            }
        }
        List<Node> results = new ArrayList<>();
        for (Node variable : wrt) {
            Node found = cotangents.get(variable);
            results.add(found == null ? Ops.zeros(variable) : found);
        }
        return results;
    }

    private static void pull(Node node, Node cotangent, Set<Node> active, Map<Node, Node> cotangents) {
        for (int i = 0; i < node.operandCount(); i++) {
            Node operand = node.operand(i);
            if (active.contains(operand)) {
                Node part = part(node, i, cotangent);
                if (part != null) {
                    cotangents.merge(operand, part, Ops::add);
                }
            }
        }
    }

    private static @Nullable Node part(Node node, int operand, Node cotangent) {
        Node x = node.operand(operand);
        if (node.op() instanceof LinearOp op) {
            return op.pull(operand, cotangent, x.shape());
        }
        if (node.op() instanceof BilinearOp op) {
            return operand == 0
                    ? op.pullLeft(cotangent, node.operand(1), x.shape())
                    : op.pullRight(cotangent, node.operand(0), x.shape());
        }
        if (node.op() instanceof PointwiseOp op) {
            Node slope = op.derivative(x, node);
            return slope == null ? null : Ops.multiply(cotangent, slope);
        }
        if (node.op() instanceof ChoiceOp op) {
            return op.isControl(operand) ? null : op.pull(node, operand, cotangent);
        }
        ReverseOp op = (ReverseOp) node.op();
        return op.passes(operand) ? op.pull(node, operand, cotangent) : null;
    }
}
