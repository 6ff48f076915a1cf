package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * Training samples: a row of inputs and a row of targets for each. Immutable; the matrices are copied in and copied
 * out. What reads samples copies those that it works on to memory of its own ({@link #copyInputs},
 * {@link #gatherInputs}), so that the numbers are in memory once, however many runs there are.
 *
 * <p>Targets are what the model should predict (regression), ±1 (losses on margins) or a one-hot row (classes).
 */
public final class Data {

    /** From so many numbers on a row is copied as a whole. */
    private static final int LONG_ROW = 8;

    private final int size;
    private final int inputSize;
    private final int outputSize;
    private final double[] inputs;
    private final double[] targets;

    private Data(DMatrixRMaj inputs, DMatrixRMaj targets) {
        this.size = inputs.numRows;
        this.inputSize = inputs.numCols;
        this.outputSize = targets.numCols;
        this.inputs = java.util.Arrays.copyOf(inputs.data, inputs.getNumElements());
        this.targets = java.util.Arrays.copyOf(targets.data, targets.getNumElements());
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
        Checks.notNull("Data.of", "inputs", inputs);
        Checks.notNull("Data.of", "targets", targets);
        Checks.atLeast("Data.of", "rows of inputs", inputs.numRows, 1);
        Checks.atLeast("Data.of", "columns of inputs", inputs.numCols, 1);
        Checks.atLeast("Data.of", "columns of targets", targets.numCols, 1);
        Checks.shape("Data.of", "targets", targets, inputs.numRows, targets.numCols);
        Checks.finite("Data.of", "inputs", inputs);
        Checks.finite("Data.of", "targets", targets);
        return new Data(inputs, targets);
    }

    /**
     * Samples of one of several classes; the targets become one-hot rows.
     *
     * @param inputs n × d, one sample a row, all finite. Not modified.
     * @param classes n class indices in [0, classCount). Not modified.
     * @param classCount number of classes, at least 2
     * @return the samples, with targets n × classCount
     * @throws IllegalArgumentException if a length, a class or a number is out of range
     */
    public static Data ofClasses(DMatrixRMaj inputs, int[] classes, int classCount) {
        Checks.notNull("Data.ofClasses", "inputs", inputs);
        Checks.notNull("Data.ofClasses", "classes", classes);
        Checks.atLeast("Data.ofClasses", "classCount", classCount, 2);
        Checks.length("Data.ofClasses", "classes", classes.length, inputs.numRows);
        DMatrixRMaj targets = new DMatrixRMaj(classes.length, classCount);
        for (int i = 0; i < classes.length; i++) {
            Checks.index("Data.ofClasses", "class of sample " + i, classes[i], classCount);
            targets.set(i, classes[i], 1.0);
        }
        return of(inputs, targets);
    }

    /**
     * Number of samples n.
     *
     * @return n ≥ 1
     */
    public int size() {
        return size;
    }

    /**
     * Numbers in one input d.
     *
     * @return d ≥ 1
     */
    public int inputSize() {
        return inputSize;
    }

    /**
     * Numbers in one target c.
     *
     * @return c ≥ 1
     */
    public int outputSize() {
        return outputSize;
    }

    /**
     * A copy of the inputs.
     *
     * @return n × d
     */
    public DMatrixRMaj inputs() {
        return new DMatrixRMaj(size, inputSize, true, inputs);
    }

    /**
     * A copy of the targets.
     *
     * @return n × c
     */
    public DMatrixRMaj targets() {
        return new DMatrixRMaj(size, outputSize, true, targets);
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
        Checks.index("target", "sample", sample, size);
        Checks.index("target", "output", output, outputSize);
        return targets[sample * outputSize + output];
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
        copyRows("copyInputs", inputs, inputSize, from, count, out);
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
        copyRows("copyTargets", targets, outputSize, from, count, out);
    }

    private void copyRows(String operation, double[] rows, int width, int from, int count, double[] out) {
        Checks.notNull(operation, "out", out);
        Checks.atLeast(operation, "from", from, 0);
        Checks.atLeast(operation, "count", count, 0);
        Checks.atMost(operation, "from + count", (long) from + count, size);
        Checks.span(operation, "out", out.length, 0, count * width, 1);
        System.arraycopy(rows, from * width, out, 0, count * width);
    }

    /**
     * Gathers the inputs of samples that several lanes have drawn, side by side: entry j of place i of lane l goes to
     * out[(i·d + j)·lanes + l]. With one lane these are rows, one after the other. Allocates nothing.
     *
     * @param samples the sample at place i of lane l is at [offset + i·lanes + l]. Not modified.
     * @param offset where they begin
     * @param count places of a lane
     * @param lanes how many lanes, at least 1
     * @param out at least count·d·lanes long; its beginning is modified
     * @throws IllegalArgumentException if a sample is not in [0, n) or an array is too short
     */
    public void gatherInputs(int[] samples, int offset, int count, int lanes, double[] out) {
        gather("gatherInputs", inputs, inputSize, samples, offset, count, lanes, out);
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
        gather("gatherTargets", targets, outputSize, samples, offset, count, lanes, out);
    }

    private void gather(
            String operation, double[] rows, int width, int[] samples, int offset, int count, int lanes, double[] out) {
        Checks.notNull(operation, "samples", samples);
        Checks.notNull(operation, "out", out);
        Checks.atLeast(operation, "lanes", lanes, 1);
        Checks.span(operation, "samples", samples.length, offset, count * lanes, 1);
        Checks.span(operation, "out", out.length, 0, count * width * lanes, 1);
        for (int i = 0; i < count; i++) {
            for (int l = 0; l < lanes; l++) {
                int sample = samples[offset + i * lanes + l];
                Checks.index(operation, "sample", sample, size);
                int from = sample * width;
                int to = i * width * lanes + l;
                if (lanes == 1 && width >= LONG_ROW) {
                    System.arraycopy(rows, from, out, to, width);
                    continue;
                }
                for (int j = 0; j < width; j++) {
                    out[to + j * lanes] = rows[from + j];
                }
            }
        }
    }

    /** The inputs, row-major, as an argument of programs: lent, and never to be modified. */
    double[] lentInputs() {
        return inputs;
    }

    /** The targets, row-major, as an argument of programs: lent, and never to be modified. */
    double[] lentTargets() {
        return targets;
    }
}
