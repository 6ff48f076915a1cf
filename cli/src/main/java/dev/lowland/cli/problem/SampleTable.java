package dev.lowland.cli.problem;

import dev.lowland.optim.objective.Data;
import org.ejml.data.DMatrixRMaj;

/**
 * Samples as they were read, checked to be a table.
 *
 * @param inputs n × d
 * @param targets n × 1
 */
record SampleTable(DMatrixRMaj inputs, DMatrixRMaj targets) {

    int inputSize() {
        return inputs.getNumCols();
    }

    int targetSize() {
        return targets.getNumCols();
    }

    Data toData() {
        return Data.of(inputs, targets);
    }
}
