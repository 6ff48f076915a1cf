package dev.lowland.core.kernel.contract;

/** A function and its slope by one loop, for i in [0, n), from the start of each array. */
public interface SlopeKernels {

    /**
     * out = tanh x and slope = sech² x, with the bits of {@link ElementwiseKernels#tanh} and
     * {@link ElementwiseKernels#sechSquare}, by one exponential. {@code out} may be {@code x}; {@code slope} is another
     * array.
     */
    void tanhAndSlope(int n, double[] x, double[] out, double[] slope);
}
