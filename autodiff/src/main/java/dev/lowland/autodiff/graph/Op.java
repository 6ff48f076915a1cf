package dev.lowland.autodiff.graph;

/**
 * What a node does. An op is immutable, and two ops are equal when they do the same: records do for most. It is either
 * a {@link Leaf}, whose value comes from outside, or a {@link Primitive}, computed from operands.
 */
public sealed interface Op permits Leaf, Primitive {

    /**
     * The name by which messages and listings call it.
     *
     * @return a short word, with its fixed numbers where it has any
     */
    String name();
}
