package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;
import java.util.Arrays;

/**
 * One-hot rows of class indices: row i has a 1 in column k_i and zeros elsewhere. They are kept as one whole number a
 * row. Immutable, shared by threads; reading allocates nothing.
 */
public final class ClassRows implements RowSource {

    private static final String READ = "ClassRows.read";

    /** Labels that are read at once. */
    private static final int CHUNK = 1024;

    private final int[] classes;
    private final int classCount;

    private ClassRows(int[] classes, int classCount) {
        this.classes = classes;
        this.classCount = classCount;
    }

    /**
     * Rows of given classes.
     *
     * @param classes n class indices in [0, classCount), n ≥ 1. Not modified, copied.
     * @param classCount number of classes, at least 2
     * @return n × classCount
     * @throws IllegalArgumentException if there is no class or one is out of range
     */
    public static ClassRows of(int[] classes, int classCount) {
        Checks.notNull("ClassRows.of", "classes", classes);
        Checks.atLeast("ClassRows.of", "length of classes", classes.length, 1);
        Checks.atLeast("ClassRows.of", "classCount", classCount, 2);
        for (int i = 0; i < classes.length; i++) {
            Checks.index("ClassRows.of", "class of row " + i, classes[i], classCount);
        }
        return new ClassRows(classes.clone(), classCount);
    }

    /**
     * Rows of the classes that a column holds, such as a file of labels: it is read once, and kept as class indices.
     *
     * @param labels n × 1, whole numbers in [0, classCount)
     * @param classCount number of classes, at least 2
     * @return n × classCount
     * @throws IllegalArgumentException if there is more than one column, or a label is no such number
     */
    public static ClassRows read(RowSource labels, int classCount) {
        Checks.notNull(READ, "labels", labels);
        Checks.atLeast(READ, "classCount", classCount, 2);
        Checks.atLeast(READ, "rows of labels", labels.rowCount(), 1);
        Checks.atLeast(READ, "columns of labels", labels.columnCount(), 1);
        Checks.atMost(READ, "columns of labels", labels.columnCount(), 1);
        int[] classes = new int[labels.rowCount()];
        double[] chunk = new double[Math.min(CHUNK, classes.length)];
        for (int from = 0; from < classes.length; from += chunk.length) {
            int count = Math.min(chunk.length, classes.length - from);
            labels.read(from, count, chunk, 0);
            for (int i = 0; i < count; i++) {
                classes[from + i] = classOf(from + i, chunk[i], classCount);
            }
        }
        return new ClassRows(classes, classCount);
    }

    private static int classOf(int row, double label, int classCount) {
        if (!(label >= 0 && label < classCount && label == Math.rint(label))) {
            throw Checks.error(
                    READ, "label of row " + row, Double.toString(label), "a whole number in [0, " + classCount + ")");
        }
        return (int) label;
    }

    @Override
    public int rowCount() {
        return classes.length;
    }

    @Override
    public int columnCount() {
        return classCount;
    }

    @Override
    public void read(int first, int count, double[] out, int offset) {
        RowRange.check("read", this, first, count, out, offset);
        Arrays.fill(out, offset, offset + count * classCount, 0);
        for (int i = 0; i < count; i++) {
            out[offset + i * classCount + classes[first + i]] = 1;
        }
    }

    @Override
    public void readRow(int row, double[] out, int offset, int stride) {
        RowRange.checkRow("readRow", this, row, out, offset, stride);
        for (int k = 0; k < classCount; k++) {
            out[offset + k * stride] = k == classes[row] ? 1 : 0;
        }
    }

    @Override
    public boolean isFinite() {
        return true;
    }

    @Override
    public String toString() {
        return classes.length + " rows of " + classCount + " classes";
    }
}
