package dev.lowland.autodiff.lowering;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.fixed.FixedLoop;
import dev.lowland.core.lane.LaneCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How an op is lowered. An op implements it beside its class, as far as there is something to spare; what it leaves out
 * is done the plain way, with the same bits.
 */
public interface Lowering extends Computation {

    /**
     * The lowering of an op: its own, or the plain one.
     *
     * @param op any op with operands
     * @return what a program makes of it
     */
    static Lowering of(Primitive op) {
        return op instanceof Lowering own ? own : new PlainLowering(op);
    }

    /**
     * The operand whose entries the value has, one for one in the same order: programs then spend neither an
     * instruction nor memory on the op.
     *
     * @return the index of that operand, if there is one
     */
    default OptionalInt sameEntriesAs() {
        return OptionalInt.empty();
    }

    /**
     * Where the entries of the value lie, one after the other, among those of operand 0. Programs then read them there,
     * where they can.
     *
     * @return the place of the first of them in operand 0, if they lie so
     */
    default OptionalInt stretchOfOperand() {
        return OptionalInt.empty();
    }

    /**
     * Where the entries of an operand go, one after the other, in the value, which is made of nothing but its operands.
     * Programs then compute them there, where they can. Either all operands go so, or none.
     *
     * @param operand which operand
     * @return the place of its first entry in the value, if they go so
     */
    default OptionalInt placeOfOperand(int operand) {
        return OptionalInt.empty();
    }

    /**
     * The same computation where one operand is itself computed by another op: in one go, without that operand's
     * memory, and with the same bits.
     *
     * @param operand which operand
     * @param producer the op that computes it, of one operand
     * @return a computation that has the producer's operand in the place of its result, if there is one
     */
    default Optional<Computation> absorb(int operand, Primitive producer) {
        return Optional.empty();
    }

    /**
     * Another computation with this op after it, which has the value of that one as its only operand: in one
     * instruction, with the same bits.
     *
     * @param before what computes the operand
     * @return both together, of the operands of the first; empty if they stay apart
     */
    default Optional<Computation> after(Computation before) {
        return Optional.empty();
    }

    /**
     * This op together with another one of the same operand whose value falls off on the way: in one instruction, with
     * the same bits.
     *
     * @param own what computes this op: itself, or itself after another computation
     * @param other the other op
     * @return a computation that has one operand more, the last, to whose array it writes the value of the other op;
     *     empty if they stay apart
     */
    default Optional<Computation> alongside(Computation own, Primitive other) {
        return Optional.empty();
    }

    /**
     * Writes the computation down for one lane, entry by entry, with the bits of the evaluator on several lanes.
     *
     * @param code takes it down. Modified.
     * @param shapes shapes of the operands
     * @param result shape of the value
     * @param operands for each operand the values of its entries, as the code names them. Not modified.
     * @return the values of the entries of the result; empty if the op cannot be written so
     */
    default Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        return Optional.empty();
    }

    /**
     * The evaluation that adds the value to what is at its place, as products of matrices have it.
     *
     * @return what prepares it for given shapes, as {@link #evaluator} prepares the other one; empty if there is none
     */
    default Optional<Function<Layout, Evaluator>> accumulator() {
        return Optional.empty();
    }

    /**
     * The evaluation of {@link #accumulator}, of one lane, as a loop of fixed sizes with the same bits.
     *
     * @param layout shapes, offsets and kernels; of one lane
     * @return the loop, if there is one
     */
    default Optional<FixedLoop> fixedAccumulator(Layout layout) {
        return Optional.empty();
    }
}
