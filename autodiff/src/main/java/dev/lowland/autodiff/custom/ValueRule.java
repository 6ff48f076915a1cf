package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.graph.Node;
import java.util.List;

/** The value of a custom op. */
@FunctionalInterface
public interface ValueRule {

    /**
     * y = F(x_1, …, x_k).
     *
     * @param operands x_1, …, x_k. Not modified.
     * @return y, a node of the same graph
     */
    Node value(List<Node> operands);
}
