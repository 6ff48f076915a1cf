package dev.lowland.cli.train;

import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import org.ejml.data.DMatrixRMaj;

/**
 * The data of the adversarial start: the training set several times over; in each copy every sample has a class drawn
 * from all of them, and a share of its inputs, drawn from 0 to {@value #LARGEST_SHARE}, is 0.
 */
final class RandomLabels {
    static final double LARGEST_SHARE = 0.1;

    private RandomLabels() {}

    /** Of one-hot targets of several classes, or of targets ±1. */
    static Data of(Data data, int copies, long seed) {
        Checks.atMost("adversarial start", "samples of all copies", (long) data.size() * copies, Integer.MAX_VALUE);
        int samples = data.size() * copies;
        int width = data.inputSize();
        int outputs = data.outputSize();
        Checks.room("adversarial start", "samples of all copies", samples, (double) samples * (width + outputs));
        DMatrixRMaj inputs = new DMatrixRMaj(samples, width);
        DMatrixRMaj targets = new DMatrixRMaj(samples, outputs);
        RandomStream stream = RandomStream.of(seed, 0, Purpose.DATA);
        double[] row = new double[width];
        for (int i = 0; i < samples; i++) {
            long position = (long) i * (width + 2);
            data.copyInputs(i % data.size(), 1, row);
            double share = LARGEST_SHARE * stream.uniform(position);
            for (int j = 0; j < width; j++) {
                inputs.data[i * width + j] = stream.uniform(position + 2 + j) < share ? 0 : row[j];
            }
            double drawn = stream.uniform(position + 1);
            if (outputs == 1) {
                targets.data[i] = drawn < 0.5 ? -1 : 1;
            } else {
                targets.data[i * outputs + Math.min(outputs - 1, (int) (drawn * outputs))] = 1;
            }
        }
        return Data.of(inputs, targets);
    }
}
