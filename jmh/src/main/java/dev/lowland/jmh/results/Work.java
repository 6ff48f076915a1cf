package dev.lowland.jmh.results;

import dev.lowland.autodiff.nn.ConvNet;

/**
 * What a piece of work needs at least, on any machine.
 *
 * @param flops floating-point additions and multiplications
 * @param bytes memory that must be read and written
 * @param workingSet memory that is in use, which decides where the bytes come from
 */
record Work(double flops, double bytes, double workingSet) {

    /** Nothing known: no limit is stated. */
    static final Work UNKNOWN = new Work(0, 0, 0);

    /** A product of matrices: every operand read once, the result written once. */
    static Work product(int rows, int columns, int inner) {
        double memory = 8.0 * (1.0 * rows * inner + 1.0 * inner * columns + 1.0 * rows * columns);
        return new Work(2.0 * rows * columns * inner, memory, memory);
    }

    /** One pass over memory. */
    static Work pass(double bytes) {
        return new Work(0, bytes, bytes);
    }

    /**
     * A step of SGD on a multi-layer perceptron: per weight and sample two operations forward, two for the gradient of
     * the weight and, but in the first layer, two for what goes further back; θ is read and written once.
     */
    static Work step(int batch, int... layers) {
        double flops = 0;
        double parameters = 0;
        for (int i = 0; i + 1 < layers.length; i++) {
            double weights = 1.0 * layers[i] * layers[i + 1];
            flops += (i == 0 ? 4 : 6) * batch * weights;
            parameters += weights + layers[i + 1];
        }
        return new Work(flops + 2 * parameters, 16 * parameters, 16 * parameters);
    }

    /** The convolutional network of the table: the same counts, a weight being used once a pixel. */
    static Work convStep(int batch, ConvNet model) {
        double pixels = 32 * 32;
        double first = 27 * 16 * pixels;
        double second = 144 * 32 * pixels;
        double head = 8192 * 10;
        double memory = 16.0 * model.parameterCount();
        return new Work(batch * (4 * first + 6 * second + 6 * head), memory, memory);
    }

    /** So many times the operations, on the same memory. */
    Work times(double factor) {
        return new Work(factor * flops, bytes, workingSet);
    }

    /** Whether there is anything to compare with. */
    boolean isKnown() {
        return flops > 0 || bytes > 0;
    }
}
