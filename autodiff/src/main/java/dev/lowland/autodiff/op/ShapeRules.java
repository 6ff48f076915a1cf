package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The texts of shape errors: the op, the labels of its operands, their shapes, and the rule. */
final class ShapeRules {
    private ShapeRules() {}

    /** The common shape of two operands. */
    static Shape same(String op, Node... operands) {
        Checks.atLeast(op, "the number of operands", operands.length, 2);
        if (!operands[0].shape().equals(operands[1].shape())) {
            throw broken(op, operands, "of one shape, after axes of length 1 are stretched");
        }
        return operands[0].shape();
    }

    /** Refuses fixed positions outside an axis. */
    static void positions(String op, Node[] operands, List<Integer> positions, int length) {
        for (int position : positions) {
            if (position < 0 || position >= length) {
                throw broken(
                        op,
                        operands,
                        "taken at positions in [0, " + length + "), the length of the axis, not at " + position);
            }
        }
    }

    /**
     * An error to throw: {@code matmul: (x, y) is (2×3, 4×5), must be …}.
     *
     * @param rule what the operands must be together
     */
    static IllegalArgumentException broken(String op, Node[] operands, String rule) {
        return Checks.error(
                op,
                all(operands, Node::label),
                all(operands, node -> node.shape().toString()),
                rule);
    }

    private static String all(Node[] operands, Function<Node, String> text) {
        return operands.length == 1
                ? text.apply(operands[0])
                : Arrays.stream(operands).map(text).collect(Collectors.joining(", ", "(", ")"));
    }

    /** a·b, refused where it is no int. */
    static int product(String operation, String what, int a, int b) {
        long product = (long) a * b;
        Checks.atMost(operation, what, product, Integer.MAX_VALUE);
        return (int) product;
    }
}
