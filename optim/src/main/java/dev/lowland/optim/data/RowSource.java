package dev.lowland.optim.data;

/**
 * n rows of d numbers, given when they are asked for: out of an array, a file, or by a user's own computation.
 *
 * <pre>{@code
 * class Squares implements RowSource {
 *     public int rowCount() { return 1_000_000; }
 *     public int columnCount() { return 2; }
 *     public void read(int first, int count, double[] out, int offset) {
 *         for (int i = 0; i < count; i++) {
 *             out[offset + 2 * i] = first + i;
 *             out[offset + 2 * i + 1] = (double) (first + i) * (first + i);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A source has to give the same numbers whenever it is asked, and to answer several threads at once: runs are to be
 * repeated to the bit, and ensembles read from all their threads. Whoever reads keeps to the ranges below.
 */
public interface RowSource {

    /**
     * Number of rows n.
     *
     * @return n ≥ 1, always the same
     */
    int rowCount();

    /**
     * Numbers in a row d.
     *
     * @return d ≥ 1, always the same
     */
    int columnCount();

    /**
     * Writes rows that follow each other: entry j of row first + i goes to out[offset + i·d + j].
     *
     * @param first the first of them, in [0, n)
     * @param count how many, with first + count ≤ n
     * @param out Modified, from offset on, count·d numbers
     * @param offset where they go
     * @throws java.io.UncheckedIOException if what they are read from fails
     */
    void read(int first, int count, double[] out, int offset);

    /**
     * Writes one row with gaps: entry j goes to out[offset + j·stride]. Lanes that lie side by side ask for rows in
     * this way. Unless overridden it reads the row to fresh memory first where the stride is not 1.
     *
     * @param row the row, in [0, n)
     * @param out Modified
     * @param offset where entry 0 goes
     * @param stride from one entry to the next, at least 1
     * @throws java.io.UncheckedIOException if what it is read from fails
     */
    default void readRow(int row, double[] out, int offset, int stride) {
        if (stride == 1) {
            read(row, 1, out, offset);
            return;
        }
        int width = columnCount();
        double[] numbers = new double[width];
        read(row, 1, numbers, 0);
        for (int j = 0; j < width; j++) {
            out[offset + j * stride] = numbers[j];
        }
    }

    /**
     * Whether every number is finite by the way they are made. Others are read once, when data are made of them.
     *
     * @return false unless overridden
     */
    default boolean isFinite() {
        return false;
    }
}
