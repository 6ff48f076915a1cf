package dev.lowland.theory.problem;

import dev.lowland.optim.objective.Data;
import org.ejml.data.DMatrixRMaj;

/**
 * Samples as they were read, checked to be a table.
 *
 * @param inputs n rows of d numbers
 * @param targets n numbers
 */
record SampleTable(double[][] inputs, double[] targets) {

    int inputSize() {
        return inputs[0].length;
    }

    Data toData() {
        return Data.of(new DMatrixRMaj(inputs), new DMatrixRMaj(targets.length, 1, true, targets));
    }
}
