package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;

/**
 * A choice of which all operands are controls: a comparison, the place of a maximum. Its derivative is zero everywhere.
 */
interface Decision extends ChoiceOp {

    @Override
    default boolean isControl(int operand) {
        return true;
    }

    @Override
    default Node push(Node node, int operand, Node tangent, int count) {
        throw noLinearOperand();
    }

    @Override
    default Node pull(Node node, int operand, Node cotangent) {
        throw noLinearOperand();
    }

    private IllegalArgumentException noLinearOperand() {
        return Checks.error(name(), "the operand", "a control", "one that the value is linear in");
    }
}
