package dev.lowland.cli.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Parses a whole file as JSON: a key that comes twice, or text after the end, is an error. The literals NaN and
 * Infinity get through the parser so that the reader can say in which row they stand.
 */
final class StrictJson {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .reader();

    private StrictJson() {}

    /**
     * Reads the file.
     *
     * @throws ProblemException if it is missing, cannot be read, is empty or is not JSON
     */
    static JsonNode read(Path file) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new ProblemException(name, "the file", "does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new ProblemException(name, "the file", "is a folder, must be a JSON file");
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProblemException(name, "the file", "cannot be read: " + e);
        }
        try {
            JsonNode node = READER.readTree(bytes);
            if (node.isMissingNode()) {
                throw new ProblemException(name, "the file", "is empty, must hold one JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new ProblemException(name, place(e.getLocation()), "not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProblemException(name, "the file", "not valid JSON: " + e.getMessage());
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "the file" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
