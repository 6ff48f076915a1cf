package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.data.ArrayRows;
import dev.lowland.optim.data.ClassRows;
import dev.lowland.optim.data.RowSource;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Training samples: a row of inputs and a row of targets for each. Immutable; matrices are copied in and copied out,
 * and other sources of rows are read when they are asked. What works on samples copies those that it works on to memory
 * of its own ({@link #copyInputs}, {@link #gatherInputs}), so that the numbers are in memory once, however many runs
 * there are, or not at all: they may be bytes in a file.
 *
 * <p>Targets are what the model should predict (regression), ±1 (losses on margins) or a one-hot row (classes).
 *
 * <p>Values and gradients of an objective, {@code optim.curvature}, steps on batches and ensembles work on chunks in a
 * fixed order, and have the same bits wherever the numbers come from. A few programs take all samples at once: the
 * Hessian, the Jacobian and the third order of {@link ObjectiveEvaluator}. For these a source is read to memory and
 * kept, up to {@value #MOST_KEPT} numbers; more are refused. Steps on a full batch that is not cut, and all that works
 * on few samples, have the inputs as constants.
 */
public final class Data {

    private static final String OF = "Data.of";
    private static final String OF_CLASSES = "Data.ofClasses";

    /** Numbers of a source that are kept for programs that take all samples at once. */
    static final int MOST_KEPT = 1 << 23;

    private final Table inputs;
    private final Table targets;

    private Data(RowSource inputs, RowSource targets) {
        this.inputs = new Table(inputs);
        this.targets = new Table(targets);
    }

    /**
     * Takes a copy of inputs and targets.
     *
     * @param inputs n × d, one sample a row, n ≥ 1 and d ≥ 1, all finite. Not modified.
     * @param targets n × c, c ≥ 1, all finite; c = 1 for models with one output. Not modified.
     * @return the samples
     * @throws IllegalArgumentException if there is no sample, the numbers of rows differ or a number is not finite
     */
    public static Data of(DMatrixRMaj inputs, DMatrixRMaj targets) {
        Checks.notNull(OF, "targets", targets);
        Checks.atLeast(OF, "columns of targets", targets.numCols, 1);
        ArrayRows copied = copy(OF, inputs);
        Checks.shape(OF, "targets", targets, inputs.numRows, targets.numCols);
        Checks.finite(OF, "targets", targets);
        return new Data(copied, rows(targets));
    }

    private static ArrayRows copy(String operation, DMatrixRMaj inputs) {
        Checks.notNull(operation, "inputs", inputs);
        Checks.atLeast(operation, "rows of inputs", inputs.numRows, 1);
        Checks.atLeast(operation, "columns of inputs", inputs.numCols, 1);
        Checks.finite(operation, "inputs", inputs);
        return rows(inputs);
    }

    private static ArrayRows rows(DMatrixRMaj matrix) {
        return ArrayRows.of(Arrays.copyOf(matrix.data, matrix.getNumElements()), matrix.numCols);
    }

    /**
     * Samples that are read when they are asked for; nothing is copied. A source that does not know that its numbers
     * are finite ({@link RowSource#isFinite}) is read once, in order.
     *
     * @param inputs n × d, one sample a row, all finite
     * @param targets n × c, all finite; {@link ClassRows} for classes
     * @return the samples
     * @throws IllegalArgumentException if there is no sample, the numbers of rows differ or a number is not finite
     * @throws java.io.UncheckedIOException if a source fails
     */
    public static Data of(RowSource inputs, RowSource targets) {
        Checks.notNull(OF, "inputs", inputs);
        Checks.notNull(OF, "targets", targets);
        Checks.atLeast(OF, "rows of inputs", inputs.rowCount(), 1);
        Checks.atLeast(OF, "columns of inputs", inputs.columnCount(), 1);
        Checks.atLeast(OF, "columns of targets", targets.columnCount(), 1);
        if (targets.rowCount() != inputs.rowCount()) {
            throw Checks.error(
                    OF,
                    "targets",
                    targets.rowCount() + "×" + targets.columnCount(),
                    inputs.rowCount() + "×" + targets.columnCount());
        }
        Data data = new Data(inputs, targets);
        data.inputs.checkFinite("inputs");
        data.targets.checkFinite("targets");
        return data;
    }

    /**
     * Samples of one of several classes; the targets are one-hot rows, of which the indices are kept.
     *
     * @param inputs n × d, one sample a row, all finite. Not modified.
     * @param classes n class indices in [0, classCount). Not modified.
     * @param classCount number of classes, at least 2
     * @return the samples, with targets n × classCount
     * @throws IllegalArgumentException if a length, a class or a number is out of range
     */
    public static Data ofClasses(DMatrixRMaj inputs, int[] classes, int classCount) {
        Checks.notNull(OF_CLASSES, "inputs", inputs);
        Checks.notNull(OF_CLASSES, "classes", classes);
        Checks.atLeast(OF_CLASSES, "classCount", classCount, 2);
        Checks.length(OF_CLASSES, "classes", classes.length, inputs.numRows);
        for (int i = 0; i < classes.length; i++) {
            Checks.index(OF_CLASSES, "class of sample " + i, classes[i], classCount);
        }
        return new Data(copy(OF_CLASSES, inputs), ClassRows.of(classes, classCount));
    }

    /**
     * Number of samples n.
     *
     * @return n ≥ 1
     */
    public int size() {
        return inputs.rows;
    }

    /**
     * Numbers in one input d.
     *
     * @return d ≥ 1
     */
    public int inputSize() {
        return inputs.width;
    }

    /**
     * Numbers in one target c.
     *
     * @return c ≥ 1
     */
    public int outputSize() {
        return targets.width;
    }

    /**
     * A copy of the inputs, however many they are.
     *
     * @return n × d
     * @throws IllegalArgumentException if they are too many for an array
     */
    public DMatrixRMaj inputs() {
        return inputs.matrix("inputs");
    }

    /**
     * A copy of the targets.
     *
     * @return n × c
     * @throws IllegalArgumentException if they are too many for an array
     */
    public DMatrixRMaj targets() {
        return targets.matrix("targets");
    }

    /**
     * One number of a target.
     *
     * @param sample the sample, in [0, n)
     * @param output which of its numbers, in [0, c)
     * @return the number
     * @throws IllegalArgumentException if an index is out of range
     */
    public double target(int sample, int output) {
        Checks.index("target", "sample", sample, targets.rows);
        Checks.index("target", "output", output, targets.width);
        return targets.entry(sample, output);
    }

    /**
     * Copies the inputs of samples that follow each other.
     *
     * @param from the first of them
     * @param count how many
     * @param out row-major, at least count·d long; its beginning is modified
     * @throws IllegalArgumentException if there are no such samples or out is too short
     */
    public void copyInputs(int from, int count, double[] out) {
        inputs.copy("copyInputs", from, count, out);
    }

    /**
     * Copies the targets of samples that follow each other.
     *
     * @param from the first of them
     * @param count how many
     * @param out row-major, at least count·c long; its beginning is modified
     * @throws IllegalArgumentException if there are no such samples or out is too short
     */
    public void copyTargets(int from, int count, double[] out) {
        targets.copy("copyTargets", from, count, out);
    }

    /**
     * Gathers the inputs of samples that several lanes have drawn, side by side: entry j of place i of lane l goes to
     * out[(i·d + j)·lanes + l]. With one lane these are rows, one after the other. Allocates nothing, unless a source
     * does.
     *
     * @param samples the sample at place i of lane l is at [offset + i·lanes + l]. Not modified.
     * @param offset where they begin
     * @param count places of a lane
     * @param lanes how many lanes, at least 1
     * @param out at least count·d·lanes long; its beginning is modified
     * @throws IllegalArgumentException if a sample is not in [0, n) or an array is too short
     */
    public void gatherInputs(int[] samples, int offset, int count, int lanes, double[] out) {
        inputs.gather("gatherInputs", samples, offset, count, lanes, out);
    }

    /**
     * Gathers the targets of samples that several lanes have drawn, as {@link #gatherInputs} does the inputs.
     *
     * @param samples the sample at place i of lane l is at [offset + i·lanes + l]. Not modified.
     * @param offset where they begin
     * @param count places of a lane
     * @param lanes how many lanes, at least 1
     * @param out at least count·c·lanes long; its beginning is modified
     * @throws IllegalArgumentException if a sample is not in [0, n) or an array is too short
     */
    public void gatherTargets(int[] samples, int offset, int count, int lanes, double[] out) {
        targets.gather("gatherTargets", samples, offset, count, lanes, out);
    }

    /**
     * The inputs, row-major, as an argument of programs: lent, and never to be modified.
     *
     * @throws IllegalArgumentException if they are read from a source and more than {@value #MOST_KEPT} numbers
     */
    double[] lentInputs() {
        return inputs.whole("inputs");
    }

    /**
     * The targets, row-major, as an argument of programs: lent, and never to be modified.
     *
     * @throws IllegalArgumentException if they are read from a source and more than {@value #MOST_KEPT} numbers
     */
    double[] lentTargets() {
        return targets.whole("targets");
    }

    /** Rows of numbers: an array where there is one, else what the source says. Shared by threads. */
    private static final class Table {

        /** From so many numbers on a row is copied as a whole. */
        private static final int LONG_ROW = 8;

        /** Numbers that are looked at together. */
        private static final int CHUNK = 1 << 16;

        final int rows;
        final int width;
        private final RowSource source;
        private final double @Nullable [] array;
        private volatile double @Nullable [] kept;

        Table(RowSource source) {
            this.source = source;
            this.rows = source.rowCount();
            this.width = source.columnCount();
            this.array = source instanceof ArrayRows given ? given.array().orElse(null) : null;
        }

        void checkFinite(String name) {
            if (source.isFinite()) {
                return;
            }
            int together = Math.max(1, Math.min(rows, CHUNK / width));
            double[] chunk = new double[together * width];
            for (long from = 0; from < rows; from += together) {
                int count = (int) Math.min(together, rows - from);
                source.read((int) from, count, chunk, 0);
                for (int e = 0; e < count * width; e++) {
                    if (!(Math.abs(chunk[e]) <= Double.MAX_VALUE)) {
                        String place = " at (" + (from + e / width) + ", " + e % width + ")";
                        throw Checks.error(OF, name, chunk[e] + place, "finite");
                    }
                }
            }
        }

        double entry(int row, int column) {
            if (array != null) {
                return array[row * width + column];
            }
            double[] numbers = new double[width];
            source.read(row, 1, numbers, 0);
            return numbers[column];
        }

        DMatrixRMaj matrix(String operation) {
            if (array != null) {
                return new DMatrixRMaj(rows, width, true, Arrays.copyOf(array, rows * width));
            }
            long numbers = (long) rows * width;
            Checks.atMost(operation, "rows × columns", numbers, Integer.MAX_VALUE - 8L);
            DMatrixRMaj out = new DMatrixRMaj(rows, width);
            source.read(0, rows, out.data, 0);
            return out;
        }

        double[] whole(String name) {
            if (array != null) {
                return array;
            }
            double[] found = kept;
            if (found == null) {
                if ((long) rows * width > MOST_KEPT) {
                    throw Checks.error(
                            "derivatives on all samples at once",
                            name,
                            rows + "×" + width + " and read from a source",
                            "at most " + MOST_KEPT + " numbers, or in an array of doubles; optim.curvature works on"
                                    + " chunks");
                }
                found = matrix(name).data;
                kept = found;
            }
            return found;
        }

        void copy(String operation, int from, int count, double[] out) {
            Checks.notNull(operation, "out", out);
            Checks.atLeast(operation, "from", from, 0);
            Checks.atLeast(operation, "count", count, 0);
            Checks.atMost(operation, "from + count", (long) from + count, rows);
            checkRoom(operation, "out", out.length, (long) count * width);
            if (array != null) {
                System.arraycopy(array, from * width, out, 0, count * width);
            } else if (count > 0) {
                source.read(from, count, out, 0);
            }
        }

        private static void checkRoom(String operation, String argument, int length, long numbers) {
            if (length < numbers) {
                throw Checks.error(operation, argument, "of length " + length, "of length at least " + numbers);
            }
        }

        void gather(String operation, int[] samples, int offset, int count, int lanes, double[] out) {
            Checks.notNull(operation, "samples", samples);
            Checks.notNull(operation, "out", out);
            Checks.atLeast(operation, "lanes", lanes, 1);
            Checks.span(operation, "samples", samples.length, offset, count * lanes, 1);
            checkRoom(operation, "out", out.length, (long) count * width * lanes);
            for (int i = 0; i < count; i++) {
                for (int l = 0; l < lanes; l++) {
                    int sample = samples[offset + i * lanes + l];
                    Checks.index(operation, "sample", sample, rows);
                    int to = i * width * lanes + l;
                    if (array == null) {
                        source.readRow(sample, out, to, lanes);
                    } else {
                        copyRow(array, sample * width, out, to, lanes);
                    }
                }
            }
        }

        private void copyRow(double[] from, int offset, double[] out, int to, int lanes) {
            if (lanes == 1 && width >= LONG_ROW) {
                System.arraycopy(from, offset, out, to, width);
                return;
            }
            for (int j = 0; j < width; j++) {
                out[to + j * lanes] = from[offset + j];
            }
        }
    }
}
