package dev.lowland.core.kernel.contract;

/**
 * Moving entries by index along the middle axis of outer × n × inner. {@code out} must not be {@code x}. Both twins run
 * the same plain loops.
 *
 * <p>Positions come as an {@code int[]} that holds for all of outer and inner, or as a {@code double[]} of whole
 * numbers of its own for each of them.
 */
public interface IndexKernels {

    /**
     * out[(o·n + start + k)·inner + i] = x[(o·length + k)·inner + i] for k in [0, length): writes a stretch of the
     * middle axis of length n, and leaves the rest of {@code out} as it was.
     */
    void placeMiddle(int outer, int n, int start, int length, int inner, double[] x, double[] out);

    /** out[(o·m + k)·inner + i] = x[(o·n + positions[k])·inner + i] for k in [0, m), m the number of positions. */
    void gatherMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out);

    /**
     * The transpose of the gather: out[(o·n + j)·inner + i] = Σ x[(o·m + k)·inner + i] over the k with positions[k] =
     * j, in increasing k, from +0.
     */
    void scatterMiddle(int outer, int n, int inner, int[] positions, double[] x, double[] out);

    /**
     * out[(o·m + k)·inner + i] = x[(o·n + p)·inner + i] with p = positions[(o·m + k)·inner + i].
     *
     * @throws IllegalArgumentException if a position is not a whole number in [0, n)
     */
    void takeMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out);

    /**
     * The transpose of the take: out[(o·n + j)·inner + i] = Σ x[(o·m + k)·inner + i] over the k with positions[(o·m +
     * k)·inner + i] = j, in increasing k, from +0.
     *
     * @throws IllegalArgumentException if a position is not a whole number in [0, n)
     */
    void putMiddle(int outer, int n, int m, int inner, double[] positions, double[] x, double[] out);

    /**
     * out[o·inner + i] = the k at which x[(o·n + k)·inner + i] is largest, the last of equal ones; the first NaN where
     * there is one. n ≥ 1.
     */
    void argMaxMiddle(int outer, int n, int inner, double[] x, double[] out);
}
