package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.view.VectorTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** What is predicted for each sample beside its target, as a table. */
final class SampleColumns {
    /** As many outputs of numbers as are shown. */
    private static final int MOST = 4;

    private SampleColumns() {}

    static VectorTable table(Problem problem, DMatrixRMaj predictions) {
        DMatrixRMaj targets = problem.data().targets();
        List<Column> columns = new ArrayList<>();
        int outputs = predictions.numCols;
        if (outputs == 1) {
            columns.add(new Column("target", targets));
            columns.add(new Column("prediction", predictions));
        } else if (problem.loss().flipsLabels()) {
            columns.add(new Column("class", largest(targets)));
            columns.add(new Column("predicted class", largest(predictions)));
        } else {
            for (int k = 0; k < Math.min(MOST, outputs); k++) {
                columns.add(new Column("target " + (k + 1), column(targets, k)));
                columns.add(new Column("prediction " + (k + 1), column(predictions, k)));
            }
        }
        return new VectorTable(
                "By sample",
                columns,
                outputs > MOST && !problem.loss().flipsLabels()
                        ? "The first " + MOST + " of " + outputs + " outputs."
                        : "");
    }

    private static DMatrixRMaj column(DMatrixRMaj m, int k) {
        DMatrixRMaj column = new DMatrixRMaj(m.numRows, 1);
        for (int i = 0; i < m.numRows; i++) {
            column.data[i] = m.get(i, k);
        }
        return column;
    }

    /** The column in which each row is largest. */
    private static DMatrixRMaj largest(DMatrixRMaj m) {
        DMatrixRMaj place = new DMatrixRMaj(m.numRows, 1);
        for (int i = 0; i < m.numRows; i++) {
            int best = 0;
            for (int k = 1; k < m.numCols; k++) {
                best = m.get(i, k) > m.get(i, best) ? k : best;
            }
            place.data[i] = best;
        }
        return place;
    }
}
