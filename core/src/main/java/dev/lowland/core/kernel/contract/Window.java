package dev.lowland.core.kernel.contract;

import dev.lowland.core.check.Checks;

/**
 * A window that slides over an image: the geometry of convolution and pooling.
 *
 * <p>An image plane is height × width, row-major: pixel (y, x) is entry y·width + x. Output position (oy, ox) sees the
 * pixels (oy·stride + ky − padding, ox·stride + kx − padding) for the taps 0 ≤ ky &lt; filterHeight, 0 ≤ kx &lt;
 * filterWidth; what lies outside the image is padding. There are ⌊(height + 2·padding − filterHeight)/stride⌋ + 1
 * output rows, and columns likewise.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param filterHeight rows of the window
 * @param filterWidth columns of the window
 * @param stride steps between neighbouring output positions, both ways
 * @param padding rows and columns added on every side
 */
public record Window(int height, int width, int filterHeight, int filterWidth, int stride, int padding) {

    /**
     * Checks that every position of the window sees at least one pixel.
     *
     * @throws IllegalArgumentException naming the argument and the rule
     */
    public Window {
        rule(height >= 1 && width >= 1, "height × width", height + "×" + width, "at least 1×1");
        rule(
                (long) height * width <= Integer.MAX_VALUE,
                "height × width",
                height + "×" + width,
                "at most " + Integer.MAX_VALUE + " pixels");
        rule(filterHeight >= 1 && filterWidth >= 1, "filter", filterHeight + "×" + filterWidth, "at least 1×1");
        rule(stride >= 1, "stride", "" + stride, "at least 1");
        rule(
                padding >= 0 && padding < Math.min(filterHeight, filterWidth),
                "padding",
                "" + padding,
                "at least 0 and below the filter's shorter side");
        rule(
                filterHeight <= height + 2L * padding && filterWidth <= width + 2L * padding,
                "filter",
                filterHeight + "×" + filterWidth,
                "at most the padded image, " + (height + 2L * padding) + "×" + (width + 2L * padding));
    }

    /**
     * A square window without padding that moves one pixel at a time.
     *
     * @param height rows of the image
     * @param width columns of the image
     * @param size rows and columns of the window
     * @return the window
     */
    public static Window of(int height, int width, int size) {
        return new Window(height, width, size, size, 1, 0);
    }

    /**
     * The same window with another stride.
     *
     * @param other steps between neighbouring output positions
     * @return a new window
     */
    public Window withStride(int other) {
        return new Window(height, width, filterHeight, filterWidth, other, padding);
    }

    /**
     * The same window with another padding.
     *
     * @param other rows and columns added on every side
     * @return a new window
     */
    public Window withPadding(int other) {
        return new Window(height, width, filterHeight, filterWidth, stride, other);
    }

    /**
     * Rows of the output.
     *
     * @return ⌊(height + 2·padding − filterHeight)/stride⌋ + 1
     */
    public int outputHeight() {
        return positions(height, filterHeight);
    }

    /**
     * Columns of the output.
     *
     * @return ⌊(width + 2·padding − filterWidth)/stride⌋ + 1
     */
    public int outputWidth() {
        return positions(width, filterWidth);
    }

    /**
     * Pixels of an image plane.
     *
     * @return height · width
     */
    public int inputSize() {
        return height * width;
    }

    /**
     * Pixels of an output plane.
     *
     * @return outputHeight · outputWidth
     * @throws IllegalArgumentException if that is more than an array holds
     */
    public int outputSize() {
        return product("the number of positions", outputHeight(), outputWidth());
    }

    /**
     * Taps of the window.
     *
     * @return filterHeight · filterWidth
     * @throws IllegalArgumentException if that is more than an array holds
     */
    public int filterSize() {
        return product("the number of taps", filterHeight, filterWidth);
    }

    private static int product(String what, int height, int width) {
        long product = (long) height * width;
        Checks.atMost("window", what, product, Integer.MAX_VALUE);
        return (int) product;
    }

    private int positions(int length, int size) {
        return (int) ((length + 2L * padding - size) / stride) + 1;
    }

    private static void rule(boolean holds, String argument, String value, String rule) {
        if (!holds) {
            throw Checks.error("window", argument, value, rule);
        }
    }

    @Override
    public String toString() {
        return filterHeight + "×" + filterWidth + " on " + height + "×" + width + ", stride " + stride + ", padding "
                + padding;
    }
}
