package dev.lowland.cli.report.view;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one length side by side, a row for each index.
 *
 * @param title what the rows are
 * @param columns the vectors, at least one
 * @param note what the headers do not say, empty if they say it all
 */
public record VectorTable(String title, List<Column> columns, String note) {
    /**
     * A vector under its header.
     *
     * @param header its symbol
     * @param values n × 1, NaN where there is no value. Not to be modified.
     */
    public record Column(String header, DMatrixRMaj values) {
        /** A vector that may not be there, which is then a column of NaN. */
        static Column of(String header, @Nullable DMatrixRMaj values, int length) {
            if (values != null) {
                return new Column(header, values);
            }
            double[] nothing = new double[length];
            Arrays.fill(nothing, Double.NaN);
            return new Column(header, DMatrixRMaj.wrap(length, 1, nothing));
        }
    }

    /** A row for each parameter of the model. */
    static VectorTable byParameter(String note, Column... columns) {
        return new VectorTable("By parameter", List.of(columns), note);
    }
}
