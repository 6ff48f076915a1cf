package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.graph.Shape;

/**
 * The node of a custom op. Its operands are those of the op and, last, the value as built from them: the node has that
 * value, and no derivative passes through it. Equal for the same op.
 */
record CustomPrimitive(CustomOp owner) implements ReverseOp {

    @Override
    public String name() {
        return owner.name();
    }

    @Override
    public Shape shape(Node... operands) {
        return operands[owner.arity()].shape();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int n = layout.count();
        int last = owner.arity();
        return (buffers, operands, result) -> System.arraycopy(buffers[operands[last]], 0, buffers[result], 0, n);
    }

    @Override
    public int sameEntriesAs() {
        return owner.arity();
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return CustomStack.apply(this, count, operands, batched);
    }

    @Override
    public Node pull(Node node, int operand, Node cotangent) {
        return owner.pull(node, operand, cotangent);
    }

    @Override
    public boolean passes(int operand) {
        return operand != sameEntriesAs();
    }
}
