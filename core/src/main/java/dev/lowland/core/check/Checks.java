package dev.lowland.core.check;

import java.io.IOException;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Throws an {@link IllegalArgumentException} if an argument breaks a rule, with a text that names the operation, the
 * argument, what was found and what the rule is: {@code multiply: b is 3×4, must be 5×2}. An object that is used out of
 * turn is an {@link IllegalStateException} of the same form, {@link #outOfTurn}, null a {@link NullPointerException},
 * {@link #notNull}, and what is wrong with a file an {@link IOException}, {@link #file}; nothing else is thrown on
 * purpose. Every check of a matrix refuses null.
 *
 * <p>No check modifies or keeps its arguments, and none allocates unless it fails. The cost is a comparison, but for
 * {@code finite} and {@code symmetric}, which read every entry.
 */
public final class Checks {
    /** The longest array of numbers that every JVM can make. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

    private Checks() {}

    /**
     * An argument was given.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the argument
     * @param <T> its type
     * @return value
     * @throws NullPointerException if value is null, in the same form as every refusal
     */
    public static <T> T notNull(String operation, String argument, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(operation + ": " + argument + " is null, must be given");
        }
        return value;
    }

    /**
     * A list and everything in it were given.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the list
     * @param values the list. Not modified.
     * @throws NullPointerException if it is null or holds a null
     */
    public static void noNulls(
            String operation, String argument, @Nullable Iterable<? extends @Nullable Object> values) {
        int place = 0;
        for (Object value : notNull(operation, argument, values)) {
            refuseNull(operation, argument, place++, value);
        }
    }

    /**
     * An array and everything in it were given.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the array
     * @param values the array. Not modified.
     * @throws NullPointerException if it is null or holds a null
     */
    public static void noNulls(String operation, String argument, @Nullable Object @Nullable [] values) {
        int place = 0;
        for (Object value : notNull(operation, argument, values)) {
            refuseNull(operation, argument, place++, value);
        }
    }

    private static void refuseNull(String operation, String argument, int place, @Nullable Object value) {
        if (value == null) {
            notNull(operation, argument + "[" + place + "]", value);
        }
    }

    /**
     * A matrix has a given shape.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param m the matrix. Not modified.
     * @param rows its only allowed number of rows
     * @param columns its only allowed number of columns
     */
    public static void shape(String operation, String argument, DMatrixRMaj m, int rows, int columns) {
        notNull(operation, argument, m);
        if (m.numRows != rows || m.numCols != columns) {
            throw error(operation, argument, shapeOf(m.numRows, m.numCols), shapeOf(rows, columns));
        }
    }

    /**
     * A matrix has a given number of rows.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param m the matrix. Not modified.
     * @param rows its only allowed number of rows
     */
    public static void rows(String operation, String argument, DMatrixRMaj m, int rows) {
        notNull(operation, argument, m);
        if (m.numRows != rows) {
            throw error(operation, argument, shapeOf(m.numRows, m.numCols), rows + "×any");
        }
    }

    /**
     * A matrix is square.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param m the matrix. Not modified.
     */
    public static void square(String operation, String argument, DMatrixRMaj m) {
        notNull(operation, argument, m);
        if (m.numRows != m.numCols) {
            throw error(operation, argument, shapeOf(m.numRows, m.numCols), "square");
        }
    }

    /**
     * A square matrix of finite numbers is symmetric: |a_ij − a_ji| ≤ tolerance·max|a|.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param m the matrix. Not modified.
     * @param tolerance allowed difference, relative to the largest entry
     */
    public static void symmetric(String operation, String argument, DMatrixRMaj m, double tolerance) {
        square(operation, argument, m);
        int n = m.numRows;
        double largest = 0;
        for (int e = 0; e < m.getNumElements(); e++) {
            largest = Math.max(largest, Math.abs(m.data[e]));
        }
        double allowed = tolerance * largest;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double lower = m.data[i * n + j];
                double upper = m.data[j * n + i];
                if (!(Math.abs(lower - upper) <= allowed)) {
                    throw error(
                            operation,
                            argument,
                            lower + " at (" + i + ", " + j + ") but " + upper + " at (" + j + ", " + i + ")",
                            "symmetric within " + tolerance + " of its largest entry");
                }
            }
        }
    }

    /**
     * Every entry of a matrix is finite.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param m the matrix. Not modified.
     */
    public static void finite(String operation, String argument, DMatrixRMaj m) {
        notNull(operation, argument, m);
        for (int e = 0; e < m.getNumElements(); e++) {
            if (!(Math.abs(m.data[e]) <= Double.MAX_VALUE)) {
                String place = " at (" + e / m.numCols + ", " + e % m.numCols + ")";
                throw error(operation, argument, m.data[e] + place, "finite");
            }
        }
    }

    /**
     * A number is finite.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     */
    public static void finite(String operation, String argument, double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw error(operation, argument, Double.toString(value), "finite");
        }
    }

    /**
     * A number is finite and above 0.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     */
    public static void positive(String operation, String argument, double value) {
        if (!(value > 0 && value <= Double.MAX_VALUE)) {
            throw error(operation, argument, Double.toString(value), "positive and finite");
        }
    }

    /**
     * A number is finite and not below 0.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     */
    public static void notNegative(String operation, String argument, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw error(operation, argument, Double.toString(value), "≥ 0 and finite");
        }
    }

    /**
     * A whole number is not below a bound.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     * @param min the smallest allowed
     */
    public static void atLeast(String operation, String argument, long value, long min) {
        if (value < min) {
            throw error(operation, argument, Long.toString(value), "at least " + min);
        }
    }

    /**
     * A whole number is not above a bound.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     * @param max the largest allowed
     */
    public static void atMost(String operation, String argument, long value, long max) {
        if (value > max) {
            throw error(operation, argument, Long.toString(value), "at most " + max);
        }
    }

    /**
     * An index is in [0, bound).
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the index
     * @param bound how many there are
     */
    public static void index(String operation, String argument, long value, long bound) {
        if (value < 0 || value >= bound) {
            throw error(operation, argument, Long.toString(value), "in [0, " + bound + ")");
        }
    }

    /**
     * A number is in the closed interval [min, max].
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     * @param min the smallest allowed
     * @param max the largest allowed
     */
    public static void inRange(String operation, String argument, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw error(operation, argument, Double.toString(value), "in [" + min + ", " + max + "]");
        }
    }

    /**
     * A number is in the interval [min, max), without its upper end.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     * @param min the smallest allowed
     * @param max upper bound, itself not allowed
     */
    public static void inHalfOpenRange(String operation, String argument, double value, double min, double max) {
        if (!(value >= min && value < max)) {
            throw error(operation, argument, Double.toString(value), "in [" + min + ", " + max + ")");
        }
    }

    /**
     * A number is in the open interval (min, max).
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param value the number
     * @param min lower bound, itself not allowed
     * @param max upper bound, itself not allowed
     */
    public static void inOpenRange(String operation, String argument, double value, double min, double max) {
        if (!(value > min && value < max)) {
            throw error(operation, argument, Double.toString(value), "in (" + min + ", " + max + ")");
        }
    }

    /**
     * An array has a given length.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param found the array's length
     * @param length its only allowed length
     */
    public static void length(String operation, String argument, int found, int length) {
        if (found != length) {
            throw error(operation, argument, "of length " + found, "of length " + length);
        }
    }

    /**
     * Entries offset, offset + stride, …, offset + (count − 1)·stride lie inside an array.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the array
     * @param length the array's length
     * @param offset first entry
     * @param count how many entries
     * @param stride distance of neighbours, at least 1
     */
    public static void span(String operation, String argument, int length, int offset, int count, int stride) {
        atLeast(operation, "count", count, 0);
        atLeast(operation, "offset", offset, 0);
        atLeast(operation, "stride", stride, 1);
        long end = count == 0 ? offset : offset + (count - 1L) * stride + 1;
        if (end > length) {
            throw error(operation, argument, "of length " + length, "of length at least " + end);
        }
    }

    /**
     * Numbers at regular distances lie in an array that was given.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the array
     * @param array the array. Not modified.
     * @param offset where the first number is
     * @param count how many there are
     * @param stride from one to the next
     */
    public static void span(
            String operation, String argument, double @Nullable [] array, int offset, int count, int stride) {
        span(operation, argument, notNull(operation, argument, array).length, offset, count, stride);
    }

    /**
     * An output is not one of the inputs.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the output
     * @param output the output
     * @param inputName name of the input
     * @param input the input
     */
    @SuppressWarnings("ReferenceEquality") // the same array is the question
    public static void distinct(
            String operation, String argument, DMatrixRMaj output, String inputName, DMatrixRMaj input) {
        if (output.data == input.data) {
            throw error(operation, argument, "the same memory as " + inputName, "another matrix");
        }
    }

    /**
     * What a size asks for can be in memory at all.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the size
     * @param value the size
     * @param numbers how many numbers of eight bytes it needs at least
     * @throws IllegalArgumentException if that is more than the largest heap of this JVM
     */
    public static void room(String operation, String argument, long value, double numbers) {
        long heap = Runtime.getRuntime().maxMemory();
        if (!(numbers * Double.BYTES <= heap)) {
            room(operation, argument + " " + value, numbers, heap, " (java -Xmx makes it more)");
        }
    }

    /**
     * What is to be kept fits into a given memory.
     *
     * @param operation what the caller was asked to do
     * @param what is kept
     * @param numbers how many numbers of eight bytes it has
     * @param limit the bytes that the process may have
     * @param otherwise what to ask for instead, put after the rule
     * @throws IllegalArgumentException if it does not
     */
    public static void room(String operation, String what, double numbers, long limit, String otherwise) {
        double bytes = numbers * Double.BYTES;
        if (!(bytes <= limit)) {
            throw error(
                    operation,
                    "memory for " + what,
                    String.format(Locale.ROOT, "%.0f bytes", bytes),
                    "at most " + limit + ", what the process may have" + otherwise);
        }
    }

    /**
     * What is to be kept fits into one array.
     *
     * @param operation what the caller was asked to do
     * @param what is kept
     * @param numbers how many numbers of eight bytes it has
     * @param otherwise what to ask for instead, put after the rule
     * @throws IllegalArgumentException if it does not
     */
    public static void oneArray(String operation, String what, double numbers, String otherwise) {
        if (!(numbers <= LONGEST_ARRAY)) {
            throw error(
                    operation,
                    "memory for " + what,
                    String.format(Locale.ROOT, "%.0f bytes in one array", numbers * Double.BYTES),
                    "at most " + LONGEST_ARRAY * Double.BYTES + otherwise);
        }
    }

    /**
     * The error that all checks throw, for rules that are nobody else's.
     *
     * @param operation what the caller was asked to do
     * @param argument name of the argument
     * @param found what the argument is
     * @param rule what it must be
     * @return {@code operation: argument is found, must be rule}
     */
    public static IllegalArgumentException error(String operation, String argument, String found, String rule) {
        return new IllegalArgumentException(operation + ": " + argument + " is " + found + ", must be " + rule);
    }

    /**
     * The error of a file or stream that is not what it must be, in the same form.
     *
     * @param operation what the caller was asked to do
     * @param subject the file, or a part of it
     * @param found what it is
     * @param rule what it must be
     * @return {@code operation: subject is found, must be rule}
     */
    public static IOException file(String operation, String subject, String found, String rule) {
        return new IOException(operation + ": " + subject + " is " + found + ", must be " + rule);
    }

    /**
     * The error of an object that is used out of turn: closed, not yet run, or asked for what its status says it has
     * not.
     *
     * @param operation what the caller was asked to do
     * @param subject what is in the wrong state
     * @param found its state
     * @param rule what the state must be
     * @return {@code operation: subject is found, must be rule}
     */
    public static IllegalStateException outOfTurn(String operation, String subject, String found, String rule) {
        return new IllegalStateException(operation + ": " + subject + " is " + found + ", must be " + rule);
    }

    /**
     * Ends long work on a thread that was interrupted. The interrupt stays set.
     *
     * @param operation what the caller was asked to do
     * @throws IllegalStateException if the thread is interrupted
     */
    public static void notInterrupted(String operation) {
        if (Thread.currentThread().isInterrupted()) {
            throw outOfTurn(operation, "the thread", "interrupted", "left alone until it is done");
        }
    }

    private static String shapeOf(int rows, int columns) {
        return rows + "×" + columns;
    }
}
