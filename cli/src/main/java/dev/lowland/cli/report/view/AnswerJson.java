package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.report.format.Json;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A result in which every number says how it was got: at its end the object {@code methods} has a text for each field
 * with a number, and {@code reasons} one for each field that is null. Not thread-safe.
 */
final class AnswerJson {
    private final ObjectNode node = Json.object();
    private final ObjectNode methods = Json.object();
    private final ObjectNode reasons = Json.object();

    /** A field that is a setting or a status, and has no method. */
    AnswerJson text(String field, String value) {
        node.put(field, value);
        return this;
    }

    /** A field that is a setting or a count, and has no method. */
    AnswerJson count(String field, long value) {
        node.put(field, value);
        return this;
    }

    /** A count that may not be there; null with a reason then. */
    AnswerJson count(String field, OptionalLong value, String method, String reason) {
        JsonNode found = value.isPresent() ? LongNode.valueOf(value.getAsLong()) : NullNode.getInstance();
        return add(field, found, method, reason);
    }

    /** A number; null with a reason where it is not finite. */
    AnswerJson number(String field, double value, String method, String reason) {
        return add(field, Json.number(value), method, reason);
    }

    /** A vector; null with a reason where there is none. */
    AnswerJson numbers(String field, @Nullable DMatrixRMaj vector, String method, String reason) {
        return add(field, Json.numbers(vector), method, reason);
    }

    /** A list of rows; null with a reason where there is none. */
    AnswerJson matrix(String field, @Nullable DMatrixRMaj m, String method, String reason) {
        return add(field, m == null ? Json.numbers(null) : Json.matrix(m), method, reason);
    }

    /** A list of objects with numbers of their own, all got in one way. */
    AnswerJson objects(String field, JsonNode list, String method) {
        return add(field, list, method, "");
    }

    private AnswerJson add(String field, JsonNode value, String method, String reason) {
        node.set(field, value);
        if (value.isNull()) {
            reasons.put(field, reason);
        } else {
            methods.put(field, method);
        }
        return this;
    }

    /** The text, ending with a line feed. */
    String text() {
        node.set("methods", methods);
        node.set("reasons", reasons);
        return Json.text(node);
    }
}
