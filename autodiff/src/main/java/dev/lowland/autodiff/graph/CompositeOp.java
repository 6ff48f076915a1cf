package dev.lowland.autodiff.graph;

/** A function of nodes that goes by a name: a graph applies it like an op, and it builds its value from other ops. */
public interface CompositeOp {

    /**
     * The name by which messages call it.
     *
     * @return a short word
     */
    String name();

    /**
     * Builds the value.
     *
     * @param operands nodes of one graph. Not modified.
     * @return a node of that graph
     * @throws IllegalArgumentException naming the op, the operands with their shapes, and the rule they break
     */
    Node on(Node... operands);
}
