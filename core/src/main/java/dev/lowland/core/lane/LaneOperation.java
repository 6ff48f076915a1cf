package dev.lowland.core.lane;

import org.jspecify.annotations.Nullable;

/** What one instruction of {@link LaneCode} does. */
enum LaneOperation {
    /** The number of the lane at an entry of an array. */
    LOAD(null),
    /** The same number in every lane. */
    CONSTANT(null),
    /** x + y. */
    ADD((x, y, z) -> x + y),
    /** x − y. */
    SUBTRACT((x, y, z) -> x - y),
    /** x · y. */
    MULTIPLY((x, y, z) -> x * y),
    /** x · y + z with one rounding. */
    FMA(Math::fma),
    /** x / y. */
    DIVIDE((x, y, z) -> x / y),
    /** √x. */
    SQRT((x, y, z) -> Math.sqrt(x)),
    /** |x|. */
    ABS((x, y, z) -> Math.abs(x));

    /** What it computes of at most three numbers. */
    private interface Function {
        double apply(double x, double y, double z);
    }

    private final @Nullable Function function;

    LaneOperation(@Nullable Function function) {
        this.function = function;
    }

    /** Whether it computes something. */
    boolean isArithmetic() {
        return function != null;
    }

    /** How many numbers it takes. */
    int arity() {
        return switch (this) {
            case LOAD, CONSTANT -> 0;
            case SQRT, ABS -> 1;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> 2;
            case FMA -> 3;
        };
    }

    /** Its value; what it does not take is ignored. */
    double apply(double x, double y, double z) {
        if (function == null) {
            throw new IllegalStateException(this + " computes nothing");
        }
        return function.apply(x, y, z);
    }
}
