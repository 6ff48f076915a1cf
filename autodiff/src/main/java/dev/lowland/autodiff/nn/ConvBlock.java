package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final ModelField<Integer> FILTERS = ModelField.size("filters");
    private static final ModelField<Integer> KERNEL = ModelField.size("kernel");
    private static final ModelField<Integer> STRIDE = ModelField.size("stride").or(1);
    private static final ModelField<Optional<Integer>> PADDING =
            ModelField.wholeNumber("padding", 0).optional();
    private static final ModelField<Optional<Integer>> GROUPS =
            ModelField.size("groups").optional();
    private static final ModelField<Optional<Integer>> CHANNELS_PER_GROUP =
            ModelField.size("channelsPerGroup").optional();
    private static final ModelField<Pooling> POOLING = ModelField.oneOf(
                    "pooling", Pooling.values(), pooling -> pooling.name().toLowerCase(Locale.ROOT))
            .or(Pooling.NONE);

    /** What files say of a block. */
    static final List<ModelField<?>> FIELDS =
            List.of(FILTERS, KERNEL, STRIDE, PADDING, GROUPS, CHANNELS_PER_GROUP, POOLING);

    static ConvBlock fromFields(GivenFields given) {
        ConvBlock block = of(given.get(FILTERS), given.get(KERNEL)).withStride(given.get(STRIDE));
        block = given.get(PADDING).map(block::withPadding).orElse(block);
        Optional<Integer> groups = given.get(GROUPS);
        Optional<Integer> channels = given.get(CHANNELS_PER_GROUP);
        ModelRules.eitherGroups(given, groups, channels);
        block = groups.map(block::withGroupNorm).orElse(block);
        block = channels.map(block::withChannelsPerGroup).orElse(block);
        return block.withPooling(given.get(POOLING));
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
     * The same block with group normalisation, whose groups have so many channels.
     *
     * @param channels of a group, a divisor of the filters
     * @return a new block
     * @throws IllegalArgumentException if it is no divisor of them
     */
    public ConvBlock withChannelsPerGroup(int channels) {
        return withGroupNorm(ModelRules.groupsOf("convnet", channels, filters));
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
