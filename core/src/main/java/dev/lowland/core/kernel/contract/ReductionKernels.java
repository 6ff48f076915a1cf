package dev.lowland.core.kernel.contract;

/**
 * Sums in one fixed order.
 *
 * <p>The order of a sum over n contiguous terms: with m = 8·⌊n/8⌋, partial sum p (p = 0..7) starts at +0 and takes the
 * terms p, p + 8, p + 16, … below m in turn; the total is ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7)), to which
 * the terms from m on are added one after the other. Both twins follow it, so their sums have the same bits. A
 * {@code dot} is that sum of the rounded products: no fused multiply-add.
 */
public interface ReductionKernels {

    /** Σ x[xOffset + i] y[yOffset + i] over i in [0, n), in the fixed order. */
    double dot(int n, double[] x, int xOffset, double[] y, int yOffset);

    /** Σ x[xOffset + i] over i in [0, n), in the fixed order. */
    double sum(int n, double[] x, int xOffset);

    /**
     * out[o·inner + i] = Σ_k x[(o·n + k)·inner + i]: sums over the middle axis. With inner = 1 each sum has the fixed
     * order; otherwise the terms are added in increasing k, from +0. {@code out} must not be {@code x}.
     */
    void sumMiddle(int outer, int n, int inner, double[] x, double[] out);

    /**
     * The same as {@link #sumMiddle} with inner = 1, for many lanes: out[o·lanes + l] = Σ_k x[(o·n + k)·lanes + l],
     * every lane in the fixed order, so that a lane has the bits of the single run.
     */
    void sumLanes(int outer, int n, int lanes, double[] x, double[] out);
}
