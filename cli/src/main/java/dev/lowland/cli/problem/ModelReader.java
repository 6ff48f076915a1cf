package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ModelField;
import dev.lowland.autodiff.nn.ModelKind;
import dev.lowland.autodiff.nn.Models;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the field {@code model}: which f(θ; x), by the kinds of {@link Models#kinds}. */
final class ModelReader {
    private ModelReader() {}

    /** The model, for samples of so many inputs and targets of so many numbers, if they tell. */
    static Model read(JsonFields root, int inputs, OptionalInt outputs) {
        JsonFields fields = root.object("model");
        ModelKind kind = fields.oneOf("kind", Models.kinds(), ModelKind::name);
        fields.allowOnly(Stream.concat(Stream.of("kind"), kind.fields().stream().map(ModelField::name))
                .toList());
        try {
            return kind.make(fields, inputs, outputs);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(root.file(), "model", e);
        }
    }
}
