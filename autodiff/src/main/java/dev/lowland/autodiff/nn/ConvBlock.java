package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.OptionalInt;

/**
 * One block of a {@link ConvNet}: convolution → group normalisation or bias → activation → pooling.
 *
 * @param filters channels of its response
 * @param size rows and columns of a filter
 * @param stride of the convolution
 * @param padding of the convolution
 * @param groups groups of the normalisation, a divisor of {@code filters}; empty for a bias instead
 * @param pooling what follows the activation
 */
public record ConvBlock(int filters, int size, int stride, int padding, OptionalInt groups, Pooling pooling) {

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
        Checks.notNull("convnet", "groups", groups);
        Checks.notNull("convnet", "pooling", pooling);
        ModelRules.positive("convnet", "filters", filters);
        ModelRules.positive("convnet", "size of a filter", size);
        groups.ifPresent(count -> ModelRules.divisor("convnet", count, filters));
    }

    /**
     * A block with a bias, stride 1 and padding ⌊size/2⌋, which keeps the size of the image if that of a filter is odd.
     *
     * @param filters channels of its response
     * @param size rows and columns of a filter
     * @return the block, to be changed by the methods below
     */
    public static ConvBlock of(int filters, int size) {
        return new ConvBlock(filters, size, 1, size / 2, OptionalInt.empty(), Pooling.NONE);
    }

    /**
     * The same block with another stride.
     *
     * @param other steps between neighbouring positions
     * @return a new block
     */
    public ConvBlock withStride(int other) {
        return new ConvBlock(filters, size, other, padding, groups, pooling);
    }

    /**
     * The same block with another padding.
     *
     * @param other rows and columns added on every side
     * @return a new block
     */
    public ConvBlock withPadding(int other) {
        return new ConvBlock(filters, size, stride, other, groups, pooling);
    }

    /**
     * The same block with group normalisation.
     *
     * @param other number of groups, a divisor of the filters
     * @return a new block
     */
    public ConvBlock withGroupNorm(int other) {
        return new ConvBlock(filters, size, stride, padding, OptionalInt.of(other), pooling);
    }

    /**
     * The same block with pooling.
     *
     * @param other what follows the activation
     * @return a new block
     */
    public ConvBlock withPooling(Pooling other) {
        return new ConvBlock(filters, size, stride, padding, groups, other);
    }
}
