package dev.lowland.theory.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Problem files for tests of commands. */
final class Problems {
    static final List<String> GOLDEN = List.of(
            "deep-linear",
            "exponential",
            "linear",
            "logistic",
            "matrix-sensing",
            "mlp-momentum",
            "mlp-tanh",
            "quadratic",
            "square-margin");

    private Problems() {}

    /** A golden problem with the values of 50-digit arithmetic. */
    static JsonNode golden(String name) {
        try (InputStream in = Problems.class.getResourceAsStream("/golden/" + name + ".json")) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the problem of a golden file. */
    static Path write(Path folder, String name) {
        return write(folder, name, golden(name).get("problem"));
    }

    /** Writes the problem of a golden file with another field in its {@code sgd}. */
    static Path writeWith(Path folder, String name, String field, double value) {
        JsonNode problem = golden(name).get("problem");
        ((ObjectNode) problem.get("sgd")).put(field, value);
        return write(folder, name, problem);
    }

    static Path write(Path folder, String name, JsonNode problem) {
        try {
            return Files.writeString(folder.resolve(name + ".json"), problem.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
