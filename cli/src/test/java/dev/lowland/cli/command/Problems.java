package dev.lowland.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

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

    /**
     * f = ⟨x, u² − v²⟩ with so many parameters and five random samples, at a random point: R needs many eigenvalues, of
     * which few are not tiny.
     */
    static Path writeLarge(Path folder, int parameters) {
        Random random = new Random(5);
        int d = parameters / 2;
        ObjectNode problem = (ObjectNode) golden("quadratic").get("problem");
        ((ObjectNode) problem.get("sgd")).put("learningRate", 0.05);
        ((ObjectNode) problem.get("sgd")).put("batchSize", "full");
        ObjectNode data = problem.putObject("data");
        ArrayNode inputs = data.putArray("inputs");
        ArrayNode targets = data.putArray("targets");
        for (int s = 0; s < 5; s++) {
            ArrayNode row = inputs.addArray();
            for (int j = 0; j < d; j++) {
                row.add(random.nextGaussian() / Math.sqrt(d));
            }
            targets.add(random.nextGaussian());
        }
        ArrayNode theta = problem.putArray("theta");
        for (int j = 0; j < parameters; j++) {
            theta.add(random.nextGaussian());
        }
        return write(folder, "large" + parameters, problem);
    }
}
