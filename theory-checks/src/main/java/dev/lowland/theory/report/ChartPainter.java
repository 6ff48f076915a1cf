package dev.lowland.theory.report;

import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.Figure.Scale;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a {@link Figure} as a PNG. The only class that knows the charting library. Thread-safe, without state.
 *
 * <p>Measurements are blue, the theory is the colour of the text and dashed over it, wrong theories have warm colours and fine
 * dashes, references are grey and dotted. The legend is not in the picture: the page has it as text.
 */
final class ChartPainter {
    /** Width of a picture on the page, in CSS pixels. */
    static final int WIDTH = 720;
    /** Height of a picture on the page, in CSS pixels. */
    static final int HEIGHT = 420;

    private static final int PIXELS_PER_CSS_PIXEL = 2;
    private static final BasicStroke SOLID = stroke(2.2f);
    private static final BasicStroke DASHED = stroke(2f, 9f, 5f);
    private static final BasicStroke FINE = stroke(1.8f, 4f, 4f);
    private static final BasicStroke DOTTED = stroke(1.5f, 1.5f, 4f);
    private static final BasicStroke NOTHING = stroke(0f);

    private ChartPainter() {}

    /**
     * The picture as the bytes of a PNG, {@link #WIDTH} × {@link #HEIGHT} CSS pixels at twice the resolution.
     *
     * @throws UnsupportedOperationException if this Java runtime cannot draw text, which happens where no font is installed
     */
    static byte[] png(Figure figure, ChartTheme theme) {
        BufferedImage image = new BufferedImage(
                WIDTH * PIXELS_PER_CSS_PIXEL, HEIGHT * PIXELS_PER_CSS_PIXEL, BufferedImage.TYPE_INT_RGB);
        try {
            Graphics2D g = image.createGraphics();
            g.scale(PIXELS_PER_CSS_PIXEL, PIXELS_PER_CSS_PIXEL);
            chart(figure, theme).paint(g, WIDTH, HEIGHT);
            g.dispose();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LinkageError | InternalError e) {
            throw new UnsupportedOperationException("this Java runtime cannot draw text: " + e.getMessage(), e);
        }
    }

    private static XYChart chart(Figure figure, ChartTheme theme) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(figure.x().label())
                .yAxisTitle(figure.y().label())
                .build();
        style(chart.getStyler(), figure, theme);
        Map<Role, Integer> used = new EnumMap<>(Role.class);
        Set<String> names = new HashSet<>();
        for (FigureSeries series : figure.series()) {
            int order = series.kind() == Kind.BAND ? 0 : used.merge(series.role(), 1, Integer::sum) - 1;
            String name = series.name();
            while (!names.add(name)) {
                name += "\u200b";
            }
            add(chart, series, name, theme.of(series.role(), order));
        }
        return chart;
    }

    private static void style(XYStyler styler, Figure figure, ChartTheme theme) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setLocale(Locale.ROOT);
        styler.setChartTitleVisible(false);
        styler.setChartBackgroundColor(theme.background());
        styler.setPlotBackgroundColor(theme.background());
        styler.setChartFontColor(theme.text());
        styler.setXAxisTitleColor(theme.text());
        styler.setYAxisTitleColor(theme.text());
        styler.setAxisTickLabelsColor(theme.text());
        styler.setAxisTickMarksColor(theme.grid());
        styler.setPlotGridLinesColor(theme.grid());
        styler.setPlotGridLinesStroke(stroke(0.8f));
        styler.setPlotBorderVisible(false);
        styler.setAxisTitleFont(plain);
        styler.setAxisTickLabelsFont(plain.deriveFont(12f));
        styler.setLegendVisible(false);
        styler.setXAxisTickLabelsFormattingFunction(Numbers::tick);
        styler.setYAxisTickLabelsFormattingFunction(Numbers::tick);
        styler.setMarkerSize(7);
        styler.setChartPadding(8);
        styler.setXAxisLogarithmic(figure.x().scale() == Scale.LOGARITHMIC);
        styler.setYAxisLogarithmic(figure.y().scale() == Scale.LOGARITHMIC);
    }

    private static void add(XYChart chart, FigureSeries series, String name, Color color) {
        if (series.kind() == Kind.BAND) {
            XYSeries band = chart.addSeries(
                    name, thereAndBack(series.x(), series.x()), thereAndBack(series.upper(), series.lower()));
            band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 60));
            band.setLineColor(new Color(0, 0, 0, 0));
            band.setLineStyle(NOTHING);
            band.setMarker(SeriesMarkers.NONE);
            return;
        }
        XYSeries drawn = chart.addSeries(name, series.x(), series.y());
        drawn.setLineColor(color);
        drawn.setMarkerColor(color);
        if (series.kind() == Kind.POINTS) {
            drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            drawn.setMarker(series.role() == Role.FALSIFICATION ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
            return;
        }
        drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        drawn.setMarker(SeriesMarkers.NONE);
        drawn.setLineStyle(
                switch (series.role()) {
                    case MEASURED -> SOLID;
                    case PREDICTED -> DASHED;
                    case FALSIFICATION -> FINE;
                    case REFERENCE -> DOTTED;
                });
    }

    private static double[] thereAndBack(double[] there, double[] back) {
        double[] outline = new double[there.length + back.length];
        System.arraycopy(there, 0, outline, 0, there.length);
        for (int i = 0; i < back.length; i++) {
            outline[there.length + i] = back[back.length - 1 - i];
        }
        return outline;
    }

    private static BasicStroke stroke(float width, float... dashes) {
        return dashes.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dashes, 0f);
    }
}
