package dev.lowland.core.lane;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** What one instruction of {@link LaneCode} does. */
enum LaneOperation {
    /** The number of the lane at an entry of an array. */
    LOAD(null),
    /** The same number in every lane. */
    CONSTANT(null),
    /** x + y. */
    ADD((x, y) -> x + y),
    /** x − y. */
    SUBTRACT((x, y) -> x - y),
    /** x · y. */
    MULTIPLY((x, y) -> x * y),
    /** x / y. */
    DIVIDE((x, y) -> x / y),
    /** √x. */
    SQRT((x, unused) -> Math.sqrt(x)),
    /** |x|. */
    ABS((x, unused) -> Math.abs(x));

    private final @Nullable DoubleBinaryOperator function;

    LaneOperation(@Nullable DoubleBinaryOperator function) {
        this.function = function;
    }

    /** Whether it computes something. */
    boolean isArithmetic() {
        return function != null;
    }

    /** Whether it takes one number. */
    boolean isUnary() {
        return this == SQRT || this == ABS;
    }

    /** Its value on two numbers, of which a unary one ignores the second. */
    double apply(double x, double y) {
        if (function == null) {
            throw new IllegalStateException(this + " computes nothing");
        }
        return function.applyAsDouble(x, y);
    }
}
