package dev.lowland.core.fixed;

/**
 * An inner loop of which all sizes and offsets are known, so that it can be written down as straight code. Immutable.
 * What it computes has the bits of the kernel that computes the same.
 */
public abstract sealed class FixedLoop permits FixedProduct, FixedPair, FixedScale, FixedSum {

    /**
     * Up to so many operations are written one after the other; more go round a loop. Longer code is no faster, and the
     * JVM's first compiler refuses it, so that it would be interpreted for long.
     */
    static final int STRAIGHT = 64;

    /** Up to so many vectors of a row are held in registers at a time. */
    static final int HELD = 8;

    FixedLoop() {}

    /**
     * Arrays it takes: those that are read, then the one that is written.
     *
     * @return their number
     */
    public abstract int arrays();

    /** Whether it can be written for vectors of so many numbers, and is short enough to be worth it. */
    abstract boolean suits(int width);

    /** Writes the body of a method whose arguments are the arrays. */
    abstract void write(Pen pen);

    /** Where the vectors of a row of n ≥ width numbers begin: side by side, the last one at the end. */
    static int[] starts(int n, int width) {
        int[] starts = new int[(n + width - 1) / width];
        for (int v = 0; v < starts.length; v++) {
            starts[v] = Math.min(v * width, n - width);
        }
        return starts;
    }
}
