package dev.lowland.autodiff.graph;

import org.jspecify.annotations.Nullable;

/**
 * y = F(x_1, …, x_k), of no simpler class. It states its reverse rule and nothing else: with J_i = ∂F/∂x_i, the forward
 * rule J_i t is the transpose of c ↦ J_iᵀc, and the second-order rule the derivative of the forward one, so that none
 * of them can disagree.
 */
public non-sealed interface ReverseOp extends Primitive {

    /**
     * The reverse rule, J_iᵀc: linear in c, whatever it is in the operands.
     *
     * @param node an application of this op, with its operands; its value may be used in the rule
     * @param operand which operand, i
     * @param cotangent c, of the shape of the value
     * @return J_iᵀc, of the shape of that operand; null where it is zero whatever the values
     */
    @Nullable
    Node pull(Node node, int operand, Node cotangent);
}
