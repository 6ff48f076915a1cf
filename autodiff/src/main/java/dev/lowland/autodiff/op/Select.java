package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;

/**
 * select(m, x, y): y_i where m_i = 0, NaN where m_i is NaN, x_i elsewhere; all of one shape. Linear in x and y; m is a
 * control. Domain: all numbers; what is not chosen does not show, not even as NaN.
 */
record Select() implements ChoiceOp, Lowering {

    @Override
    public String name() {
        return "select";
    }

    @Override
    public Shape shape(Node... operands) {
        Shape shape = operands[0].shape();
        if (!operands[1].shape().equals(shape) || !operands[2].shape().equals(shape)) {
            throw ShapeRules.broken(name(), operands, "of one shape: mask and both values");
        }
        return shape;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int n = layout.count();
        return (buffers, operands, result) -> layout.kernels()
                .select(n, buffers[operands[0]], buffers[operands[1]], buffers[operands[2]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, Stacks.tileUnbatched(count, operands, batched));
    }

    @Override
    public boolean isControl(int operand) {
        return operand == 0;
    }

    @Override
    public Node push(Node node, int operand, Node tangent, int count) {
        return only(operand, Stacks.tile(node.operand(0), count), tangent);
    }

    @Override
    public Node pull(Node node, int operand, Node cotangent) {
        return only(operand, node.operand(0), cotangent);
    }

    /** The value where the operand is chosen, zero elsewhere. */
    private Node only(int operand, Node mask, Node value) {
        Node zeros = Ops.zeros(value);
        return operand == 1
                ? value.graph().apply(this, mask, value, zeros)
                : value.graph().apply(this, mask, zeros, value);
    }

    @Override
    public boolean inPlace() {
        return true;
    }
}
