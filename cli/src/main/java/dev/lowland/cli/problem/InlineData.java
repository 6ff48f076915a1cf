package dev.lowland.cli.problem;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Samples in the problem file: {@code {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [0.5, -0.5]}}. */
final class InlineData implements DataForm {
    private static final List<String> KEYS = List.of("inputs", "targets");

    @Override
    public List<String> keys() {
        return KEYS;
    }

    @Override
    public SampleTable read(Request request) {
        JsonFields fields = request.fields();
        fields.allowOnly(KEYS);
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
        return new SampleTable(
                new DMatrixRMaj(inputs),
                new DMatrixRMaj(targets.length, 1, true, targets),
                (i, value, rule) -> fields.fault("targets[" + i + "]", value + " (row " + (i + 1) + ")", rule),
                null);
    }
}
