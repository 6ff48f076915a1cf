package dev.lowland.cli.report.chart;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.Figure.Scale;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a {@link Figure} as a PNG. The only class that knows the charting library. Thread-safe, without state.
 *
 * <p>Measurements are blue and broad, the theory is thin and dashed over them in the colour of the text, wrong theories
 * have warm colours and fine dashes, references are grey and dotted. The legend is not in the picture: the page has it
 * as text.
 */
public final class ChartPainter {
    /** Width of a picture on the page, in CSS pixels. */
    public static final int WIDTH = 720;
    /** Height of a picture on the page, in CSS pixels. */
    public static final int HEIGHT = 420;

    private static final int PIXELS_PER_CSS_PIXEL = 2;
    private static final BasicStroke SOLID = stroke(4f);
    private static final BasicStroke DASHED = stroke(1.8f, 9f, 5f);
    private static final BasicStroke FINE = stroke(1.8f, 4f, 4f);
    private static final BasicStroke DOTTED = stroke(1.5f, 1.5f, 4f);
    private static final BasicStroke NOTHING = stroke(0f);

    private static final Color INVISIBLE = new Color(0, 0, 0, 0);

    private ChartPainter() {}

    /**
     * The picture as the bytes of a PNG, {@link #WIDTH} × {@link #HEIGHT} CSS pixels at twice the resolution.
     *
     * @throws UnsupportedOperationException if this Java runtime cannot draw text, which happens where no font is
     *     installed
     */
    public static byte[] png(Figure figure, ChartTheme theme) {
        BufferedImage image = new BufferedImage(
                WIDTH * PIXELS_PER_CSS_PIXEL, HEIGHT * PIXELS_PER_CSS_PIXEL, BufferedImage.TYPE_INT_RGB);
        try {
            Graphics2D g = image.createGraphics();
            g.scale(PIXELS_PER_CSS_PIXEL, PIXELS_PER_CSS_PIXEL);
            XYChart chart = chart(figure, theme);
            chart.paint(g, WIDTH, HEIGHT);
            lines(g, chart, figure, theme);
            g.dispose();
            return PalettePng.bytes(image);
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
        for (ColouredSeries next : ColouredSeries.of(figure, theme)) {
            add(chart, next, "series " + chart.getSeriesCollection().size());
        }
        return chart;
    }

    /**
     * The library draws a line piece by piece, so that dashes run together; here each is one path, over everything
     * else.
     */
    private static void lines(Graphics2D g, XYChart chart, Figure figure, ChartTheme theme) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        for (ColouredSeries next : ColouredSeries.of(figure, theme)) {
            FigureSeries series = next.series();
            if (series.kind() == Kind.LINE) {
                double[] x = series.x();
                double[] y = series.y();
                Path2D.Double path = new Path2D.Double();
                path.moveTo(chart.getScreenXFromChart(x[0]), chart.getScreenYFromChart(y[0]));
                for (int i = 1; i < x.length; i++) {
                    path.lineTo(chart.getScreenXFromChart(x[i]), chart.getScreenYFromChart(y[i]));
                }
                g.setColor(next.colour());
                g.setStroke(stroke(series.role()));
                g.draw(path);
            }
        }
    }

    private static BasicStroke stroke(Role role) {
        return switch (role) {
            case MEASURED -> SOLID;
            case PREDICTED -> DASHED;
            case FALSIFICATION -> FINE;
            case REFERENCE -> DOTTED;
        };
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
        styler.setAxisTickLabelsFont(plain.deriveFont(11f));
        styler.setLegendVisible(false);
        styler.setMarkerSize(7);
        styler.setXAxisTickMarkSpacingHint(95);
        styler.setChartPadding(8);
        styler.setXAxisLogarithmic(figure.x().scale() == Scale.LOGARITHMIC);
        styler.setYAxisLogarithmic(figure.y().scale() == Scale.LOGARITHMIC);
        styler.setXAxisTickLabelsFormattingFunction(Numbers::tick);
        styler.setYAxisTickLabelsFormattingFunction(Numbers::tick);
    }

    private static void add(XYChart chart, ColouredSeries next, String name) {
        FigureSeries series = next.series();
        Color colour = next.colour();
        if (series.kind() == Kind.BAND) {
            XYSeries band = chart.addSeries(
                    name, thereAndBack(series.x(), series.x()), thereAndBack(series.upper(), series.lower()));
            band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            band.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
            band.setLineColor(INVISIBLE);
            band.setLineStyle(NOTHING);
            band.setMarker(SeriesMarkers.NONE);
            return;
        }
        XYSeries drawn = chart.addSeries(name, series.x(), series.y());
        drawn.setMarkerColor(colour);
        drawn.setLineColor(INVISIBLE);
        drawn.setLineStyle(NOTHING);
        drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        if (series.kind() == Kind.LINE) {
            drawn.setMarker(SeriesMarkers.NONE);
        } else {
            drawn.setMarker(series.role() == Role.FALSIFICATION ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
        }
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
