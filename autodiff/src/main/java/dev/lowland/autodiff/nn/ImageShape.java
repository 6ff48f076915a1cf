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
        ModelRules.product(model, "channels·height·width", channels, height, width);
        return new ImageShape(channels, height, width);
    }

    int pixels() {
        return height * width;
    }

    int size() {
        return channels * pixels();
    }
}
