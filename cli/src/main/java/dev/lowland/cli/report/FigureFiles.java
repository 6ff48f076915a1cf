package dev.lowland.cli.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.lowland.cli.report.format.CsvText;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;

/** The numbers behind a figure as CSV: one line a point. */
final class FigureFiles {
    private FigureFiles() {}

    /**
     * Columns {@code series, role, kind, x, y, lower, upper}; {@code y} is empty for a band, the last two for anything
     * else. Numbers read back exactly.
     */
    static String csv(Figure figure) {
        return CsvText.of(csv -> {
            csv.writeRecord("series", "role", "kind", "x", "y", "lower", "upper");
            figure.series().forEach(series -> write(csv, series));
        });
    }

    private static void write(CsvWriter csv, FigureSeries series) {
        double[] x = series.x();
        double[] y = series.y();
        double[] lower = series.lower();
        double[] upper = series.upper();
        for (int i = 0; i < x.length; i++) {
            csv.writeRecord(
                    series.name(),
                    series.role().name(),
                    series.kind().name(),
                    Double.toString(x[i]),
                    at(y, i),
                    at(lower, i),
                    at(upper, i));
        }
    }

    /** Where a file of a figure lies within a report; {@code owner} is the claim it belongs to. */
    static String path(String owner, Figure figure, String extension) {
        return "figures/" + owner + "/" + figure.name() + "." + extension;
    }

    private static String at(double[] values, int i) {
        return values.length == 0 ? "" : Double.toString(values[i]);
    }
}
