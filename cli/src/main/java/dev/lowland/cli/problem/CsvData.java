package dev.lowland.cli.problem;

import java.nio.file.Path;
import java.util.List;

/** Columns of a CSV file: {@code {"csv": "file.csv", "inputs": ["x1", "x2"], "target": "y"}}. */
final class CsvData implements DataForm {
    @Override
    public List<String> keys() {
        return List.of("csv");
    }

    @Override
    public SampleTable read(Request request) {
        JsonFields fields = request.fields();
        fields.allowOnly(List.of("csv", "inputs", "target"));
        List<String> inputs = fields.texts("inputs");
        if (inputs.isEmpty()) {
            throw fields.fault("inputs", "empty", "at least one column");
        }
        String target = fields.text("target");
        Path csv = fields.path("csv", request.problemFile());
        CsvColumns columns = CsvColumns.read(csv, inputs, target);
        return new SampleTable(
                columns.inputs(),
                columns.targets(),
                (i, value, rule) ->
                        new ProblemException(csv.toString(), columns.place(i, target), String.valueOf(value), rule),
                null);
    }
}
