package dev.lowland.core.kernel.contract;

/**
 * Powers entry by entry, for i in [0, n), from the start of each array. {@code out} may be {@code x}. Both twins run
 * the same plain loops.
 */
public interface PowerKernels {

    /** out = 1/√x. */
    void rsqrt(int n, double[] x, double[] out);

    /**
     * out = x^exponent by repeated squaring; a negative exponent gives the reciprocal of the positive power, 0 gives 1.
     */
    void power(int n, int exponent, double[] x, double[] out);
}
