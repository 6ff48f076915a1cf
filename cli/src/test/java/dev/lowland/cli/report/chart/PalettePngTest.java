package dev.lowland.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Few colours come back exactly, many come back nearly, and the same picture gives the same bytes. */
class PalettePngTest {

    private static BufferedImage back(BufferedImage image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(PalettePng.bytes(image)));
    }

    @Test
    void fewColoursComeBackExactly() throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, 0x010203 * i);
        }
        BufferedImage read = back(image);
        for (int i = 0; i < 200; i++) {
            assertEquals(image.getRGB(i % 20, i / 20), read.getRGB(i % 20, i / 20));
        }
        assertArrayEquals(PalettePng.bytes(image), PalettePng.bytes(image));
    }

    @Test
    void rareColoursBecomeTheNearestFrequentOne() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4096; i++) {
            int shade = i < 2048 ? 16 * (i % 16) : i % 256;
            image.setRGB(i % 64, i / 64, shade * 0x010101 + (i % 3 == 0 ? 1 : 0));
        }
        BufferedImage read = back(image);
        for (int i = 0; i < 4096; i++) {
            int wanted = image.getRGB(i % 64, i / 64) & 0xff;
            int found = read.getRGB(i % 64, i / 64) & 0xff;
            assertTrue(Math.abs(wanted - found) <= 2, wanted + " became " + found);
        }
    }
}
