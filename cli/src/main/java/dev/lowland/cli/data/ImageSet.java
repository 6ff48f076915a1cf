package dev.lowland.cli.data;

/** Images of one size, each of a class. Immutable. */
public interface ImageSet {

    /**
     * The size of an image.
     *
     * @return channels, height and width
     */
    ImageSize imageSize();

    /**
     * How many images there are.
     *
     * @return at least 1
     */
    int size();

    /**
     * The class of an image.
     *
     * @param image which one, from 0
     * @return its class, from 0
     */
    int label(int image);

    /**
     * The pixels of an image.
     *
     * @param image which one, from 0
     * @param out channel by channel, row by row, as long as an image. Modified.
     */
    void pixels(int image, double[] out);

    /**
     * The file that has the class of an image.
     *
     * @param image which one, from 0
     * @return its name
     */
    String file(int image);

    /**
     * Where in its file the class of an image stands.
     *
     * @param image which one, from 0
     * @return for example {@code label 17}
     */
    String place(int image);
}
