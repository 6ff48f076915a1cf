package dev.lowland.theory.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import java.io.StringWriter;

/** The numbers behind a figure as CSV: one line a point. */
final class FigureFiles {
    private FigureFiles() {}

    /**
     * Columns {@code series, role, kind, x, y, lower, upper}; {@code y} is empty for a band, the last two for anything else.
     * Numbers read back exactly.
     */
    static String csv(Figure figure) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord("series", "role", "kind", "x", "y", "lower", "upper");
        for (FigureSeries series : figure.series()) {
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
        return text.toString();
    }

    /** Where the CSV of a figure lies within a report; {@code owner} is the claim it belongs to. */
    static String path(String owner, Figure figure) {
        return "figures/" + owner + "/" + figure.name() + ".csv";
    }

    private static String at(double[] values, int i) {
        return values.length == 0 ? "" : Double.toString(values[i]);
    }
}
