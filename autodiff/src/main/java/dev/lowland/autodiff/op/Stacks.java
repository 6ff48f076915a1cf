package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;

/** Stacks of problems on the group axis: copies of what all problems share, and sums over them. */
public final class Stacks {
    private Stacks() {}

    /**
     * Copies of a value, stacked outermost.
     *
     * @param node g × r × c
     * @param count number of copies
     * @return (count·g) × r × c
     */
    public static Node tile(Node node, int count) {
        Checks.notNull("tile", "node", node);
        return tileEach(1, node, count);
    }

    /**
     * The sum of a stack.
     *
     * @param node (count·g) × r × c
     * @param count number of values in the stack
     * @return g × r × c
     */
    public static Node sumStack(Node node, int count) {
        Checks.notNull("sum stack", "node", node);
        Checks.atLeast("sum stack", "count", count, 1);
        return sumRepeats(node, node.shape().groups() / count);
    }

    /**
     * The number of values in a stack.
     *
     * @param operation who asks, for the message
     * @param argument what the stack is called there
     * @param variable one value, g × r × c
     * @param stack m values stacked outermost, (m·g) × r × c
     * @return m ≥ 1
     * @throws IllegalArgumentException if the second node is no such stack
     */
    public static int count(String operation, String argument, Node variable, Node stack) {
        Checks.notNull("count", "variable", variable);
        Checks.notNull("count", "stack", stack);
        Checks.notNull("count", "operation", operation);
        Checks.notNull("count", "argument", argument);
        Shape shape = variable.shape();
        Shape shapes = stack.shape();
        if (shapes.equals(shape)) {
            return 1;
        }
        if (shape.groups() == 0
                || shapes.groups() == 0
                || shapes.groups() % shape.groups() != 0
                || shapes.rows() != shape.rows()
                || shapes.columns() != shape.columns()) {
            throw Checks.error(
                    operation,
                    argument + " " + stack,
                    "no stack of " + variable,
                    "m ≥ 1 values of shape " + variable.shape() + ", stacked on the group axis");
        }
        return shapes.groups() / shape.groups();
    }

    /**
     * The stack whose members are the columns of a matrix. No column need be moved for a part of every member, or for a
     * product with a shared matrix.
     *
     * @param columns n × m
     * @param member the shape of a member, of n entries
     * @return m members stacked outermost
     * @throws IllegalArgumentException if a column has not as many entries as a member
     */
    public static Node ofColumns(Node columns, Shape member) {
        if (columns.shape().groups() != 1 || columns.shape().rows() != member.size()) {
            throw ShapeRules.broken(
                    "ofColumns", new Node[] {columns}, "one matrix with a row for each entry of a member, " + member);
        }
        return Ops.reshape(
                Ops.transpose(columns), member.stacked(columns.shape().columns()));
    }

    /** Each of {@code problems} stacked values (g × r × c) repeated {@code copies} times in place. */
    static Node tileEach(int problems, Node node, int copies) {
        if (copies == 1) {
            return node;
        }
        Shape target = node.shape().stacked(copies);
        View view = new View(problems, copies, node.shape().size() / Math.max(1, problems));
        return Ops.repeat(node, view, target);
    }

    /** Sums the groups that are equal modulo {@code groups}. */
    static Node sumRepeats(Node node, int groups) {
        Shape shape = node.shape();
        if (shape.groups() == groups) {
            return node;
        }
        Shape target = Shape.of(groups, shape.rows(), shape.columns());
        return Ops.sumView(node, new View(1, groups == 0 ? 0 : shape.groups() / groups, target.size()), target);
    }

    /** Makes stacks of the operands that are shared by all problems. */
    static Node[] tileUnbatched(int count, Node[] operands, boolean[] batched) {
        Node[] stacks = operands.clone();
        for (int i = 0; i < stacks.length; i++) {
            if (!batched[i]) {
                stacks[i] = tile(stacks[i], count);
            }
        }
        return stacks;
    }
}
