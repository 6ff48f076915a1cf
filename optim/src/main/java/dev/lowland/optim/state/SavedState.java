package dev.lowland.optim.state;

import dev.lowland.core.check.Checks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole numbers and arrays by name, of one kind of thing under some settings, as they are saved. Immutable;
 * {@link States} makes and takes those of runs.
 *
 * <p>Bytes that are foreign, cut short, altered in any place or written by a newer version are refused with what is
 * wrong.
 */
public final class SavedState {

    private static final String OF = "SavedState.of";

    private final String kind;
    private final StateSettings settings;
    private final Map<String, Long> numbers;
    private final Map<String, double[]> arrays;

    private SavedState(String kind, StateSettings settings, Map<String, Long> numbers, Map<String, double[]> arrays) {
        this.kind = kind;
        this.settings = settings;
        this.numbers = numbers;
        this.arrays = arrays;
    }

    /**
     * A state.
     *
     * @param kind what it is a state of, such as {@code run}
     * @param settings of whom it is
     * @param numbers whole numbers by name. Not modified.
     * @param arrays by name, of any length and with any numbers. Not modified.
     * @return the state
     */
    public static SavedState of(
            String kind, StateSettings settings, Map<String, Long> numbers, Map<String, double[]> arrays) {
        Checks.notNull(OF, "kind", kind);
        Checks.notNull(OF, "settings", settings);
        Checks.notNull(OF, "numbers", numbers);
        Checks.notNull(OF, "arrays", arrays);
        Map<String, Long> copiedNumbers = new LinkedHashMap<>();
        numbers.forEach((name, value) ->
                copiedNumbers.put(Checks.notNull(OF, "name of a number", name), Checks.notNull(OF, "number", value)));
        Map<String, double[]> copiedArrays = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copiedArrays.put(
                Checks.notNull(OF, "name of an array", name),
                Checks.notNull(OF, "array", array).clone()));
        return lent(kind, settings, copiedNumbers, copiedArrays);
    }

    /** Of maps and arrays that nobody else has. */
    static SavedState lent(
            String kind, StateSettings settings, Map<String, Long> numbers, Map<String, double[]> arrays) {
        return new SavedState(
                kind, settings, Collections.unmodifiableMap(numbers), Collections.unmodifiableMap(arrays));
    }

    /**
     * The same and one more array.
     *
     * @param name what to save it as, none that is there
     * @param array any numbers. Not modified.
     * @return another state
     * @throws IllegalArgumentException if there is an array of this name
     */
    public SavedState withArray(String name, double[] array) {
        Checks.notNull("SavedState.withArray", "name", name);
        Checks.notNull("SavedState.withArray", "array", array);
        if (arrays.containsKey(name)) {
            throw Checks.error("SavedState.withArray", "name", name, "none of " + arrays.keySet());
        }
        Map<String, double[]> more = new LinkedHashMap<>(arrays);
        more.put(name, array.clone());
        return lent(kind, settings, numbers, more);
    }

    /**
     * What it is a state of.
     *
     * @return such as {@code run}
     */
    public String kind() {
        return kind;
    }

    /**
     * Whose it is.
     *
     * @return the settings
     */
    public StateSettings settings() {
        return settings;
    }

    /**
     * A whole number.
     *
     * @param name what it was saved as
     * @return the number
     * @throws IllegalArgumentException if there is none
     */
    public long number(String name) {
        return found("number", name, numbers);
    }

    /**
     * An array.
     *
     * @param name what it was saved as
     * @return a copy
     * @throws IllegalArgumentException if there is none
     */
    public double[] array(String name) {
        return found("array", name, arrays).clone();
    }

    private static <T> T found(String what, String name, Map<String, T> all) {
        T value = all.get(Checks.notNull("SavedState", "name", name));
        if (value == null) {
            throw Checks.error("SavedState", what + " " + name, "not there", "one of " + all.keySet());
        }
        return value;
    }

    Map<String, Long> numbers() {
        return numbers;
    }

    Map<String, double[]> arrays() {
        return arrays;
    }

    /**
     * Refuses a state of another kind, or of other settings.
     *
     * @param operation what it is wanted for
     * @param wantedKind the kind
     * @param wanted the settings
     * @throws IllegalArgumentException that says what differs
     */
    public void require(String operation, String wantedKind, StateSettings wanted) {
        Checks.notNull("require", "operation", operation);
        Checks.notNull(operation, "kind", wantedKind);
        Checks.notNull(operation, "settings", wanted);
        if (!kind.equals(wantedKind)) {
            throw Checks.error(operation, "the saved state", "of kind " + kind, "of kind " + wantedKind);
        }
        settings.requireSame(operation, wanted);
    }

    /**
     * The state as bytes.
     *
     * @return a new array
     * @throws IllegalArgumentException if it is longer than an array can be
     */
    public byte[] toBytes() {
        Checks.atMost("toBytes", "bytes of the state", StateFormat.bytes(this), Integer.MAX_VALUE - 8L);
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) StateFormat.bytes(this));
        try {
            write(out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes the state. The stream is neither flushed nor closed.
     *
     * @param out where to
     * @throws IOException if the stream fails
     */
    public void write(OutputStream out) throws IOException {
        StateFormat.write(this, Checks.notNull("write", "out", out));
    }

    /**
     * Reads a state, and nothing behind it.
     *
     * @param in where from
     * @return the state
     * @throws IOException if the stream fails, or what it has is foreign, cut short, altered or of a newer version
     */
    public static SavedState read(InputStream in) throws IOException {
        return StateFormat.read(Checks.notNull("read", "in", in));
    }

    /**
     * Reads a state of some bytes, all of them.
     *
     * @param bytes the state. Not modified.
     * @return the state
     * @throws IOException if they are foreign, cut short, altered or of a newer version, or there are more
     */
    public static SavedState of(byte[] bytes) throws IOException {
        return StateFormat.readAll(new ByteArrayInputStream(Checks.notNull(OF, "bytes", bytes)));
    }

    /**
     * Writes the state to a file, which is either the old one or the new one, whole, whenever the machine stops: to
     * another file in the same folder first, named as this one with {@code .saving} behind it, which is then forced to
     * the disk and moved. One writer at a time.
     *
     * @param file where to; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        StateFile.save(this, Checks.notNull("save", "file", file));
    }

    /**
     * Reads a state of a file, all of it.
     *
     * @param file where from
     * @return the state
     * @throws IOException if it cannot be read, or is foreign, cut short, altered, longer or of a newer version
     */
    public static SavedState load(Path file) throws IOException {
        return StateFile.load(Checks.notNull("load", "file", file));
    }

    @Override
    public String toString() {
        return "state of kind " + kind + " with " + numbers + " and " + arrays.keySet();
    }
}
