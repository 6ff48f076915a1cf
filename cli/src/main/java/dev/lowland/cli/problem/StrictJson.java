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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        if (Files.isDirectory(file)) {
            throw new ProblemException(name, "the file", "a folder", "a JSON file");
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            JsonNode node = READER.readTree(bytes);
            return notEmpty(name, node);
        } catch (JsonProcessingException e) {
            String found = "no JSON (" + e.getOriginalMessage() + ")";
            throw new ProblemException(name, place(e.getLocation()), found, "JSON");
        } catch (NoSuchFileException e) {
            throw new ProblemException(name, "the file", "missing", "a JSON file");
        } catch (IOException e) {
            throw new ProblemException(name, "the file", "unreadable (" + FileReason.of(e) + ")", "a JSON file");
        }
    }

    /** Reads text that stands for a file of this name. */
    static JsonNode read(String name, String text) {
        try {
            return notEmpty(name, READER.readTree(text));
        } catch (JsonProcessingException e) {
            String found = "no JSON (" + e.getOriginalMessage() + ")";
            throw new ProblemException(name, place(e.getLocation()), found, "JSON");
        }
    }

    private static JsonNode notEmpty(String name, JsonNode node) {
        if (node.isMissingNode()) {
            throw new ProblemException(name, "the file", "empty", "one JSON object");
        }
        return node;
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "the file" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
