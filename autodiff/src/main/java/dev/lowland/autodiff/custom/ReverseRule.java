package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Node;
import java.util.List;

/** The reverse rule of a custom op. */
@FunctionalInterface
public interface ReverseRule {

    /**
     * J_iᵀc for each operand, with J_i = ∂y/∂x_i.
     *
     * @param operands x_1, …, x_k. Not modified.
     * @param value y
     * @param cotangent c, of the shape of y; the result is linear in it
     * @return one node for each operand, of its shape
     */
    List<Node> pull(List<Node> operands, Node value, Node cotangent);
}
