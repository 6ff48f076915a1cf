package dev.lowland.cli.data;

/**
 * The size of an image.
 *
 * @param channels planes, at least 1
 * @param height rows of a plane, at least 1
 * @param width columns of a plane, at least 1
 */
public record ImageSize(int channels, int height, int width) {

    /**
     * Numbers of an image.
     *
     * @return channels·height·width
     */
    public int pixels() {
        return channels * height * width;
    }

    /** Pixels of one plane. */
    int plane() {
        return height * width;
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
