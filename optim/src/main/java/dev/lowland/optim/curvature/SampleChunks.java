package dev.lowland.optim.curvature;

import dev.lowland.optim.objective.Data;
import java.util.Arrays;

/**
 * The samples of an objective in chunks of one size, the last of which may be smaller. Immutable, shared by threads.
 */
final class SampleChunks {

    private final int samples;
    private final int size;
    private final double[][] inputs;
    private final double[][] targets;

    SampleChunks(Data data, int size) {
        this.samples = data.size();
        this.size = size;
        int count = (samples + size - 1) / size;
        this.inputs = new double[count][];
        this.targets = new double[count][];
        double[] allInputs = data.inputs().data;
        double[] allTargets = data.targets().data;
        for (int c = 0; c < count; c++) {
            int from = c * size;
            int to = from + size(c);
            inputs[c] = Arrays.copyOfRange(allInputs, from * data.inputSize(), to * data.inputSize());
            targets[c] = Arrays.copyOfRange(allTargets, from * data.outputSize(), to * data.outputSize());
        }
    }

    int samples() {
        return samples;
    }

    int count() {
        return inputs.length;
    }

    /** Samples of chunk c. */
    int size(int c) {
        return Math.min(size, samples - c * size);
    }

    /** Row-major, lent. */
    double[] inputs(int c) {
        return inputs[c];
    }

    /** Row-major, lent. */
    double[] targets(int c) {
        return targets[c];
    }
}
