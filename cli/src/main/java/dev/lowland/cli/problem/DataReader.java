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
            throw fields.fault("cifar10", "given, which is not in this version", "inline data or a csv");
        }
        return fields.has("csv") ? csv(fields, problemFile, loss) : inline(fields, loss);
    }

    private static SampleTable inline(JsonFields fields, LossKind loss) {
        fields.allowOnly(List.of("inputs", "targets"));
        double[][] inputs = fields.rows("inputs");
        double[] targets = fields.numbersByRow("targets");
        if (inputs.length == 0) {
            throw fields.fault("inputs", "empty", "at least one row");
        }
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].length == 0) {
                throw fields.fault("inputs[" + i + "]", "empty (row " + (i + 1) + ")", "at least one number");
            }
            if (inputs[i].length != inputs[0].length) {
                throw fields.fault(
                        "inputs[" + i + "]",
                        "of length " + inputs[i].length + " (row " + (i + 1) + ")",
                        "of length " + inputs[0].length + ", as row 1 is");
            }
        }
        if (targets.length != inputs.length) {
            throw fields.fault(
                    "targets",
                    "of length " + targets.length,
                    "of length " + inputs.length + ", one for each row of inputs");
        }
        for (int i = 0; i < targets.length; i++) {
            if (!loss.reads(targets[i])) {
                throw fields.fault("targets[" + i + "]", targets[i] + " (row " + (i + 1) + ")", targetRule(loss));
            }
        }
        return new SampleTable(new DMatrixRMaj(inputs), new DMatrixRMaj(targets.length, 1, true, targets));
    }

    private static SampleTable csv(JsonFields fields, Path problemFile, LossKind loss) {
        fields.allowOnly(List.of("csv", "inputs", "target"));
        List<String> inputs = fields.texts("inputs");
        if (inputs.isEmpty()) {
            throw fields.fault("inputs", "empty", "at least one column");
        }
        String target = fields.text("target");
        Path csv = fields.path("csv", problemFile);
        CsvColumns columns = CsvColumns.read(csv, inputs, target);
        for (int i = 0; i < columns.targets().getNumElements(); i++) {
            double y = columns.targets().get(i);
            if (!loss.reads(y)) {
                throw new ProblemException(
                        csv.toString(), columns.place(i, target), String.valueOf(y), targetRule(loss));
            }
        }
        return new SampleTable(columns.inputs(), columns.targets());
    }

    private static String targetRule(LossKind loss) {
        return loss.targetRule() + " for the loss " + loss.name();
    }
}
