package dev.lowland.cli.report.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that results are written in: a double is its shortest decimal that reads back as the same bits, the same on
 * every Java; what JSON cannot say (NaN, infinity) is null; lines end with a line feed.
 */
public final class Json {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT));

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The text of a result, ending with a line feed. */
    public static String text(JsonNode node) {
        try {
            return WRITER.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number, or null where it is not finite. */
    public static JsonNode number(double value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return Double.isFinite(value) ? factory.numberNode(value) : factory.nullNode();
    }

    /** The numbers of a vector; null for no vector. */
    public static JsonNode numbers(@Nullable DMatrixRMaj vector) {
        if (vector == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(vector.getNumElements());
        for (int i = 0; i < vector.getNumElements(); i++) {
            list.add(number(vector.data[i]));
        }
        return list;
    }

    /** A list of rows. */
    public static JsonNode matrix(DMatrixRMaj m) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(m.getNumRows());
        for (int i = 0; i < m.getNumRows(); i++) {
            ArrayNode row = rows.addArray();
            for (int j = 0; j < m.getNumCols(); j++) {
                row.add(number(m.get(i, j)));
            }
        }
        return rows;
    }
}
