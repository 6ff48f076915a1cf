package dev.lowland.core.kernel.contract;

/**
 * Arithmetic with values that repeat along the middle axis, and with values that begin inside their arrays: with x at
 * (o·n + k)·inner + i and r at o·inner + i, each from its offset on, the result goes to (o·n + k)·inner + i of
 * {@code out}, from its offset on. With n = 1 nothing repeats. {@code out} may be {@code x} from the same offset on;
 * with n = 1 it may be {@code r} in the same way.
 */
public interface RepeatKernels {

    /** out = x + r. */
    void addRepeated(
            int outer, int n, int inner, double[] x, int xOffset, double[] r, int rOffset, double[] out, int outOffset);

    /** out = x·r. */
    void multiplyRepeated(
            int outer, int n, int inner, double[] x, int xOffset, double[] r, int rOffset, double[] out, int outOffset);

    /** out = x − r. */
    void subtractRepeated(
            int outer, int n, int inner, double[] x, int xOffset, double[] r, int rOffset, double[] out, int outOffset);

    /** out = r − x. */
    void subtractFromRepeated(
            int outer, int n, int inner, double[] x, int xOffset, double[] r, int rOffset, double[] out, int outOffset);
}
