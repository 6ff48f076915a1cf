package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates an expression for a stack of values of one of its nodes. What does not depend on that node is computed
 * once.
 */
public final class Vmap {
    private Vmap() {}

    /**
     * The output for each of m values of a node.
     *
     * @param output the expression
     * @param variable the node whose value varies, g × r × c
     * @param stacked its m values, stacked outermost: (m·g) × r × c
     * @return the m outputs, stacked outermost; copies of the output where it does not depend on the variable
     * @throws IllegalArgumentException if {@code stacked} is not a stack of such shapes
     */
    public static Node map(Node output, Node variable, Node stacked) {
        Checks.notNull("vmap", "output", output);
        Checks.notNull("vmap", "variable", variable);
        Checks.notNull("vmap", "stacked", stacked);
        return map(output, List.of(variable), List.of(stacked));
    }

    /**
     * The output for each of m values of several nodes, which vary together.
     *
     * @param output the expression
     * @param variables the nodes whose values vary, all different
     * @param stacked for each of them its m values, stacked outermost; the same m for all. With m = 1 this puts other
     *     nodes in the place of the variables.
     * @return the m outputs, stacked outermost
     * @throws IllegalArgumentException if a stack does not fit its variable or the lists do not match
     */
    public static Node map(Node output, List<Node> variables, List<Node> stacked) {
        Checks.notNull("vmap", "output", output);
        Checks.noNulls("vmap", "variables", variables);
        Checks.noNulls("vmap", "stacked", stacked);
        return map(List.of(output), variables, stacked).get(0);
    }

    /**
     * Several outputs for each of m values of several nodes; what they share is built once.
     *
     * @param outputs the expressions
     * @param variables the nodes whose values vary, all different, at least one
     * @param stacked for each of them its m values, stacked outermost
     * @return for each output its m values, stacked outermost
     * @throws IllegalArgumentException if a stack does not fit its variable or the lists do not match
     */
    public static List<Node> map(List<Node> outputs, List<Node> variables, List<Node> stacked) {
        Checks.notNull("vmap", "variables", variables);
        Checks.notNull("vmap", "stacked", stacked);
        Checks.noNulls("vmap", "outputs", outputs);
        int count = count(variables, stacked);
        Map<Node, Node> stacks = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            Reach.check("vmap", "stack", stacked.get(i), stacked.get(i), variables.get(i));
            if (stacks.put(variables.get(i), stacked.get(i)) != null) {
                throw Checks.error("vmap", "variable " + variables.get(i), "listed twice", "listed once");
            }
        }
        for (Node output : outputs) {
            Reach.check("vmap", "output", output, output, variables.get(0));
        }
        for (Node node : Reach.between(variables, outputs)) {
            Node[] operands = node.operands();
            boolean[] batched = new boolean[operands.length];
            for (int i = 0; i < operands.length; i++) {
                Node stack = stacks.get(operands[i]);
                batched[i] = stack != null;
                operands[i] = stack != null ? stack : operands[i];
            }
            stacks.put(node, ((Primitive) node.op()).batched(count, operands, batched));
        }
        List<Node> results = new ArrayList<>();
        for (Node output : outputs) {
            Node result = stacks.get(output);
            results.add(result == null ? Stacks.tile(output, count) : result);
        }
        return results;
    }

    /** The number of values in each of some stacks. */
    static int count(List<Node> variables, List<Node> stacked) {
        if (variables.isEmpty() || variables.size() != stacked.size()) {
            throw Checks.error(
                    "vmap",
                    "the number of stacks",
                    Integer.toString(stacked.size()),
                    variables.size() + ", one for each of at least one variable");
        }
        int count = Stacks.count("vmap", "stack", variables.get(0), stacked.get(0));
        for (int i = 1; i < variables.size(); i++) {
            if (Stacks.count("vmap", "stack", variables.get(i), stacked.get(i)) != count) {
                throw Checks.error(
                        "vmap",
                        "stack " + stacked.get(i),
                        "of another number of values of " + variables.get(i) + " than " + stacked.get(0) + " has of "
                                + variables.get(0),
                        "of the same number");
            }
        }
        return count;
    }
}
