package dev.lowland.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.report.Samples;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures: the right size, every series visible in its colour, the same bytes every time. */
class ChartPainterTest {

    private static BufferedImage draw(Figure figure, ChartTheme theme) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(ChartPainter.png(figure, theme)));
    }

    private static int pixels(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == (color.getRGB() & 0xffffff)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static int measured(Figure figure) throws IOException {
        return pixels(draw(figure, ChartTheme.LIGHT), ChartTheme.LIGHT.measured());
    }

    @Test
    void drawsEverySeriesInItsColour() throws IOException {
        for (ChartTheme theme : new ChartTheme[] {ChartTheme.LIGHT, ChartTheme.DARK}) {
            BufferedImage image = draw(Samples.figure(), theme);
            assertEquals(2 * ChartPainter.WIDTH, image.getWidth());
            assertEquals(2 * ChartPainter.HEIGHT, image.getHeight());
            assertEquals(theme.background().getRGB(), image.getRGB(2, 2));
            assertTrue(pixels(image, theme.of(Role.MEASURED, 0)) > 500);
            assertTrue(pixels(image, theme.of(Role.FALSIFICATION, 0)) > 300);
            assertTrue(pixels(image, theme.of(Role.FALSIFICATION, 1)) > 300);
            assertTrue(pixels(image, theme.of(Role.REFERENCE, 0)) > 100);
            assertTrue(pixels(image, theme.predicted()) > 300);
        }
    }

    @Test
    void drawsTheSameBytesEveryTime() {
        assertArrayEquals(
                ChartPainter.png(Samples.figure(), ChartTheme.LIGHT),
                ChartPainter.png(Samples.figure(), ChartTheme.LIGHT));
    }

    @Test
    void drawsLogarithmicAxesASinglePointAndAConstant() throws IOException {
        double[] two = {1, 2};
        assertTrue(measured(Figure.named("log")
                        .logX("λ")
                        .logY("RMS")
                        .points(Role.MEASURED, "measured", new double[] {1e-5, 1e-3}, new double[] {1e-4, 1e-2})
                        .build())
                > 100);
        assertTrue(measured(Figure.named("one")
                        .points(Role.MEASURED, "one", new double[] {1}, new double[] {2})
                        .build())
                > 50);
        assertTrue(measured(Figure.named("flat")
                        .line(Role.MEASURED, "flat", two, new double[2])
                        .build())
                > 100);
    }

    @Test
    void drawsAFigureOfWhichNothingIsLeft() throws IOException {
        Figure figure = Figure.named("nothing")
                .line(Role.MEASURED, "diverged", new double[] {1, 2}, new double[] {Double.NaN, Double.NaN})
                .build();
        assertTrue(measured(figure) >= 0);
    }

    @Test
    void twoSeriesMayHaveTheSameName() throws IOException {
        Figure figure = Figure.named("twice")
                .line(Role.MEASURED, "same", new double[] {1, 2}, new double[] {0, 1})
                .line(Role.PREDICTED, "same", new double[] {1, 2}, new double[] {1, 0})
                .build();
        assertTrue(measured(figure) > 100);
    }
}
