package dev.lowland.core.kernel.vector.image;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What one convolution needs besides its operands, kept between calls as by {@code ScratchPool}. */
public final class VectorConvolutionScratch {
    /** Numbers of images that are laid out for the tiles. */
    static final int IMAGE = 1 << 16;

    /** Terms of a block of sums. */
    static final int TERMS = 1 << 10;

    /** Rows and columns of a block of results that wait for more terms. */
    static final int RESULT_ROWS = 64;

    static final int RESULT_COLUMNS = 512;

    private static final AtomicReferenceArray<@Nullable VectorConvolutionScratch> POOL =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    final double[] image = new double[IMAGE + 64];
    final double[] factors = new double[RESULT_ROWS * TERMS];
    final double[] tile = new double[16 * 8];
    final double[] results = new double[RESULT_ROWS * RESULT_COLUMNS];
    final int[] offsets = new int[TERMS];

    private VectorConvolutionScratch() {}

    /** One with unknown contents. */
    static VectorConvolutionScratch take() {
        for (int i = 0; i < POOL.length(); i++) {
            VectorConvolutionScratch scratch = POOL.getAndSet(i, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return new VectorConvolutionScratch();
    }

    /** Gives it back, which the caller must not touch again. */
    void give() {
        for (int i = 0; i < POOL.length(); i++) {
            if (POOL.compareAndSet(i, null, this)) {
                return;
            }
        }
    }
}
