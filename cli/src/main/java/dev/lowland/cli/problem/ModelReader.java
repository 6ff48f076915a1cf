package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ModelField;
import dev.lowland.autodiff.nn.ModelKind;
import dev.lowland.autodiff.nn.Models;
import java.util.List;
import java.util.stream.Stream;

/** Reads the field {@code model}: which f(θ; x), by the kinds of {@link Models#kinds}. */
final class ModelReader {
    private static final List<String> LATER = List.of("convnet", "resnet");

    private ModelReader() {}

    /** The model, for samples of so many inputs and targets of so many numbers. */
    static Model read(JsonFields root, int inputs, int outputs) {
        JsonFields fields = root.object("model");
        ModelKind kind = fields.oneOf("kind", Models.kinds(), ModelKind::name, LATER);
        fields.allowOnly(Stream.concat(Stream.of("kind"), kind.fields().stream().map(ModelField::name))
                .toList());
        try {
            return kind.make(fields, inputs, outputs);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(root.file(), "model", e);
        }
    }
}
