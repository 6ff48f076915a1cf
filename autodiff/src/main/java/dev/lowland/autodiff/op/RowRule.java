package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.OptionalInt;

/**
 * Functions of rows with a reverse rule of their own. The operands are x and the value as {@link Rows} builds it, which
 * the node hands on. The rule is written such that 1 − p of the class that leads comes from the other classes.
 */
enum RowRule implements ReverseOp, Lowering {
    /** log Σ_j exp x_ij, with the softmax for its gradient. */
    LOGSUMEXP {
        @Override
        public Node pull(Node node, int operand, Node cotangent) {
            return Ops.multiply(cotangent, Rows.softmax(node.operand(0)));
        }
    },
    /**
     * x_ij − log Σ_k exp x_ik. With m the class that leads, q = Σ_{j≠m} p_j and C the sum of the cotangents c: c_j −
     * p_j C, but q c_m − p_m Σ_{j≠m} c_j for m.
     */
    LOGSOFTMAX {
        @Override
        public Node pull(Node node, int operand, Node cotangent) {
            Node x = node.operand(0);
            Node p = Rows.softmax(x);
            Leading leading = Leading.of(x);
            Node own = Ops.multiply(Ops.sumColumns(leading.others(p)), leading.take(cotangent));
            Node rest = Ops.multiply(leading.take(p), Ops.sumColumns(leading.others(cotangent)));
            Node others = Ops.subtract(cotangent, Ops.multiply(p, Ops.sumColumns(cotangent)));
            return Choices.select(leading.mask(), Ops.subtract(own, rest), others);
        }
    };

    /** The node of a value that was built of x. */
    Node of(Node x, Node value) {
        return x.graph().apply(this, x, value);
    }

    @Override
    public Shape shape(Node... operands) {
        return operands[1].shape();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return Evaluator.ofOperand(1, layout.count());
    }

    @Override
    public OptionalInt sameEntriesAs() {
        return OptionalInt.of(1);
    }

    @Override
    public boolean passes(int operand) {
        return operand == 0;
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, Stacks.tileUnbatched(count, operands, batched));
    }
}
