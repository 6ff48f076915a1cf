package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which nodes lie between variables and results. */
final class Reach {
    private Reach() {}

    /**
     * The nodes that depend on a variable and that a result depends on, without the variables themselves, in order of
     * evaluation. What is older than every variable depends on none and is not walked.
     */
    static List<Node> between(List<Node> variables, List<Node> results) {
        return between(variables, results, (node, operand) -> true);
    }

    /** The same along operands that derivatives pass through. */
    static List<Node> moving(List<Node> variables, List<Node> results) {
        return between(variables, results, (node, operand) -> ((Primitive) node.op()).passes(operand));
    }

    private static List<Node> between(List<Node> variables, List<Node> results, Graph.Edges edges) {
        BitSet depends = new BitSet();
        int first = Integer.MAX_VALUE;
        for (Node variable : variables) {
            depends.set(variable.id());
            first = Math.min(first, variable.id());
        }
        int oldest = first;
        List<Node> between = new ArrayList<>();
        for (Node node : Graph.ancestors(results, (n, operand) -> n.id() > oldest && edges.follow(n, operand))) {
            if (!depends.get(node.id())) {
                for (int i = 0; i < node.operandCount(); i++) {
                    if (depends.get(node.operand(i).id()) && edges.follow(node, i)) {
                        depends.set(node.id());
                        between.add(node);
                        break;
                    }
                }
            }
        }
        return between;
    }

    /** Refuses nodes of another graph and derivatives whose shapes do not match. */
    static void check(String transform, String argument, Node node, Node like, Node reference) {
        if (node.graph() != reference.graph()) {
            throw Checks.error(transform, argument + " " + node, "of another graph", "of the graph of " + reference);
        }
        if (!node.shape().equals(like.shape())) {
            throw Checks.error(
                    transform,
                    argument + " " + node,
                    "of shape " + node.shape(),
                    "of shape " + like.shape() + ", that of " + like);
        }
    }
}
