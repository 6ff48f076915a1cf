package dev.lowland.core.kernel.contract;

/**
 * Convolution and pooling of image planes; {@link Window} states the geometry.
 *
 * <p>An image is channels × inputSize, a response filters × outputSize, a bank of filters is filters × channels ×
 * filterSize, each row-major. The three convolutions are one trilinear form, Σ f(F, C, k) x(C, p) y(F, q) over output
 * positions q and taps k with p the pixel that tap k sees from q, freed of one argument each. Lane l of entry e of a
 * laned array is at [offset + e·lanes + l]; a shared array has one number an entry for all lanes.
 *
 * <p>Every entry of a convolution is one chain of fused multiply-adds in the order stated, in both twins and in every
 * lane. What a window sees outside the image, or an image outside the response, counts as zeros: a factor that is not
 * finite makes a NaN of them.
 */
public interface ImageKernels {

    /**
     * y(F, q) = Σ_{C, k} f(F, C, k) x(C, p), in increasing (C, k), from +0.
     *
     * @param window the geometry
     * @param channels planes of the image
     * @param filters planes of the response
     * @param lanes number of lanes
     * @param x image, from {@code xOffset}. Not modified.
     * @param f filters, from {@code fOffset}. Not modified.
     * @param y response, always laned, from {@code yOffset}, other memory. Modified.
     */
    void convolve(
            Window window,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] y,
            int yOffset);

    /**
     * x(C, p) = Σ f(F, C, k) y(F, q) over the filters, taps and positions that see p: the transpose of the convolution
     * in its image. In increasing (F, k), from +0.
     *
     * @param window the geometry
     * @param channels planes of the image
     * @param filters planes of the response
     * @param lanes number of lanes
     * @param y response, from {@code yOffset}. Not modified.
     * @param f filters, from {@code fOffset}. Not modified.
     * @param x image, always laned, from {@code xOffset}, other memory. Modified.
     */
    void convolveToImage(
            Window window,
            int channels,
            int filters,
            int lanes,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] x,
            int xOffset);

    /**
     * f(F, C, k) = Σ_q x(C, p) y(F, q): the transpose of the convolution in its filters. In increasing q.
     *
     * @param window the geometry
     * @param channels planes of the image
     * @param filters planes of the response
     * @param lanes number of lanes
     * @param add whether the sums start at what {@code f} holds, not at +0
     * @param x image, from {@code xOffset}. Not modified.
     * @param y response, from {@code yOffset}. Not modified.
     * @param f filters, always laned, from {@code fOffset}, other memory. Modified.
     */
    void convolveToFilters(
            Window window,
            boolean add,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset);

    /**
     * out(q) = Σ x(p) over the pixels that position q sees, in increasing tap, from +0; for each of some planes and
     * lanes.
     */
    void sumWindows(Window window, int planes, int lanes, double[] x, double[] out);

    /**
     * The transpose of {@link #sumWindows}: out(p) = Σ x(q) over the positions that see pixel p, in increasing tap,
     * from +0.
     */
    void spreadWindows(Window window, int planes, int lanes, double[] x, double[] out);

    /**
     * out(q) = the pixel number y·width + x, inside the image, at which position q sees the largest x(p), the last of
     * equal ones; the first NaN where there is one.
     */
    void argMaxWindows(Window window, int planes, int lanes, double[] x, double[] out);
}
