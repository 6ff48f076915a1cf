package dev.lowland.core.fixed;

import dev.lowland.core.check.Checks;
import dev.lowland.core.fixed.Pen.At;

/**
 * x + r, x − r, r − x or x · r entry by entry, where r may repeat along the middle axis and each may begin inside its
 * array: what {@code RepeatKernels} and the kernels of two arrays compute.
 */
public final class FixedPair extends FixedLoop {

    /** The four. */
    public enum Kind {
        /** x + r. */
        ADD,
        /** x − r. */
        SUBTRACT,
        /** r − x. */
        SUBTRACT_FROM,
        /** x · r. */
        MULTIPLY
    }

    private static final int OUT = 2;

    private final Kind kind;
    private final int x;
    private final int turns;
    private final int length;
    private final boolean one;
    private final boolean fits;
    private final int xOffset;
    private final int rOffset;
    private final int outOffset;

    /**
     * x at (o·n + k)·inner + i meets r at o·inner + i.
     *
     * @param kind what is done with both
     * @param xFirst whether x is the first array and r the second, or the other way round
     * @param outer length of the outermost axis, at least 1
     * @param n how often r repeats, at least 1
     * @param inner length of the innermost axis, at least 1
     * @param xOffset first entry of x
     * @param rOffset first entry of r
     * @param outOffset first entry of the result, which may be x, and r where it does not repeat
     */
    public FixedPair(Kind kind, boolean xFirst, int outer, int n, int inner, int xOffset, int rOffset, int outOffset) {
        this.kind = Checks.notNull("fixed pair", "kind", kind);
        this.x = xFirst ? 0 : 1;
        this.fits = outer == 1 || n == 1;
        // r is one row for all turns, or one number for the only turn.
        this.one = n > 1 && inner == 1;
        this.turns = one || n == 1 ? 1 : n;
        this.length = n == 1 ? outer * inner : one ? n : inner;
        this.xOffset = xOffset;
        this.rOffset = rOffset;
        this.outOffset = outOffset;
    }

    @Override
    public int arrays() {
        return 3;
    }

    @Override
    boolean suits(int width) {
        int vectors = length < width ? length : (length + width - 1) / width;
        return fits && length > 0 && vectors <= 2 * HELD;
    }

    @Override
    void write(Pen given) {
        Pen pen = length < given.width() ? given.scalar() : given;
        int[] starts = starts(length, pen.width());
        At[] from = {Pen.at(xOffset), Pen.at(outOffset)};
        pen.loop(turns, from, new int[] {length, length}, at -> {
            int r = pen.take();
            if (one) {
                pen.spread(1 - x, Pen.at(rOffset), r);
            }
            int[] values = pen.take(starts.length);
            for (int v = 0; v < starts.length; v++) {
                pen.load(x, at[0].plus(starts[v]), values[v]);
                if (!one) {
                    pen.load(1 - x, Pen.at(rOffset + starts[v]), r);
                }
                apply(pen, values[v], r);
            }
            for (int v = 0; v < starts.length; v++) {
                pen.store(values[v], OUT, at[1].plus(starts[v]));
            }
        });
    }

    private void apply(Pen pen, int value, int r) {
        switch (kind) {
            case ADD -> pen.add(value, r, value);
            case SUBTRACT -> pen.subtract(value, r, value);
            case SUBTRACT_FROM -> pen.subtract(r, value, value);
            case MULTIPLY -> pen.multiply(value, r, value);
        }
    }
}
