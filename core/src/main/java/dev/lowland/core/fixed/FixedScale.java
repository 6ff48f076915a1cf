package dev.lowland.core.fixed;

/**
 * out = factor · x, or out += factor · x with two roundings: what the kernels {@code scale} and {@code axpy} compute.
 */
public final class FixedScale extends FixedLoop {

    private static final int OUT = 1;

    private final boolean add;
    private final int n;
    private final double factor;
    private final int xOffset;
    private final int outOffset;

    /**
     * A multiple of an array.
     *
     * @param add whether it is added to the result instead of replacing it
     * @param n numbers, at least 1
     * @param factor what they are multiplied by
     * @param xOffset first entry of x
     * @param outOffset first entry of the result, which may be x
     */
    public FixedScale(boolean add, int n, double factor, int xOffset, int outOffset) {
        this.add = add;
        this.n = n;
        this.factor = factor;
        this.xOffset = xOffset;
        this.outOffset = outOffset;
    }

    @Override
    public int arrays() {
        return 2;
    }

    @Override
    boolean suits(int width) {
        int vectors = n < width ? n : (n + width - 1) / width;
        return n > 0 && vectors <= 2 * HELD;
    }

    @Override
    void write(Pen given) {
        Pen pen = n < given.width() ? given.scalar() : given;
        int[] starts = starts(n, pen.width());
        int by = pen.take();
        int there = pen.take();
        pen.constant(factor, by);
        int[] values = pen.take(starts.length);
        for (int v = 0; v < starts.length; v++) {
            pen.load(0, Pen.at(xOffset + starts[v]), values[v]);
            pen.multiply(values[v], by, values[v]);
            if (add) {
                pen.load(OUT, Pen.at(outOffset + starts[v]), there);
                pen.add(there, values[v], values[v]);
            }
        }
        for (int v = 0; v < starts.length; v++) {
            pen.store(values[v], OUT, Pen.at(outOffset + starts[v]));
        }
    }
}
