package dev.lowland.autodiff.graph;

import dev.lowland.core.lane.LaneCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An op with operands: it knows its shape rule, how to evaluate itself, and how it acts on stacks of values. The
 * derivatives come from its class: {@link LinearOp}, {@link BilinearOp}, {@link PointwiseOp}, {@link ChoiceOp} or
 * {@link ReverseOp}.
 */
public interface Primitive extends Op, Evaluable {

    /**
     * The shape of the value.
     *
     * @param operands the operands
     * @return the shape
     * @throws IllegalArgumentException naming the op, the operands with their shapes, and the rule they break
     */
    Shape shape(Node... operands);

    /**
     * The same op for {@code count} problems at once: a batched operand of shape g × r × c comes as a stack of
     * (count·g) × r × c, problem after problem; the others are shared by all problems.
     *
     * @param count number of problems
     * @param operands the operands, at least one of them batched. Not modified.
     * @param batched which operands are stacks. Not modified.
     * @return the stack of the results
     */
    Node batched(int count, Node[] operands, boolean[] batched);

    /**
     * The operand whose entries the value has, one for one in the same order: programs then spend neither an
     * instruction nor memory on the op.
     *
     * @return the index of that operand, −1 if there is none
     */
    default int sameEntriesAs() {
        return -1;
    }

    /**
     * Where the entries of the value lie, one after the other, among those of operand 0. Programs then read them there,
     * where they can.
     *
     * @return the place of the first of them in operand 0, −1 if they do not lie so
     */
    default int stretchOfOperand() {
        return -1;
    }

    /**
     * Where the entries of an operand go, one after the other, in the value, which is made of nothing but its operands.
     * Programs then compute them there, where they can.
     *
     * @param operand which operand
     * @return the place of its first entry in the value, −1 if they do not go so
     */
    default int placeOfOperand(int operand) {
        return -1;
    }

    /**
     * Whether derivatives pass through an operand. Where they do not, the value counts as constant in it, and no
     * transform looks there.
     *
     * @param operand which operand
     * @return false for operands that only choose, or only bring along what follows from the others
     */
    default boolean passes(int operand) {
        return true;
    }

    /**
     * The same computation where one operand is itself computed by another op: in one go, without that operand's
     * memory, and with the same bits.
     *
     * @param operand which operand
     * @param producer the op that computes it, of one operand
     * @return a computation that has the producer's operand in the place of its result; null if there is none
     */
    default @Nullable Evaluable absorb(int operand, Primitive producer) {
        return null;
    }

    /**
     * Another computation with this op after it, which has the value of that one as its only operand: in one
     * instruction, with the same bits.
     *
     * @param before what computes the operand
     * @return both together, of the operands of the first; null if they stay apart
     */
    default @Nullable Evaluable after(Evaluable before) {
        return null;
    }

    /**
     * Writes the computation down for one lane, entry by entry, with the bits of the evaluator on several lanes.
     *
     * @param code takes it down. Modified.
     * @param shapes shapes of the operands
     * @param result shape of the value
     * @param operands for each operand the values of its entries, as the code names them. Not modified.
     * @return the values of the entries of the result; null if the op cannot be written so
     */
    default int @Nullable [] write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        return null;
    }

    /**
     * Whether {@link #accumulator} makes one.
     *
     * @return true for products of matrices
     */
    default boolean accumulates() {
        return false;
    }

    /**
     * Prepares the evaluation for given shapes, so that the value is added to what is at its place.
     *
     * @param layout shapes, lanes and kernels
     * @return an evaluator that allocates nothing when run, and that threads may share
     * @throws UnsupportedOperationException if the op does not accumulate
     */
    default Evaluator accumulator(Layout layout) {
        throw new UnsupportedOperationException(name() + " does not accumulate");
    }
}
