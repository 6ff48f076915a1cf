package dev.lowland.autodiff.graph;

/**
 * y = Σ_k L_k(c) x_k: linear in some operands, while the others, the controls c, only choose which entries go where:
 * masks, positions, comparisons. The value is locally constant in the controls, so their derivatives are zero at every
 * order; an op all of whose operands are controls has no derivative but zero.
 */
public non-sealed interface ChoiceOp extends Primitive {

    /**
     * Whether an operand only chooses.
     *
     * @param operand which
     * @return true for a control, false for an operand that the value is linear in
     */
    boolean isControl(int operand);

    /**
     * The forward rule, L_k(c) t for each of a stack of tangents.
     *
     * @param node the application of this op, whose controls are used
     * @param operand which operand, k; not a control
     * @param tangent {@code count} tangents of that operand, stacked
     * @param count number of tangents
     * @return the stack of L_k(c) t
     */
    Node push(Node node, int operand, Node tangent, int count);

    /**
     * The reverse rule, L_k(c)ᵀ b.
     *
     * @param node the application of this op, whose controls are used
     * @param operand which operand, k; not a control
     * @param cotangent b, of the shape of the value
     * @return L_k(c)ᵀ b, of the shape of the operand
     */
    Node pull(Node node, int operand, Node cotangent);

    @Override
    default boolean passes(int operand) {
        return !isControl(operand);
    }
}
