package dev.lowland.core.kernel.vector.image;

import dev.lowland.core.kernel.vector.machine.ScratchPool;

/** What one convolution needs besides its operands. */
public final class VectorConvolutionScratch {
    /** Numbers of images that are laid out for the tiles. */
    static final int IMAGE = 1 << 16;

    /** Terms of a block of sums. */
    static final int TERMS = 1 << 10;

    /** Rows and columns of a block of results that wait for more terms. */
    static final int RESULT_ROWS = 64;

    static final int RESULT_COLUMNS = 512;

    static final ScratchPool<VectorConvolutionScratch> POOL = ScratchPool.of(VectorConvolutionScratch::new);

    /** A vector of zeros, from which sums start. */
    static final double[] ZEROS = new double[8];

    final double[] image = new double[IMAGE + 64];
    final double[] factors = new double[RESULT_ROWS * TERMS];
    final double[] tile = new double[16 * 8];
    final double[] results = new double[RESULT_ROWS * RESULT_COLUMNS];
    final int[] offsets = new int[TERMS];

    private VectorConvolutionScratch() {}
}
