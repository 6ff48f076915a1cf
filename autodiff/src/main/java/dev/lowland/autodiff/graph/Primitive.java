package dev.lowland.autodiff.graph;

/**
 * An op with operands: it knows its shape rule, how to evaluate itself, and how it acts on stacks of values. The
 * derivatives come from its class: {@link LinearOp}, {@link BilinearOp}, {@link PointwiseOp} or {@link ChoiceOp}.
 */
public interface Primitive extends Op {

    /**
     * The shape of the value.
     *
     * @param operands the operands
     * @return the shape
     * @throws IllegalArgumentException naming the op, the operands with their shapes, and the rule they break
     */
    Shape shape(Node... operands);

    /**
     * Prepares the evaluation for given shapes.
     *
     * @param layout shapes, lanes and kernels
     * @return an evaluator that allocates nothing when run, and that threads may share
     */
    Evaluator evaluator(Layout layout);

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
     * Whether the result may be written over an operand of the same size.
     *
     * @return true for entry-by-entry ops
     */
    default boolean inPlace() {
        return false;
    }

    /**
     * Whether the evaluator copes with operands of which some have lanes and some are shared by all lanes. Where it does
     * not, the shared ones are spread first.
     *
     * @return true if {@link Layout#shared(int)} is heeded
     */
    default boolean mixesLanes() {
        return false;
    }

    /**
     * The operand whose entries the value has, one for one in the same order: programs then spend neither an instruction nor
     * memory on the op.
     *
     * @return the index of that operand, −1 if there is none
     */
    default int sameEntriesAs() {
        return -1;
    }

    /**
     * Whether derivatives pass through an operand. Where they do not, the value counts as constant in it, and no transform
     * looks there.
     *
     * @param operand which operand
     * @return false for operands that only choose, or only bring along what follows from the others
     */
    default boolean passes(int operand) {
        return true;
    }
}
