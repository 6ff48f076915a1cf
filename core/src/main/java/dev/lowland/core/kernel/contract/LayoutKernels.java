package dev.lowland.core.kernel.contract;

/** Copies that only move entries. {@code out} must not be {@code x}. */
public interface LayoutKernels {

    /** out[(o·n + k)·inner + i] = x[o·inner + i]: repeats along the middle axis. */
    void broadcastMiddle(int outer, int n, int inner, double[] x, double[] out);

    /** out[((g·columns + j)·rows + i)·inner + l] = x[((g·rows + i)·columns + j)·inner + l]: transposes each matrix. */
    void transpose(int outer, int rows, int columns, int inner, double[] x, double[] out);

    /**
     * out[(o·length + k)·inner + i] = x[(o·n + start + k)·inner + i] for k in [0, length): a slice of the middle axis
     * of length n.
     */
    void sliceMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out);

    /**
     * The transpose of the slice: x (outer × length × inner) goes to [start, start + length) of the middle axis of out
     * (length n), the rest of out becomes +0.
     */
    void padMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out);
}
