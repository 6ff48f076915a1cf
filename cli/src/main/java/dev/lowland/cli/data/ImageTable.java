package dev.lowland.cli.data;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;

/**
 * Images chosen from a set and made smaller, as rows of numbers.
 *
 * @param imageSize the size of an image
 * @param inputs n × pixels: an image a row, channel by channel, row by row
 * @param targets n × 1: the classes
 * @param images which image of the set each row is. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ImageTable(ImageSize imageSize, DMatrixRMaj inputs, DMatrixRMaj targets, int[] images) {
    private static final String OPERATION = "images";

    /**
     * Chooses images and makes them smaller.
     *
     * @param set the images
     * @param perClass the first so many of each class, in the order of the set; empty for all
     * @param pool a pixel of the result is the mean of pool × pool
     * @return a table
     * @throws IllegalArgumentException if a class has too few images, the pool does not divide height and width, or the
     *     result does not fit in memory
     */
    public static ImageTable of(ImageSet set, OptionalInt perClass, int pool) {
        ImageSize full = set.imageSize();
        if (full.height() % pool != 0 || full.width() % pool != 0) {
            throw Checks.error(
                    OPERATION,
                    "pool",
                    String.valueOf(pool),
                    "a divisor of the height and the width of " + full.height() + "×" + full.width());
        }
        int[] images = chosen(set, perClass);
        ImageSize size = new ImageSize(full.channels(), full.height() / pool, full.width() / pool);
        long numbers = (long) images.length * size.pixels();
        Checks.atMost(OPERATION, "numbers of all images", numbers, Integer.MAX_VALUE - 8);
        Checks.room(OPERATION, "number of images", images.length, (double) numbers);
        DMatrixRMaj inputs = new DMatrixRMaj(images.length, size.pixels());
        DMatrixRMaj targets = new DMatrixRMaj(images.length, 1);
        double[] pixels = new double[full.pixels()];
        for (int row = 0; row < images.length; row++) {
            set.pixels(images[row], pixels);
            pool(full, pixels, pool, inputs.data, row * size.pixels());
            targets.data[row] = set.label(images[row]);
        }
        return new ImageTable(size, inputs, targets, images);
    }

    private static int[] chosen(ImageSet set, OptionalInt perClass) {
        Map<Integer, Integer> seen = new TreeMap<>();
        List<Integer> chosen = new ArrayList<>();
        int most = perClass.orElse(Integer.MAX_VALUE);
        for (int i = 0; i < set.size(); i++) {
            if (seen.merge(set.label(i), 1, Integer::sum) <= most) {
                chosen.add(i);
            }
        }
        seen.forEach((label, count) -> {
            if (perClass.isPresent() && count < most) {
                throw Checks.error(
                        OPERATION,
                        "perClass",
                        String.valueOf(most),
                        "at most " + count + ", the images that there are of class " + label);
            }
        });
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void pool(ImageSize full, double[] pixels, int pool, double[] out, int start) {
        int height = full.height() / pool;
        int width = full.width() / pool;
        for (int c = 0; c < full.channels(); c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int dy = 0; dy < pool; dy++) {
                        for (int dx = 0; dx < pool; dx++) {
                            sum += pixels[(c * full.height() + y * pool + dy) * full.width() + x * pool + dx];
                        }
                    }
                    out[start + (c * height + y) * width + x] = sum / ((double) pool * pool);
                }
            }
        }
    }

    /**
     * Mean and standard deviation of each channel over all images and pixels.
     *
     * @return the numbers; a deviation is 0 where a channel is constant
     */
    public ChannelScale scale() {
        return ChannelScale.of(imageSize, inputs);
    }

    /**
     * Brings the pixels to like size. Modifies the inputs.
     *
     * @param scale the numbers of each channel
     */
    public void normalize(ChannelScale scale) {
        scale.apply(imageSize, inputs);
    }
}
