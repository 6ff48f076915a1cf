package dev.lowland.autodiff.nn;

/**
 * The size of an image inside a network.
 *
 * @param channels planes
 * @param height rows of a plane
 * @param width columns of a plane
 */
record ImageShape(int channels, int height, int width) {

    static ImageShape of(String model, int channels, int height, int width) {
        ModelRules.positive(model, "channels", channels);
        ModelRules.positive(model, "height", height);
        ModelRules.positive(model, "width", width);
        return new ImageShape(channels, height, width);
    }

    int size() {
        return Math.multiplyExact(channels, Math.multiplyExact(height, width));
    }
}
