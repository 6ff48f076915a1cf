package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Stacks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates an expression for a stack of values of one of its nodes. What does not depend on that node is computed once. */
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
        int count = count(variable, stacked);
        Reach.check("vmap", "stack", stacked, stacked, output);
        Map<Node, Node> stacks = new HashMap<>();
        stacks.put(variable, stacked);
        for (Node node : Reach.between(List.of(variable), List.of(output))) {
            Node[] operands = node.operands();
            boolean[] batched = new boolean[operands.length];
            for (int i = 0; i < operands.length; i++) {
                Node stack = stacks.get(operands[i]);
                batched[i] = stack != null;
                operands[i] = stack != null ? stack : operands[i];
            }
            stacks.put(node, ((Primitive) node.op()).batched(count, operands, batched));
        }
        Node result = stacks.get(output);
        return result == null ? Stacks.tile(output, count) : result;
    }

    private static int count(Node variable, Node stacked) {
        Shape shape = variable.shape();
        Shape stack = stacked.shape();
        if (shape.groups() == 0
                || stack.groups() == 0
                || stack.groups() % shape.groups() != 0
                || stack.rows() != shape.rows()
                || stack.columns() != shape.columns()) {
            throw new IllegalArgumentException("vmap: stack " + stacked + " for variable " + variable
                    + "; rule: m ≥ 1 values of the variable's shape, stacked on the group axis");
        }
        return stack.groups() / shape.groups();
    }
}
