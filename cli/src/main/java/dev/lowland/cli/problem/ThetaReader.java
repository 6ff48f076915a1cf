package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.cli.data.FileFault;
import dev.lowland.cli.data.Npy;
import dev.lowland.cli.data.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads where θ is: {@code theta} as a list of numbers, as {@code {"npy": "theta.npy"}} or {@code {"npz": "net.npz",
 * "array": "theta"}}; or {@code init} in its place, see {@link Initialisation}.
 */
final class ThetaReader {
    private ThetaReader() {}

    static DMatrixRMaj read(JsonFields root, Path problemFile, Model model) {
        boolean given = root.has("theta");
        if (given == root.has("init")) {
            throw root.fault("theta", given ? "beside init" : "missing", given ? "alone" : "given, or init");
        }
        if (!given) {
            return Initialisation.read(root.object("init"), model);
        }
        if (root.require("theta").isObject()) {
            JsonFields fields = root.object("theta");
            try {
                return ofFile(fields, problemFile, model);
            } catch (IOException e) {
                throw DataReader.problem(fields, e);
            }
        }
        double[] numbers = root.numbers("theta");
        if (numbers.length != model.parameterCount()) {
            throw root.fault("theta", "of length " + numbers.length, "of length " + parts(model));
        }
        return new DMatrixRMaj(numbers.length, 1, true, numbers);
    }

    private static DMatrixRMaj ofFile(JsonFields fields, Path problemFile, Model model) throws IOException {
        NpyArray array;
        if (fields.has("npz")) {
            fields.allowOnly(List.of("npz", "array"));
            array = Npy.read(fields.path("npz", problemFile), fields.text("array"));
        } else {
            fields.allowOnly(List.of("npy"));
            array = Npy.read(fields.path("npy", problemFile));
        }
        int size = model.parameterCount();
        int rank = array.rank();
        boolean column = rank == 2 && (array.shape()[0] == 1 || array.shape()[1] == 1);
        if (array.values().length != size || !(rank == 1 || column)) {
            throw new FileFault(
                    array.file(),
                    array.place("the shape"),
                    array.shapeText(),
                    "(" + size + ",), numbers " + parts(model));
        }
        return DMatrixRMaj.wrap(size, 1, array.finite().values());
    }

    private static String parts(Model model) {
        return model.blocks().stream()
                .map(ParameterBlock::toString)
                .collect(Collectors.joining(", ", model.parameterCount() + ": ", ""));
    }
}
