package dev.lowland.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
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

    /** Image 3 without noise, by the formula: a moved sum of slow waves, of mean 0, times its strength. */
    @Test
    void anImageIsThePatternOfItsClassMoved() {
        double[] image = new double[SIZE.pixels()];
        SyntheticImages.of(1, false, SIZE, 5, 20, 0).pixels(3, image);
        RandomStream own = RandomStream.of(1, 1, Purpose.DATA);
        RandomStream patterns = RandomStream.of(1, 0, Purpose.DATA);
        long start = 3L * (8 + 2 * 16 + 96);
        double down = (own.uniform(start) - 0.5) * 8 / 3;
        double right = (own.uniform(start + 1) - 0.5) * 6 / 3;
        double strength = 0.5 + own.uniform(start + 2);
        for (int c = 0; c < 2; c++) {
            double[] plane = new double[48];
            for (int p = 0; p < 48; p++) {
                for (int k = 1; k < 16; k++) {
                    plane[p] += patterns.gaussian((3 * 2 + c) * 16 + k)
                            * Math.cos(Math.PI * (k / 4) * (p / 6 + down + 0.5) / 8)
                            * Math.cos(Math.PI * (k % 4) * (p % 6 + right + 0.5) / 6);
                }
            }
            double mean = Arrays.stream(plane).average().orElseThrow();
            double variance = Arrays.stream(plane)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            for (int p = 0; p < 48; p++) {
                assertEquals(strength * (plane[p] - mean) / Math.sqrt(variance), image[c * 48 + p], 1e-12);
            }
        }
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
