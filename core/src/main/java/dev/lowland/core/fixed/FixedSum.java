package dev.lowland.core.fixed;

import dev.lowland.core.fixed.Pen.At;

/**
 * Sums of n rows, or of n numbers: what the kernel {@code sumMiddle} computes with an outer length of 1. Rows are added
 * in turn from +0; numbers in the eight partial sums of {@code ReductionKernels}.
 */
public final class FixedSum extends FixedLoop {

    /** Partial sums. */
    private static final int PARTS = 8;

    private final int n;
    private final int inner;

    /**
     * The sum over the first axis.
     *
     * @param n rows, at least 1
     * @param inner numbers in a row, at least 1
     */
    public FixedSum(int n, int inner) {
        this.n = n;
        this.inner = inner;
    }

    @Override
    public int arrays() {
        return 2;
    }

    @Override
    boolean suits(int width) {
        if (inner == 1) {
            return n > 0 && n <= 4 * PARTS;
        }
        int vectors = inner < width ? inner : (inner + width - 1) / width;
        return n > 0 && vectors <= HELD;
    }

    @Override
    void write(Pen given) {
        if (inner == 1) {
            numbers(given.scalar());
            return;
        }
        Pen pen = inner < given.width() ? given.scalar() : given;
        int[] starts = starts(inner, pen.width());
        int[] sums = pen.take(starts.length);
        int term = pen.take();
        for (int sum : sums) {
            pen.constant(0, sum);
        }
        int turns = n * starts.length <= STRAIGHT ? 1 : n;
        pen.loop(turns, new At[] {Pen.at(0)}, new int[] {inner}, at -> {
            for (int k = 0; k < n / turns; k++) {
                for (int v = 0; v < starts.length; v++) {
                    pen.load(0, at[0].plus(k * inner + starts[v]), term);
                    pen.add(sums[v], term, sums[v]);
                }
            }
        });
        for (int v = 0; v < starts.length; v++) {
            pen.store(sums[v], 1, Pen.at(starts[v]));
        }
    }

    private void numbers(Pen pen) {
        int[] p = pen.take(PARTS);
        int term = pen.take();
        for (int part : p) {
            pen.constant(0, part);
        }
        int block = n - n % PARTS;
        for (int k = 0; k < block; k++) {
            pen.load(0, Pen.at(k), term);
            pen.add(p[k % PARTS], term, p[k % PARTS]);
        }
        for (int distance = PARTS / 2; distance > 0; distance /= 2) {
            for (int i = 0; i < distance; i++) {
                pen.add(p[i], p[i + distance], p[i]);
            }
        }
        for (int k = block; k < n; k++) {
            pen.load(0, Pen.at(k), term);
            pen.add(p[0], term, p[0]);
        }
        pen.store(p[0], 1, Pen.at(0));
    }
}
