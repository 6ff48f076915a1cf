package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.OptionalInt;

/**
 * An op whose operands are, first, those that its reverse rule speaks of and, last, the value as built from them: the
 * node has that value, and no derivative passes through it.
 */
sealed interface ValueLast extends ReverseOp, Lowering permits CustomPrimitive, CustomStack {

    /** Number of operands before the value. */
    int arity();

    @Override
    default Shape shape(Node... operands) {
        return operands[arity()].shape();
    }

    @Override
    default Evaluator evaluator(Layout layout) {
        return Evaluator.ofOperand(arity(), layout.count());
    }

    @Override
    default OptionalInt sameEntriesAs() {
        return OptionalInt.of(arity());
    }

    @Override
    default boolean passes(int operand) {
        return operand != arity();
    }
}
