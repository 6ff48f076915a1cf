package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Shape;

/**
 * The memory of a value seen as outer × n × inner, row-major, so that one axis is the middle one.
 *
 * @param outer product of the axes before it
 * @param n its length
 * @param inner product of the axes after it
 */
record View(int outer, int n, int inner) {

    /** The view whose middle axis is the given axis of a shape. */
    static View of(Shape shape, Axis axis) {
        return switch (axis) {
            case GROUPS -> new View(1, shape.groups(), shape.matrixSize());
            case ROWS -> new View(shape.groups(), shape.rows(), shape.columns());
            case COLUMNS -> new View(shape.groups() * shape.rows(), shape.columns(), 1);
        };
    }

    /** Entries in it. */
    int size() {
        return outer * n * inner;
    }

    /** The view of a stack of such values. */
    View stacked(int count) {
        return new View(Shape.of(outer, 1, 1).stacked(count).groups(), n, inner);
    }

    @Override
    public String toString() {
        return outer + "·" + n + "·" + inner;
    }
}
