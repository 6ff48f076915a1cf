package dev.lowland.autodiff.graph;

/** y = Σ_k L_k x_k: linear in all its operands together. Its second derivative is zero. */
public non-sealed interface LinearOp extends Primitive {

    /**
     * The forward rule, L_k t for each of a stack of tangents. For an op of one operand this is the op itself.
     *
     * @param operand which operand, k
     * @param tangent {@code count} tangents of that operand, stacked
     * @param count number of tangents
     * @return the stack of L_k t
     */
    default Node push(int operand, Node tangent, int count) {
        return batched(count, new Node[] {tangent}, new boolean[] {true});
    }

    /**
     * The reverse rule, L_kᵀ c.
     *
     * @param operand which operand, k
     * @param cotangent c, of the shape of the value
     * @param operandShape the shape of that operand, and of the result
     * @return L_kᵀ c
     */
    Node pull(int operand, Node cotangent, Shape operandShape);
}
