package dev.lowland.cli.report.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A drawing as a PNG with a palette, a third of the size of one with full colours: the 256 most frequent colours stay,
 * which are all that a drawing is made of but shades at the edges; the others become the nearest of them. The same
 * drawing gives the same bytes. Stateless.
 */
public final class PalettePng {

    private static final int COLOURS = 256;

    private PalettePng() {}

    /**
     * The bytes of the PNG.
     *
     * @param image any colours, no transparency. Not modified.
     * @throws IOException if the encoder fails
     */
    static byte[] bytes(BufferedImage image) throws IOException {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> count = new HashMap<>();
        for (int pixel : pixels) {
            count.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        List<Integer> colours = count.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        int size = Math.min(COLOURS, colours.size());
        int[] palette = new int[size];
        Map<Integer, Integer> index = new HashMap<>();
        for (int i = 0; i < colours.size(); i++) {
            int colour = colours.get(i);
            if (i < size) {
                palette[i] = colour;
                index.put(colour, i);
            } else {
                index.put(colour, nearest(palette, colour));
            }
        }
        IndexColorModel model = new IndexColorModel(8, size, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        int[] indices = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = Objects.requireNonNull(index.get(pixels[i] & 0xffffff));
        }
        indexed.getRaster().setPixels(0, 0, width, height, indices);
        return encoded(indexed);
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int red = ((palette[i] >> 16) & 0xff) - ((colour >> 16) & 0xff);
            int green = ((palette[i] >> 8) & 0xff) - ((colour >> 8) & 0xff);
            int blue = (palette[i] & 0xff) - (colour & 0xff);
            int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
