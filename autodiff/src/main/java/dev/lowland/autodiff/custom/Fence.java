package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.check.Checks;
import java.util.OptionalInt;

/**
 * Its operand, which no derivative may pass: stands before the operands of a reverse rule that is not to be
 * differentiated.
 *
 * @param owner the name of the custom op
 */
record Fence(String owner) implements ReverseOp, Lowering {

    @Override
    public String name() {
        return owner + " (operand of its vjp)";
    }

    @Override
    public Shape shape(Node... operands) {
        return operands[0].shape();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return Evaluator.ofOperand(0, layout.count());
    }

    @Override
    public OptionalInt sameEntriesAs() {
        return OptionalInt.of(0);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, operands[0]);
    }

    @Override
    public Node pull(Node node, int operand, Node cotangent) {
        throw Checks.error(
                "reverse",
                "the custom op " + owner + " at " + node,
                "without a derivative of order 2",
                "given a vjp that may be differentiated");
    }
}
