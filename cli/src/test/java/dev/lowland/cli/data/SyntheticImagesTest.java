package dev.lowland.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The synthetic set: the same from the same seed, with classes that can be told apart. */
class SyntheticImagesTest {
    private static final ImageSize SIZE = new ImageSize(2, 8, 6);

    private static ImageTable table(long seed, boolean test, double noise) {
        return ImageTable.of(SyntheticImages.of(seed, test, SIZE, 5, 20, noise), OptionalInt.empty(), 1);
    }

    @Test
    void aSeedMakesTheSameImages() {
        double[] images = table(3, false, 0.5).inputs().data;
        assertArrayEquals(images, table(3, false, 0.5).inputs().data);
        assertFalse(Arrays.equals(images, table(4, false, 0.5).inputs().data));
        assertFalse(Arrays.equals(images, table(3, true, 0.5).inputs().data));
    }

    /** These bits are what the seed means, on every machine and in every version. */
    @Test
    void theBitsStay() {
        ImageTable table = table(1, false, 0.5);
        assertEquals(-1760648002, Arrays.hashCode(table.inputs().data));
    }

    @Test
    void classesTakeTurnsAndPixelsHaveLikeSize() {
        ImageTable table = table(7, false, 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(i % 5, (int) table.targets().data[i]);
        }
        double[] pixels = new double[SIZE.pixels()];
        System.arraycopy(table.inputs().data, 0, pixels, 0, pixels.length);
        for (int c = 0; c < 2; c++) {
            double[] plane = Arrays.copyOfRange(pixels, c * 48, (c + 1) * 48);
            double mean = Arrays.stream(plane).average().orElseThrow();
            double square = Arrays.stream(plane).map(x -> x * x).average().orElseThrow();
            assertEquals(0, mean, 1e-12);
            assertTrue(square >= 0.25 && square <= 2.25, "strength squared " + square);
        }
    }

    /** The mean image of a class in training is nearest to most images of its class in the test set. */
    @Test
    void theTestSetHasThePatternsOfTheTrainingSet() {
        ImageTable training = table(2, false, 0.5);
        ImageTable test = table(2, true, 0.5);
        int size = SIZE.pixels();
        double[][] means = new double[5][size];
        for (int i = 0; i < 100; i++) {
            for (int p = 0; p < size; p++) {
                means[i % 5][p] += training.inputs().get(i, p) / 20;
            }
        }
        int right = 0;
        for (int i = 0; i < 100; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 5; k++) {
                double distance = 0;
                for (int p = 0; p < size; p++) {
                    double off = test.inputs().get(i, p) - means[k][p];
                    distance += off * off;
                }
                best = distance < least ? k : best;
                least = Math.min(least, distance);
            }
            right += best == i % 5 ? 1 : 0;
        }
        assertTrue(right > 50, right + " of 100, where chance gives 20");
    }
}
