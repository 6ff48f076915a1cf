package dev.lowland.cli.problem;

import dev.lowland.cli.data.FileFault;
import dev.lowland.cli.data.Npy;
import dev.lowland.cli.data.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Arrays of numpy: {@code {"npy": {"inputs": "x.npy", "targets": "y.npy"}}}, or of one archive, {@code {"npz":
 * "data.npz", "inputs": "x", "targets": "y"}}. Inputs have n rows, of which whatever further indices there are become
 * one; targets have n rows, of one number or several.
 */
final class NumpyData implements DataForm {
    @Override
    public List<String> keys() {
        return List.of("npy", "npz");
    }

    @Override
    public SampleTable read(Request request) throws IOException {
        JsonFields fields = request.fields();
        NpyArray inputs;
        NpyArray targets;
        if (fields.has("npz")) {
            fields.allowOnly(List.of("npz", "inputs", "targets"));
            Path file = fields.path("npz", request.problemFile());
            inputs = Npy.read(file, fields.text("inputs"));
            targets = Npy.read(file, fields.text("targets"));
        } else {
            fields.allowOnly(List.of("npy"));
            JsonFields files = fields.object("npy");
            files.allowOnly(List.of("inputs", "targets"));
            inputs = Npy.read(files.path("inputs", request.problemFile()));
            targets = Npy.read(files.path("targets", request.problemFile()));
        }
        DMatrixRMaj rows = matrix(inputs);
        if (targets.rank() < 1 || targets.shape()[0] != rows.numRows) {
            throw new FileFault(
                    targets.file(),
                    targets.place("the shape"),
                    targets.shapeText(),
                    "of " + rows.numRows + " rows, one for each of the inputs");
        }
        return new SampleTable(
                rows,
                matrix(targets),
                (i, value, rule) -> new ProblemException(
                        targets.file(),
                        targets.place(i * (targets.values().length / rows.numRows)),
                        String.valueOf(value),
                        rule),
                null);
    }

    /** The array as rows; refused if it is empty or no number of it is finite. */
    private static DMatrixRMaj matrix(NpyArray array) throws FileFault {
        if (array.rank() < 1 || array.values().length == 0) {
            throw new FileFault(
                    array.file(), array.place("the shape"), array.shapeText(), "of at least one row of a number");
        }
        int rows = array.shape()[0];
        return DMatrixRMaj.wrap(
                rows, array.values().length / rows, array.finite().values());
    }
}
