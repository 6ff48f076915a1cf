package dev.lowland.core.lane;

/**
 * How the numbers of some lanes are written in bytecode: as one double or as one vector. Each method adds instructions
 * to a method.
 */
interface LaneNotation {

    /** Slots of a local variable. */
    int slots();

    /** Leaves a constant on the stack. */
    void constant(double number);

    /** Leaves what an array has on the stack. */
    void load(Runnable address);

    /** Takes the operands of an operation from the stack and leaves its value there. */
    void apply(LaneOperation operation);

    /** Leaves a local variable on the stack. */
    void recall(int place);

    /** Takes the top of the stack to a local variable. */
    void keep(int place);

    /** Writes a local variable to an array. {@code address} leaves the array and an index on the stack. */
    void store(int place, Runnable address);
}
