package dev.lowland.cli.problem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.autodiff.nn.GivenFields;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One JSON object of a problem file, read strictly: every getter either returns a legal value or throws a
 * {@link ProblemException} that names the file, the path of the field and the rule.
 */
final class JsonFields implements GivenFields {
    private final String file;
    private final String path;
    private final JsonNode object;

    private JsonFields(String file, String path, JsonNode object) {
        this.file = file;
        this.path = path;
        this.object = object;
    }

    /** The outermost object of {@code file}. */
    static JsonFields root(String file, JsonNode node) {
        if (!node.isObject()) {
            throw new ProblemException(file, "the file", kind(node), "one JSON object");
        }
        return new JsonFields(file, "", node);
    }

    /** The file, as the user named it. */
    String file() {
        return file;
    }

    /** The path of a field of this object. */
    String pathOf(String name) {
        String shown = name.isEmpty() ? "''" : name;
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** An error about a field of this object. */
    @Override
    public ProblemException fault(String name, String found, String rule) {
        return new ProblemException(file, pathOf(name), found, rule);
    }

    /** What the library refuses of what this object says. */
    ProblemException refused(IllegalArgumentException refusal) {
        return new ProblemException(file, path.isEmpty() ? "the problem" : path, refusal);
    }

    /** A file that this object names, and that cannot be read. */
    ProblemException unreadable(IOException e) {
        return new ProblemException(file, path, "of a file that is unreadable (" + FileReason.of(e) + ")", "of others");
    }

    /** Refuses every field that is not in the list. */
    void allowOnly(List<String> legal) {
        object.fieldNames().forEachRemaining(name -> {
            if (!legal.contains(name)) {
                throw fault(name, "unknown", NearestNames.rule(name, legal));
            }
        });
    }

    @Override
    public boolean has(String name) {
        return object.has(name);
    }

    /** Refuses a missing field. */
    JsonNode require(String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            throw fault(name, "missing", "given");
        }
        return node;
    }

    JsonFields object(String name) {
        JsonNode node = require(name);
        if (!node.isObject()) {
            throw fault(name, kind(node), "an object");
        }
        return new JsonFields(file, pathOf(name), node);
    }

    String text(String name) {
        JsonNode node = require(name);
        if (!node.isTextual()) {
            throw fault(name, kind(node), "a string");
        }
        return node.textValue();
    }

    /** The path of a file, relative to the folder of the problem file. */
    Path path(String name, Path problemFile) {
        String text = text(name);
        try {
            return problemFile.resolveSibling(text);
        } catch (InvalidPathException e) {
            throw fault(name, "\"" + shorten(text) + "\" (" + e.getReason() + ")", "the name of a file");
        }
    }

    boolean truth(String name) {
        JsonNode node = require(name);
        if (!node.isBoolean()) {
            throw fault(name, kind(node), "true or false");
        }
        return node.booleanValue();
    }

    double number(String name) {
        return finite(require(name), pathOf(name), "");
    }

    /** A whole number of at least {@code minimum} that fits an int. */
    @Override
    public int wholeNumber(String name, int minimum) {
        return wholeNumber(require(name), pathOf(name), minimum);
    }

    /** A whole number that fits a long. */
    long longNumber(String name) {
        JsonNode node = require(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw fault(name, kind(node), "a whole number of at most 64 bits");
        }
        return node.longValue();
    }

    @Override
    public List<Integer> wholeNumbers(String name, int minimum) {
        JsonNode node = list(name);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            numbers.add(wholeNumber(node.get(i), pathOf(name) + "[" + i + "]", minimum));
        }
        return numbers;
    }

    @Override
    public List<GivenFields> objects(String name, List<String> legal) {
        JsonNode node = list(name);
        List<GivenFields> objects = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String place = pathOf(name) + "[" + i + "]";
            if (!node.get(i).isObject()) {
                throw new ProblemException(file, place, kind(node.get(i)), "an object");
            }
            JsonFields fields = new JsonFields(file, place, node.get(i));
            fields.allowOnly(legal);
            objects.add(fields);
        }
        return objects;
    }

    @Override
    public <T> T oneOf(String name, List<T> values, Function<T, String> label) {
        String text = text(name);
        List<String> labels = values.stream().map(label).toList();
        int found = labels.indexOf(text);
        if (found < 0) {
            throw fault(name, "'" + text + "'", NearestNames.rule(text, labels));
        }
        return values.get(found);
    }

    double[] numbers(String name) {
        return numbers(list(name), pathOf(name), "");
    }

    /** A list of numbers of which each belongs to a row of data; errors name the row. */
    double[] numbersByRow(String name) {
        JsonNode node = list(name);
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = finite(node.get(i), pathOf(name) + "[" + i + "]", " in row " + (i + 1));
        }
        return numbers;
    }

    /** A list of lists of numbers; errors name the row, counted from 1. */
    double[][] rows(String name) {
        JsonNode node = list(name);
        double[][] rows = new double[node.size()][];
        for (int i = 0; i < rows.length; i++) {
            String rowPath = pathOf(name) + "[" + i + "]";
            if (!node.get(i).isArray()) {
                throw new ProblemException(
                        file, rowPath, kind(node.get(i)) + " in row " + (i + 1), "a list of numbers");
            }
            rows[i] = numbers(node.get(i), rowPath, " in row " + (i + 1));
        }
        return rows;
    }

    /** A list of lists of whole numbers. */
    int[][] wholeRows(String name, int minimum) {
        JsonNode node = list(name);
        int[][] rows = new int[node.size()][];
        for (int i = 0; i < rows.length; i++) {
            String rowPath = pathOf(name) + "[" + i + "]";
            if (!node.get(i).isArray()) {
                throw new ProblemException(file, rowPath, kind(node.get(i)), "a list of whole numbers");
            }
            rows[i] = new int[node.get(i).size()];
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = wholeNumber(node.get(i).get(j), rowPath + "[" + j + "]", minimum);
            }
        }
        return rows;
    }

    List<String> texts(String name) {
        JsonNode node = list(name);
        for (int i = 0; i < node.size(); i++) {
            if (!node.get(i).isTextual()) {
                throw fault(name + "[" + i + "]", kind(node.get(i)), "a string");
            }
        }
        return node.valueStream().map(JsonNode::textValue).toList();
    }

    private JsonNode list(String name) {
        JsonNode node = require(name);
        if (!node.isArray()) {
            throw fault(name, kind(node), "a list");
        }
        return node;
    }

    private double[] numbers(JsonNode list, String listPath, String where) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = finite(list.get(i), listPath + "[" + i + "]", where);
        }
        return numbers;
    }

    private double finite(JsonNode node, String nodePath, String where) {
        if (!node.isNumber()) {
            throw new ProblemException(file, nodePath, kind(node) + where, "a number");
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw new ProblemException(file, nodePath, node.asText() + where, "finite");
        }
        return value;
    }

    private int wholeNumber(JsonNode node, String nodePath, int minimum) {
        double value = finite(node, nodePath, "");
        if (value != Math.rint(value) || value < minimum || value > Integer.MAX_VALUE) {
            throw new ProblemException(
                    file, nodePath, node.asText(), "a whole number of at least " + minimum + " that fits 32 bits");
        }
        return (int) value;
    }

    /** What a value is, in words, for error messages. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "the string \"" + shorten(node.textValue()) + "\"";
            case NULL -> "null";
            case MISSING -> "nothing";
            default -> node.asText();
        };
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
