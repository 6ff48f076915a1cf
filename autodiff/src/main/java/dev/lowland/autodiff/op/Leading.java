package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;

/**
 * The largest entry of each row, the last of equal ones, and how it is told from the others.
 *
 * @param positions where it stands, g × r × 1
 * @param mask 1 there and 0 elsewhere, of the shape of the rows
 */
record Leading(Node positions, Node mask) {

    /** That of each row of x. */
    static Leading of(Node x) {
        Node positions = Choices.argMax(x, Axis.COLUMNS);
        Node mask = Choices.put(
                Ops.ones(positions), Axis.COLUMNS, positions, x.shape().columns());
        return new Leading(positions, mask);
    }

    /** The entry there, of numbers of the shape of the rows. */
    Node take(Node numbers) {
        return Choices.take(numbers, Axis.COLUMNS, positions);
    }

    /** The entries elsewhere, with 0 there. */
    Node others(Node numbers) {
        return Choices.select(mask, Ops.zeros(numbers), numbers);
    }
}
