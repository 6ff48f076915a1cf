package dev.lowland.cli.problem;

import dev.lowland.optim.objective.LossKind;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Reads the fields {@code data} and {@code test}: samples inline, or columns of a CSV file. */
final class DataReader {
    private DataReader() {}

    static SampleTable read(JsonFields root, String name, Path problemFile, LossKind loss) {
        JsonFields fields = root.object(name);
        if (fields.has("cifar10")) {
            throw fields.fault("cifar10", "is not in this version; give inline data or a csv");
        }
        return fields.has("csv") ? csv(fields, problemFile, loss) : inline(fields, loss);
    }

    private static SampleTable inline(JsonFields fields, LossKind loss) {
        fields.allowOnly(List.of("inputs", "targets"));
        double[][] inputs = fields.rows("inputs");
        double[] targets = fields.numbersByRow("targets");
        if (inputs.length == 0) {
            throw fields.fault("inputs", "is empty, must have at least one row");
        }
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].length == 0) {
                throw fields.fault("inputs[" + i + "]", "row " + (i + 1) + " is empty, must have at least one number");
            }
            if (inputs[i].length != inputs[0].length) {
                throw fields.fault(
                        "inputs[" + i + "]",
                        "row " + (i + 1) + " has " + inputs[i].length + " numbers, and row 1 has " + inputs[0].length
                                + ", must agree");
            }
        }
        if (targets.length != inputs.length) {
            throw fields.fault(
                    "targets",
                    "has " + targets.length + " numbers, and inputs has " + inputs.length + " rows, must agree");
        }
        for (int i = 0; i < targets.length; i++) {
            if (!loss.reads(targets[i])) {
                throw fields.fault("targets[" + i + "]", targetRule(targets[i], loss) + " (row " + (i + 1) + ")");
            }
        }
        return new SampleTable(new DMatrixRMaj(inputs), new DMatrixRMaj(targets.length, 1, true, targets));
    }

    private static SampleTable csv(JsonFields fields, Path problemFile, LossKind loss) {
        fields.allowOnly(List.of("csv", "inputs", "target"));
        List<String> inputs = fields.texts("inputs");
        if (inputs.isEmpty()) {
            throw fields.fault("inputs", "is empty, must name at least one column");
        }
        String target = fields.text("target");
        Path csv = problemFile.resolveSibling(fields.text("csv"));
        CsvColumns columns = CsvColumns.read(csv, inputs, target);
        for (int i = 0; i < columns.targets().getNumElements(); i++) {
            double y = columns.targets().get(i);
            if (!loss.reads(y)) {
                throw new ProblemException(csv.toString(), columns.place(i, target), targetRule(y, loss));
            }
        }
        return new SampleTable(columns.inputs(), columns.targets());
    }

    private static String targetRule(double y, LossKind loss) {
        return "is " + y + ", must be " + loss.targetRule() + " for the loss " + loss.name();
    }
}
