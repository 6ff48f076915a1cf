package dev.lowland.autodiff.nn;

/**
 * One block of a {@link ConvNet}: convolution → group normalisation or bias → activation → pooling.
 *
 * @param filters channels of its response
 * @param kernel rows and columns of a filter
 * @param stride of the convolution
 * @param padding of the convolution
 * @param groups groups of the normalisation, a divisor of {@code filters}; 0 for a bias instead
 * @param pooling what follows the activation
 */
public record ConvBlock(int filters, int kernel, int stride, int padding, int groups, Pooling pooling) {

    /** What follows the activation of a block. */
    public enum Pooling {
        /** Nothing. */
        NONE,
        /** The mean of 2 × 2 pixels, stride 2. */
        AVERAGE,
        /** The largest of 2 × 2 pixels, stride 2. */
        MAX,
        /** The mean of each plane: one pixel remains. */
        GLOBAL
    }

    /**
     * Checks what does not depend on the image.
     *
     * @throws IllegalArgumentException naming the argument and the rule
     */
    public ConvBlock {
        ModelRules.positive("convnet", "filters", filters);
        ModelRules.positive("convnet", "kernel", kernel);
        if (groups < 0 || (groups > 0 && filters % groups != 0)) {
            throw new IllegalArgumentException("convnet: groups = " + groups + " for " + filters
                    + " filters; rule: a divisor of the filters, or 0");
        }
    }

    /**
     * A block with a bias, stride 1 and padding ⌊kernel/2⌋, which keeps the size of the image if the kernel is odd.
     *
     * @param filters channels of its response
     * @param kernel rows and columns of a filter
     * @return the block, to be changed by the methods below
     */
    public static ConvBlock of(int filters, int kernel) {
        return new ConvBlock(filters, kernel, 1, kernel / 2, 0, Pooling.NONE);
    }

    /**
     * The same block with another stride.
     *
     * @param other steps between neighbouring positions
     * @return a new block
     */
    public ConvBlock withStride(int other) {
        return new ConvBlock(filters, kernel, other, padding, groups, pooling);
    }

    /**
     * The same block with another padding.
     *
     * @param other rows and columns added on every side
     * @return a new block
     */
    public ConvBlock withPadding(int other) {
        return new ConvBlock(filters, kernel, stride, other, groups, pooling);
    }

    /**
     * The same block with group normalisation.
     *
     * @param other number of groups, a divisor of the filters
     * @return a new block
     */
    public ConvBlock withGroupNorm(int other) {
        return new ConvBlock(filters, kernel, stride, padding, other, pooling);
    }

    /**
     * The same block with pooling.
     *
     * @param other what follows the activation
     * @return a new block
     */
    public ConvBlock withPooling(Pooling other) {
        return new ConvBlock(filters, kernel, stride, padding, groups, other);
    }
}
