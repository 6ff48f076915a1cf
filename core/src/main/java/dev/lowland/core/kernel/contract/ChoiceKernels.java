package dev.lowland.core.kernel.contract;

/**
 * Comparing and choosing entry by entry, for i in [0, n), from the start of each array. {@code out} may be one of the
 * inputs. Both twins run the same plain loops.
 */
public interface ChoiceKernels {

    /** out = 1 where x &gt; y, 0 where x ≤ y, NaN where either is NaN. */
    void greater(int n, double[] x, double[] y, double[] out);

    /** out = y where the mask is 0, NaN where it is NaN, x elsewhere: the bits of the one that is chosen. */
    void select(int n, double[] mask, double[] x, double[] y, double[] out);
}
