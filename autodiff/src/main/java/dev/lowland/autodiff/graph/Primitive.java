package dev.lowland.autodiff.graph;

/**
 * An op with operands, and what it means: its shape rule, how to evaluate it, how it acts on stacks of values, and the
 * derivatives, which come from its class: {@link LinearOp}, {@link BilinearOp}, {@link PointwiseOp}, {@link ChoiceOp}
 * or {@link ReverseOp}. An op of one's own implements one of the five. How programs make the most of an op is no part
 * of its meaning, and stands in the package {@code lowering}.
 */
public sealed interface Primitive extends Op permits LinearOp, BilinearOp, PointwiseOp, ChoiceOp, ReverseOp {

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
     * Prepares the evaluation for given shapes. The operands begin with their arrays and all have the lanes of the
     * result, unless the op says elsewhere that it heeds more.
     *
     * @param layout shapes, lanes and kernels
     * @return an evaluator that allocates nothing when run, and that threads may share
     */
    Evaluator evaluator(Layout layout);

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
}
