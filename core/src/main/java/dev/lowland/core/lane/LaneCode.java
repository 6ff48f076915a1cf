package dev.lowland.core.lane;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arithmetic that every lane goes through, taken down one operation at a time. Each method returns the name of a
 * value, a number that later operations take. Entry e of lane l of an array is at [offset + e·lanes + l].
 *
 * <p>Equal operations on equal values are one value, and operations on constants are done at once. Stores happen after
 * everything else, in the order written; what no store needs is left out.
 *
 * <p>Mutable, for one thread; {@link #compile} takes what is there.
 */
public final class LaneCode {

    /**
     * One operation.
     *
     * @param operation what it does
     * @param left the first value, or the number of an array
     * @param right the second value, or an entry
     * @param addend the value that is added to a product, else the second value again
     * @param number of a constant, else 0
     */
    record Instruction(LaneOperation operation, int left, int right, int addend, double number) {
        Instruction(LaneOperation operation, int left, int right, double number) {
            this(operation, left, right, right, number);
        }
    }

    /**
     * One store.
     *
     * @param array number of the array
     * @param entry where in it
     * @param value what
     */
    record Store(int array, int entry, int value) {}

    /**
     * The largest {@link #size()} that can be compiled: the method that comes of it is short enough for HotSpot's
     * compilers, which leave alone what is longer.
     */
    public static final int LARGEST = 400;

    private final int lanes;
    private final int arrays;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Instruction, Integer> known = new HashMap<>();
    private final List<Store> stores = new ArrayList<>();

    private LaneCode(int lanes, int arrays) {
        this.lanes = lanes;
        this.arrays = arrays;
    }

    /**
     * No operations yet.
     *
     * @param lanes how many lanes lie side by side, at least 1
     * @param arrays how many arrays the code may read and write, at least 1
     * @return the code
     * @throws IllegalArgumentException if a number is too small
     */
    public static LaneCode of(int lanes, int arrays) {
        Checks.atLeast("LaneCode.of", "lanes", lanes, 1);
        Checks.atLeast("LaneCode.of", "arrays", arrays, 1);
        return new LaneCode(lanes, arrays);
    }

    /**
     * The number at an entry of an array.
     *
     * @param array which array
     * @param entry which entry
     * @return the value
     * @throws IllegalArgumentException if there is no such array, or the entry is negative
     */
    public int load(int array, int entry) {
        checkPlace("load", array, entry);
        return value(new Instruction(LaneOperation.LOAD, array, entry, 0));
    }

    /**
     * The numbers at the first entries of an array.
     *
     * @param array which array
     * @param count how many
     * @return the values
     * @throws IllegalArgumentException if there is no such array
     */
    public int[] loadAll(int array, int count) {
        Checks.inRange("lane code", "count", count, 0, LARGEST);
        int[] values = new int[count];
        for (int e = 0; e < count; e++) {
            values[e] = load(array, e);
        }
        return values;
    }

    /**
     * A constant.
     *
     * @param number any, NaN included
     * @return the value
     */
    public int constant(double number) {
        return value(new Instruction(LaneOperation.CONSTANT, 0, 0, number));
    }

    /**
     * Whether a value is a constant.
     *
     * @param value a value
     * @return true if it is the same in every lane and every run
     * @throws IllegalArgumentException if there is no such value
     */
    public boolean isConstant(int value) {
        checkValue("isConstant", value);
        return instructions.get(value).operation() == LaneOperation.CONSTANT;
    }

    /**
     * x + y.
     *
     * @param x a value
     * @param y a value
     * @return the sum
     */
    public int add(int x, int y) {
        return arithmetic(LaneOperation.ADD, x, y);
    }

    /**
     * x − y.
     *
     * @param x a value
     * @param y a value
     * @return the difference
     */
    public int subtract(int x, int y) {
        return arithmetic(LaneOperation.SUBTRACT, x, y);
    }

    /**
     * x · y.
     *
     * @param x a value
     * @param y a value
     * @return the product
     */
    public int multiply(int x, int y) {
        return arithmetic(LaneOperation.MULTIPLY, x, y);
    }

    /**
     * x · y + z with one rounding.
     *
     * @param x a value
     * @param y a value
     * @param z a value
     * @return what Java's {@link Math#fma(double, double, double)} gives
     */
    public int fma(int x, int y, int z) {
        return arithmetic(LaneOperation.FMA, x, y, z);
    }

    /**
     * x / y.
     *
     * @param x a value
     * @param y a value
     * @return the quotient
     */
    public int divide(int x, int y) {
        return arithmetic(LaneOperation.DIVIDE, x, y);
    }

    /**
     * √x.
     *
     * @param x a value
     * @return the root
     */
    public int sqrt(int x) {
        return arithmetic(LaneOperation.SQRT, x, x);
    }

    /**
     * |x|.
     *
     * @param x a value
     * @return the magnitude
     */
    public int abs(int x) {
        return arithmetic(LaneOperation.ABS, x, x);
    }

    /**
     * Writes a value to an entry of an array, after everything has been read.
     *
     * @param array which array
     * @param entry which entry
     * @param value what
     * @throws IllegalArgumentException if there is no such array or value, or the entry is negative
     */
    public void store(int array, int entry, int value) {
        checkPlace("store", array, entry);
        checkValue("store", value);
        stores.add(new Store(array, entry, value));
    }

    /**
     * Number of loads, operations and stores of a lane; what is not needed does not count.
     *
     * @return a measure of the work, and of the size of what {@link #compile} makes
     */
    public int size() {
        boolean[] used = used();
        int count = stores.size();
        for (int i = 0; i < used.length; i++) {
            if (used[i] && instructions.get(i).operation() != LaneOperation.CONSTANT) {
                count++;
            }
        }
        return count;
    }

    /**
     * How many lanes lie side by side.
     *
     * @return the lanes, at least 1
     */
    public int lanes() {
        return lanes;
    }

    /**
     * How many arrays the code may read and write.
     *
     * @return the number of arrays, at least 1
     */
    public int arrays() {
        return arrays;
    }

    /**
     * How many entries of an array the code knows of.
     *
     * @param array which array
     * @return one more than the last entry that is read or written; 0 if none is
     * @throws IllegalArgumentException if there is no such array
     */
    public int entries(int array) {
        Checks.index("LaneCode.entries", "array", array, arrays);
        int entries = 0;
        for (Instruction instruction : instructions) {
            if (instruction.operation() == LaneOperation.LOAD && instruction.left() == array) {
                entries = Math.max(entries, instruction.right() + 1);
            }
        }
        for (Store store : stores) {
            if (store.array() == array) {
                entries = Math.max(entries, store.entry() + 1);
            }
        }
        return entries;
    }

    /**
     * Makes it ready to run.
     *
     * @param width numbers in a vector: 8, 4 or 2 with the Vector API, which must then be there; 1 for plain doubles
     * @return the loop
     * @throws IllegalArgumentException for another width, or if the code is too long for a method
     */
    public LaneLoop compile(int width) {
        return new LaneAssembler(this, width).assemble();
    }

    List<Instruction> instructions() {
        return instructions;
    }

    List<Store> stores() {
        return stores;
    }

    /** Which values some store needs. */
    boolean[] used() {
        boolean[] used = new boolean[instructions.size()];
        for (Store store : stores) {
            used[store.value()] = true;
        }
        for (int i = used.length - 1; i >= 0; i--) {
            Instruction instruction = instructions.get(i);
            if (used[i] && instruction.operation().isArithmetic()) {
                used[instruction.left()] = true;
                used[instruction.right()] = true;
                used[instruction.addend()] = true;
            }
        }
        return used;
    }

    private int arithmetic(LaneOperation operation, int x, int y) {
        return arithmetic(operation, x, y, y);
    }

    private int arithmetic(LaneOperation operation, int x, int y, int z) {
        checkValue(operation.name(), x);
        checkValue(operation.name(), y);
        checkValue(operation.name(), z);
        Instruction left = instructions.get(x);
        Instruction right = instructions.get(y);
        Instruction addend = instructions.get(z);
        if (left.operation() == LaneOperation.CONSTANT
                && right.operation() == LaneOperation.CONSTANT
                && addend.operation() == LaneOperation.CONSTANT) {
            return constant(operation.apply(left.number(), right.number(), addend.number()));
        }
        return value(new Instruction(operation, x, y, z, 0));
    }

    private int value(Instruction instruction) {
        return known.computeIfAbsent(instruction, added -> {
            instructions.add(added);
            return instructions.size() - 1;
        });
    }

    private void checkPlace(String operation, int array, int entry) {
        Checks.index("LaneCode." + operation, "array", array, arrays);
        Checks.atLeast("LaneCode." + operation, "entry", entry, 0);
    }

    private void checkValue(String operation, int value) {
        Checks.index("LaneCode." + operation, "value", value, instructions.size());
    }
}
