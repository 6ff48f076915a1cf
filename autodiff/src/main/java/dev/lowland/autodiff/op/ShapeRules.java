package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.List;

/** The texts of shape errors: the op, every operand with its label and shape, and the rule. */
final class ShapeRules {
    private ShapeRules() {}

    /** The common shape of two operands. */
    static Shape same(String op, Node... operands) {
        if (!operands[0].shape().equals(operands[1].shape())) {
            throw broken(op, operands, "both operands have one shape, after axes of length 1 are stretched");
        }
        return operands[0].shape();
    }

    /** Refuses fixed positions outside an axis. */
    static void positions(String op, Node[] operands, List<Integer> positions, int length) {
        for (int position : positions) {
            if (position < 0 || position >= length) {
                throw broken(op, operands, "0 ≤ position < the length of the axis, " + length + ", not " + position);
            }
        }
    }

    /** An error to throw. */
    static IllegalArgumentException broken(String op, Node[] operands, String rule) {
        StringBuilder text = new StringBuilder(op).append(": ");
        for (int i = 0; i < operands.length; i++) {
            text.append(i == 0 ? "" : " and ").append(operands[i]);
        }
        return new IllegalArgumentException(text.append("; rule: ").append(rule).toString());
    }
}
