package dev.lowland.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ImageTableTest {
    /** Image i has pixel p of 10 i + p, and the class i mod 2. */
    private record Counting(ImageSize imageSize, int size) implements ImageSet {
        @Override
        public int label(int image) {
            return image % 2;
        }

        @Override
        public void pixels(int image, double[] out) {
            for (int p = 0; p < imageSize.pixels(); p++) {
                out[p] = 10 * image + p;
            }
        }

        @Override
        public String file(int image) {
            return "file";
        }

        @Override
        public String place(int image) {
            return "label " + image;
        }
    }

    @Test
    void takesTheFirstOfEachClass() {
        ImageTable table = ImageTable.of(new Counting(new ImageSize(1, 1, 1), 7), OptionalInt.of(2), 1);
        assertArrayEquals(new int[] {0, 1, 2, 3}, table.images());
        assertArrayEquals(new double[] {0, 10, 20, 30}, table.inputs().data);
        assertArrayEquals(new double[] {0, 1, 0, 1}, table.targets().data);
        IllegalArgumentException few = assertThrows(
                IllegalArgumentException.class,
                () -> ImageTable.of(new Counting(new ImageSize(1, 1, 1), 7), OptionalInt.of(4), 1));
        assertEquals(
                "images: perClass is 4, must be at most 3, the images that there are of class 1", few.getMessage());
    }

    /** Two channels of 2 × 4; the means of squares of two. */
    @Test
    void poolsWithinAChannel() {
        ImageTable table = ImageTable.of(new Counting(new ImageSize(2, 2, 4), 1), OptionalInt.empty(), 2);
        assertEquals("2×1×2", table.imageSize().toString());
        assertArrayEquals(new double[] {2.5, 4.5, 10.5, 12.5}, table.inputs().data);
        IllegalArgumentException odd = assertThrows(
                IllegalArgumentException.class,
                () -> ImageTable.of(new Counting(new ImageSize(1, 2, 3), 1), OptionalInt.empty(), 2));
        assertEquals("images: pool is 2, must be a divisor of the height and the width of 2×3", odd.getMessage());
    }

    @Test
    void normalizesEveryChannel() {
        ImageTable table = ImageTable.of(new Counting(new ImageSize(2, 1, 2), 2), OptionalInt.empty(), 1);
        ChannelScale scale = table.scale();
        assertArrayEquals(new double[] {5.5, 7.5}, scale.mean(), 1e-15);
        double deviation = Math.sqrt((5.5 * 5.5 + 4.5 * 4.5) / 2);
        assertArrayEquals(new double[] {deviation, deviation}, scale.deviation(), 1e-14);
        table.normalize(scale);
        assertEquals(-5.5 / deviation, table.inputs().get(0, 0), 1e-15);
        assertEquals((13 - 7.5) / deviation, table.inputs().get(1, 3), 1e-15);
    }
}
