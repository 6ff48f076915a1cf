package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Node;

/** The node of a custom op. Equal for the same op. */
record CustomPrimitive(CustomOp owner) implements ValueLast {

    @Override
    public String name() {
        return owner.name();
    }

    @Override
    public int arity() {
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
}
