package dev.lowland.autodiff.nn;

/** Makes models. */
public final class Models {
    private Models() {}

    /**
     * f = ⟨x, θ⟩.
     *
     * @param inputSize d; P = d
     * @return the model
     */
    public static Model linear(int inputSize) {
        return new Linear(ModelRules.positive("linear", "inputSize", inputSize));
    }

    /**
     * f = ⟨x, u∘u − v∘v⟩, θ = (u, v).
     *
     * @param inputSize d; P = 2d
     * @return the model
     */
    public static Model quadratic(int inputSize) {
        return new Quadratic(ModelRules.positive("quadratic", "inputSize", inputSize));
    }

    /**
     * A multi-layer perceptron: layers of x·W + b, tanh between them, nothing after the last. θ holds for each layer W (in × out,
     * row-major), then b (out).
     *
     * @param layers widths, input first, at least two. Not modified.
     * @return the model, whose activation can be changed by {@link MultiLayerPerceptron#activation}
     */
    public static MultiLayerPerceptron mlp(int... layers) {
        return new MultiLayerPerceptron(ModelRules.layers("mlp", layers), Activation.TANH);
    }

    /**
     * f = x·W₁·…·W_D. θ holds W₁, …, W_D, row-major.
     *
     * @param layers widths, input first, at least two. Not modified.
     * @return the model
     */
    public static Model deepLinear(int... layers) {
        return new DeepLinear(ModelRules.layers("deep-linear", layers));
    }

    /**
     * f = ⟨A, U Vᵀ⟩, a row of the inputs being A, row-major. θ holds U (rows × rank), then V (columns × rank), row-major.
     *
     * @param rows rows of A
     * @param columns columns of A
     * @param rank columns of U and V
     * @return the model
     */
    public static Model matrixSensing(int rows, int columns, int rank) {
        return new MatrixSensing(
                ModelRules.positive("matrix-sensing", "rows", rows),
                ModelRules.positive("matrix-sensing", "columns", columns),
                ModelRules.positive("matrix-sensing", "rank", rank));
    }
}
