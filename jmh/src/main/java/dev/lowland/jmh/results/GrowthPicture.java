package dev.lowland.jmh.results;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The time of a step as the work grows, on two logarithmic axes, over the least time that this machine allows. */
final class GrowthPicture {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final Color OURS = new Color(0x1f, 0x5f, 0xa8);
    private static final double NANOS_PER_MICRO = 1e3;

    private final Results results;
    private final List<Double> sizes = new ArrayList<>();
    private final List<Double> times = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();

    private GrowthPicture(Results results) {
        this.results = results;
    }

    /**
     * Draws against the number of parameters, and against the batch.
     *
     * @param folder for the pictures. Created.
     * @return the names of the files; none where nothing was measured
     */
    static List<String> draw(Results results, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> files = new ArrayList<>();
        GrowthPicture parameters = new GrowthPicture(results);
        for (int width : Names.GROWING_WIDTHS) {
            double count = 2.0 * width * width + 3.0 * width + 1;
            parameters.add(count, Names.growth(width, Names.GROWTH_BATCH));
        }
        String network = "w-w-w-1 tanh network, batch " + Names.GROWTH_BATCH;
        parameters.write(folder, "step-parameters.png", network, "parameters").ifPresent(files::add);
        GrowthPicture batches = new GrowthPicture(results);
        for (int batch : Names.GROWING_BATCHES) {
            batches.add(batch, Names.growth(Names.GROWTH_WIDTH, batch));
        }
        batches.write(folder, "step-batch.png", "64-64-64-1 tanh network", "samples a step")
                .ifPresent(files::add);
        return files;
    }

    private void add(double size, String name) {
        OptionalDouble time = results.measured().median(name);
        OptionalDouble share = results.percentOfLimit(name);
        if (time.isPresent()) {
            sizes.add(size);
            times.add(time.getAsDouble() / NANOS_PER_MICRO);
            share.ifPresent(percent -> limits.add(time.getAsDouble() / NANOS_PER_MICRO * percent / 100));
        }
    }

    private Optional<String> write(Path folder, String file, String title, String axis) throws IOException {
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("A step of label-noise SGD: " + title)
                .xAxisTitle(axis)
                .yAxisTitle("µs a step")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        XYSeries measured = chart.addSeries("measured", sizes, times);
        measured.setLineColor(OURS);
        measured.setMarkerColor(OURS);
        measured.setMarker(SeriesMarkers.CIRCLE);
        if (limits.size() == sizes.size()) {
            XYSeries limit = chart.addSeries("limit of the machine", sizes, limits);
            limit.setLineColor(Color.DARK_GRAY);
            limit.setMarker(SeriesMarkers.NONE);
            limit.setLineStyle(
                    new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {6f, 4f}, 0f));
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(file).toFile());
        return Optional.of(file);
    }
}
