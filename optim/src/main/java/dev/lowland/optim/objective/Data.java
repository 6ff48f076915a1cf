package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * Training samples: a row of inputs and a row of targets for each. Immutable; the matrices are copied in and copied
 * out.
 *
 * <p>Targets are what the model should predict (regression), ±1 (losses on margins) or a one-hot row (classes).
 */
public final class Data {

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

    /** Copies the inputs of some samples to the beginning of out. */
    void copyInputs(int from, int count, double[] out) {
        System.arraycopy(inputs, from * inputSize, out, 0, count * inputSize);
    }

    /** Copies the targets of some samples to the beginning of out. */
    void copyTargets(int from, int count, double[] out) {
        System.arraycopy(targets, from * outputSize, out, 0, count * outputSize);
    }
}
