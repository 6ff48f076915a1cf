package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;

/** The three axes of a stack of matrices. */
public enum Axis {
    /** Which matrix; outermost in memory. */
    GROUPS,
    /** Which row of a matrix. */
    ROWS,
    /** Which column of a matrix; innermost in memory. */
    COLUMNS;

    /**
     * The length of this axis.
     *
     * @param shape a shape
     * @return its length along this axis
     */
    public int length(Shape shape) {
        Checks.notNull("length of an axis", "shape", shape);
        return switch (this) {
            case GROUPS -> shape.groups();
            case ROWS -> shape.rows();
            case COLUMNS -> shape.columns();
        };
    }

    /**
     * A shape with another length along this axis.
     *
     * @param shape a shape
     * @param length the new length
     * @return the changed shape
     */
    public Shape resize(Shape shape, int length) {
        Checks.notNull("resize an axis", "shape", shape);
        return switch (this) {
            case GROUPS -> Shape.of(length, shape.rows(), shape.columns());
            case ROWS -> Shape.of(shape.groups(), length, shape.columns());
            case COLUMNS -> Shape.of(shape.groups(), shape.rows(), length);
        };
    }
}
