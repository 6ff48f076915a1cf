package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.OptionalInt;

/** The same entries in the same order under another shape. */
record Reshape(Shape target) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "reshape(" + target + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != target.size()) {
            throw ShapeRules.broken(
                    name(), operands, "of " + target.size() + " entries, as many as " + target + " has");
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return Evaluator.ofOperand(0, layout.count());
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return Ops.reshape(operands[0], target.stacked(count));
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return Ops.reshape(cotangent, operandShape);
    }

    @Override
    public OptionalInt sameEntriesAs() {
        return OptionalInt.of(0);
    }
}
