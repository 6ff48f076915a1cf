package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.Window;

/**
 * Functions of images. A batch of B images with C channels of H × W pixels is a stack B × C × (H·W): an image a group,
 * a channel a row, pixel (y, x) in column y·W + x. In memory that is the usual order batch, channel, row, column, so a
 * matrix of one flattened image a row only needs {@link Ops#reshape}. H and W are stated by the {@link Window}.
 */
public final class Images {
    private Images() {}

    /**
     * The response of images to filters, y(b, F, q) = Σ_{C, k} f(F, C, k) x(b, C, p), with p the pixel that tap k sees
     * from output position q. (As usual in networks, the filter is not mirrored.)
     *
     * @param images x, B × C × inputSize
     * @param filters f, 1 × F × (C·filterSize): a filter a row, its taps channel by channel, row by row. Or several
     *     banks G × F × (C·filterSize) with G dividing B, each of which serves B/G images in a row.
     * @param window size of the images, of the filter, stride and padding
     * @return B × F × outputSize
     */
    public static Node convolve(Node images, Node filters, Window window) {
        return images.graph().apply(new Convolve(window), images, filters);
    }

    /**
     * From responses back to images, x(b, C, p) = Σ f(F, C, k) y(b, F, q) over the filters, taps and positions that see
     * p: the transpose of the convolution in its images.
     *
     * @param responses y, B × F × outputSize
     * @param filters f, as in {@link #convolve}
     * @param window as in {@link #convolve}
     * @return B × C × inputSize
     */
    public static Node convolveToImage(Node responses, Node filters, Window window) {
        return responses.graph().apply(new ConvolveToImage(window), responses, filters);
    }

    /**
     * From images and responses to filters, f(F, C, k) = Σ_{b, q} x(b, C, p) y(b, F, q): the transpose of the
     * convolution in its filters.
     *
     * @param images x, B × C × inputSize
     * @param responses y, B × F × outputSize
     * @param window as in {@link #convolve}
     * @return 1 × F × (C·filterSize)
     */
    public static Node convolveToFilters(Node images, Node responses, Window window) {
        return images.graph().apply(new ConvolveToFilters(window, 1), images, responses);
    }

    /**
     * The mean of what the window sees, padding counted as 0: y(b, C, q) = Σ_p x(b, C, p) / filterSize.
     *
     * @param images x, B × C × inputSize
     * @param window size of the images, of the window, stride and padding
     * @return B × C × outputSize
     */
    public static Node averagePool(Node images, Window window) {
        return Ops.scale(sumPool(images, window), 1.0 / window.filterSize());
    }

    /**
     * The sum of what the window sees, y(b, C, q) = Σ_p x(b, C, p).
     *
     * @param images x, B × C × inputSize
     * @param window size of the images, of the window, stride and padding
     * @return B × C × outputSize
     */
    public static Node sumPool(Node images, Window window) {
        return images.graph().apply(new SumWindows(window), images);
    }

    /**
     * The largest of what the window sees inside the image, y(b, C, q) = max_p x(b, C, p); NaN where it sees one. Ties
     * go to the last pixel, value and derivative.
     *
     * @param images x, B × C × inputSize
     * @param window size of the images, of the window, stride and padding
     * @return B × C × outputSize
     */
    public static Node maxPool(Node images, Window window) {
        return Choices.take(images, Axis.COLUMNS, images.graph().apply(new ArgMaxWindows(window), images));
    }

    /**
     * The mean of each plane.
     *
     * @param images B × C × pixels
     * @return one row an image, B × C
     */
    public static Node globalAverage(Node images) {
        Checks.notNull("global average", "images", images);
        Shape shape = images.shape();
        Node means = Ops.scale(Ops.sumColumns(images), 1.0 / shape.columns());
        return Ops.reshape(means, Shape.of(shape.groups(), shape.rows()));
    }

    /**
     * The entries of each image as one row.
     *
     * @param images B × C × pixels
     * @return B × (C·pixels)
     */
    public static Node flatten(Node images) {
        Checks.notNull("flatten", "images", images);
        return Ops.reshape(
                images, Shape.of(images.shape().groups(), images.shape().matrixSize()));
    }

    /**
     * Group normalisation. The channels of each image are cut into equal groups, and each group is shifted and scaled
     * to mean 0 and variance 1: y = s_C (x − μ)/√(σ² + ε) + t_C, with μ and σ² the mean and (biased) variance over the
     * channels and pixels of the group. No statistics run from batch to batch, so the function is smooth and the same
     * in training and after it.
     *
     * <p>Source: Y. Wu, K. He, <i>Group normalization</i>, ECCV 2018.
     *
     * @param images x, B × C × pixels
     * @param groups how many groups, a divisor of C
     * @param scale s, 1 × C × 1
     * @param shift t, 1 × C × 1
     * @param epsilon ε, positive
     * @return B × C × pixels
     * @throws IllegalArgumentException if the groups do not divide the channels, a shape is not as stated or ε is not
     *     positive
     */
    public static Node groupNorm(Node images, int groups, Node scale, Node shift, double epsilon) {
        Shape shape = images.shape();
        Node[] operands = {images, scale, shift};
        if (groups < 1 || shape.rows() % groups != 0) {
            throw ShapeRules.broken(
                    "groupNorm", operands, "such that the number of groups, " + groups + ", divides the channels");
        }
        Shape perChannel = Shape.of(shape.rows(), 1);
        if (!scale.shape().equals(perChannel) || !shift.shape().equals(perChannel)) {
            throw ShapeRules.broken(
                    "groupNorm", operands, "such that scale and shift are " + perChannel + ", a number a channel");
        }
        Checks.positive("groupNorm", "epsilon", epsilon);
        int size = shape.matrixSize() / groups;
        Node x = Ops.reshape(
                images,
                Shape.of(
                        ShapeRules.product("groupNorm", "the number of groups of all images", shape.groups(), groups),
                        size));
        Node centred = Ops.subtract(x, Ops.scale(Ops.sumColumns(x), 1.0 / size));
        Node variance = Ops.scale(Ops.sumColumns(Ops.square(centred)), 1.0 / size);
        Node inverse = Ops.rsqrt(Ops.add(variance, variance.graph().constant(epsilon)));
        Node normal = Ops.reshape(Ops.multiply(centred, inverse), shape);
        return Ops.add(Ops.multiply(normal, scale), shift);
    }
}
