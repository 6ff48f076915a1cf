package dev.lowland.cli.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An array of numbers from a file.
 *
 * @param file where it was read
 * @param name of the array in an archive; empty where the file is the array
 * @param shape its sizes, none for a single number. Not to be modified.
 * @param values row-major, the last index fastest. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record NpyArray(String file, String name, int[] shape, double[] values) {

    /**
     * How many indices it has.
     *
     * @return at least 0
     */
    public int rank() {
        return shape.length;
    }

    /**
     * Its sizes, for people.
     *
     * @return for example {@code (3, 4)}
     */
    public String shapeText() {
        return text(Arrays.stream(shape).asLongStream().toArray());
    }

    static String text(long[] shape) {
        String inner = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return "(" + inner + (shape.length == 1 ? ",)" : ")");
    }

    /**
     * The place of an entry, for people.
     *
     * @param index its index in {@link #values}
     * @return for example {@code entry [2, 0]}, with the name of the array before it
     */
    public String place(int index) {
        String indices = "";
        int rest = index;
        for (int k = shape.length - 1; k >= 0; k--) {
            indices = rest % shape[k] + (indices.isEmpty() ? "" : ", ") + indices;
            rest /= shape[k];
        }
        return place("entry [" + indices + "]");
    }

    /**
     * Something about the array, for people.
     *
     * @param what it is
     * @return the same, with the name of the array before it
     */
    public String place(String what) {
        return name.isEmpty() ? what : name + ": " + what;
    }

    /**
     * Refuses what is no number to compute with.
     *
     * @return this
     * @throws FileFault if an entry is NaN or infinite
     */
    public NpyArray finite() throws FileFault {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new FileFault(file, place(i), String.valueOf(values[i]), "finite");
            }
        }
        return this;
    }
}
