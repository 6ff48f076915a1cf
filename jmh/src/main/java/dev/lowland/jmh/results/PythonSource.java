package dev.lowland.jmh.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of the script {@code jmh/peers/steps.py}: PyTorch or numpy.
 *
 * @param python the interpreter
 * @param script the script
 * @param step its name there; kept as {@code python/STEP}
 * @param seconds time for it
 * @param javas know how to pin
 */
record PythonSource(String python, Path script, String step, double seconds, Javas javas) implements Source {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String label() {
        return name(step);
    }

    /** Under which the time of a step is kept. */
    static String name(String step) {
        return "python/" + step;
    }

    @Override
    public Map<String, Double> measure() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(javas.pin(1));
        command.addAll(List.of(python, script.toString(), "--seconds", Double.toString(seconds), step));
        return parse(Commands.output(command));
    }

    /** The nanoseconds in what the script printed. */
    static Map<String, Double> parse(String text) throws IOException {
        JsonNode root = MAPPER.readTree(text);
        Map<String, Double> numbers = new HashMap<>();
        root.path("nanoseconds")
                .properties()
                .forEach(entry ->
                        numbers.put(name(entry.getKey()), entry.getValue().asDouble()));
        if (numbers.isEmpty()) {
            throw new IOException("the Python peers are missing: " + root.path("missing"));
        }
        return numbers;
    }

    /** The versions in what the script printed, for example {@code torch 1.13.0}. */
    static List<String> versions(String text) throws IOException {
        List<String> versions = new ArrayList<>();
        MAPPER.readTree(text)
                .path("versions")
                .properties()
                .forEach(entry ->
                        versions.add(entry.getKey() + " " + entry.getValue().asText()));
        return versions;
    }
}
