package dev.lowland.optim.curvature;

import dev.lowland.optim.objective.Data;

/**
 * The samples of an objective in chunks of one size, the last of which may be smaller. They stay where they are: who
 * works on a chunk copies it. Immutable, shared by threads.
 */
record SampleChunks(Data data, int size) {

    int count() {
        return (data.size() + size - 1) / size;
    }

    /** Samples of chunk c. */
    int size(int c) {
        return Math.min(size, data.size() - c * size);
    }

    /** Copies chunk c, row-major, to the beginning of arrays that any chunk fits in. */
    void copy(int c, double[] inputs, double[] targets) {
        data.copyInputs(c * size, size(c), inputs);
        data.copyTargets(c * size, size(c), targets);
    }
}
