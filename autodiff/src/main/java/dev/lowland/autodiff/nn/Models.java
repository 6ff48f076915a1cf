package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.List;

/** Makes models, and knows which of them files may ask for. */
public final class Models {
    private static final List<ModelKind> KINDS = List.of(
            Linear.KIND,
            Quadratic.KIND,
            MultiLayerPerceptron.KIND,
            DeepLinear.KIND,
            MatrixSensing.KIND,
            ConvNet.KIND,
            ResNet.KIND);

    private Models() {}

    /**
     * The models that files know.
     *
     * @return all kinds, in the order in which to list them
     */
    public static List<ModelKind> kinds() {
        return KINDS;
    }

    /**
     * Whether a model is one of these, which are held against {@link dev.lowland.autodiff.check.ModelCheck} by tests.
     *
     * @param model any model
     * @return false for those of other makers
     */
    public static boolean made(Model model) {
        Checks.notNull("make a model", "model", model);
        return model instanceof BlockModel;
    }

    /**
     * f = ⟨x, θ⟩.
     *
     * @param inputSize d; P = d
     * @return the model
     */
    public static Model linear(int inputSize) {
        return new Linear(inputSize);
    }

    /**
     * f = ⟨x, u∘u − v∘v⟩, θ = (u, v).
     *
     * @param inputSize d; P = 2d
     * @return the model
     */
    public static Model quadratic(int inputSize) {
        return new Quadratic(inputSize);
    }

    /**
     * A multi-layer perceptron: layers of x·W + b, tanh between them, nothing after the last. θ holds for each layer W
     * (in × out, row-major), then b (out).
     *
     * @param layers widths, input first, at least two. Not modified.
     * @return the model, whose activation can be changed by {@link MultiLayerPerceptron#withActivation}
     */
    public static MultiLayerPerceptron mlp(int... layers) {
        Checks.notNull(MultiLayerPerceptron.KIND.name(), "layers", layers);
        return new MultiLayerPerceptron(ModelRules.layers(MultiLayerPerceptron.KIND.name(), layers), Activation.TANH);
    }

    /**
     * f = x·W₁·…·W_D. θ holds W₁, …, W_D, row-major.
     *
     * @param layers widths, input first, at least two. Not modified.
     * @return the model
     */
    public static Model deepLinear(int... layers) {
        Checks.notNull(DeepLinear.KIND.name(), "layers", layers);
        return new DeepLinear(ModelRules.layers(DeepLinear.KIND.name(), layers));
    }

    /**
     * f = ⟨A, U Vᵀ⟩, a row of the inputs being A, row-major. θ holds U (rows × rank), then V (columns × rank),
     * row-major.
     *
     * @param rows rows of A
     * @param columns columns of A
     * @param rank columns of U and V
     * @return the model
     */
    public static Model matrixSensing(int rows, int columns, int rank) {
        return new MatrixSensing(rows, columns, rank);
    }

    /**
     * A convolutional network with relu: blocks of convolution → norm or bias → activation → pooling, then one layer.
     * For the order of θ see {@link ConvNet}.
     *
     * @param channels planes of an input image
     * @param height rows of an input image
     * @param width columns of an input image; an input row has channels·height·width numbers
     * @param outputs columns of the predictions
     * @param blocks the blocks, first one first. Not modified.
     * @return the model, whose activation can be changed by {@link ConvNet#withActivation}
     * @throws IllegalArgumentException if a number is not positive or a filter does not fit its image
     */
    public static ConvNet convnet(int channels, int height, int width, int outputs, ConvBlock... blocks) {
        Checks.noNulls("convnet", "blocks", blocks);
        ImageShape input = ImageShape.of("convnet", channels, height, width);
        Checks.notNull("convnet", "blocks", blocks);
        for (ConvBlock block : blocks) {
            Checks.notNull("convnet", "block", block);
        }
        return new ConvNet(input, outputs, List.of(blocks), Activation.RELU);
    }

    /**
     * A residual network with group normalisation and relu. For its shape and the order of θ see {@link ResNet}.
     *
     * @param channels planes of an input image
     * @param height rows of an input image
     * @param width columns of an input image; an input row has channels·height·width numbers
     * @param outputs columns of the predictions
     * @param groups groups of every normalisation, a divisor of all filters
     * @param blocksPerStage residual blocks a stage
     * @param filters filters of each stage, one at least; the image is halved from stage to stage. Not modified.
     * @return the model, whose activation can be changed by {@link ResNet#withActivation}
     * @throws IllegalArgumentException if a number is not positive or the groups do not divide the filters
     */
    public static ResNet resnet(
            int channels, int height, int width, int outputs, int groups, int blocksPerStage, int... filters) {
        Checks.notNull("resnet", "filters", filters);
        ImageShape input = ImageShape.of("resnet", channels, height, width);
        Checks.notNull("resnet", "filters", filters);
        return new ResNet(input, outputs, ModelRules.list(filters), blocksPerStage, groups, Activation.RELU);
    }
}
