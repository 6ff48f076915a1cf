package dev.lowland.autodiff.lowering;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Primitive;

/**
 * An op that says nothing about how it is lowered: an instruction of its own, on operands that begin with their arrays
 * and have all lanes or none.
 *
 * @param op what is computed
 */
record PlainLowering(Primitive op) implements Lowering {

    @Override
    public String name() {
        return op.name();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return op.evaluator(layout);
    }

    /** A function of one number reads the entry that it writes, and no other. */
    @Override
    public boolean inPlace() {
        return op instanceof PointwiseOp;
    }
}
