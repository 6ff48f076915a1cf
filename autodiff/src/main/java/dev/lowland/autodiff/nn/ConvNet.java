package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional network: blocks of convolution → group normalisation or bias → activation → pooling, then one layer
 * x·W + b on all that is left of the image.
 *
 * <p>An input row is an image, channel by channel, row by row. θ holds for each block its filters (filters ×
 * channels·size², row-major), then scale and shift, or the bias (one number a filter each); then W (features × outputs,
 * row-major) and b (outputs). Immutable.
 */
public final class ConvNet extends BlockModel {
    private static final ModelField<Integer> CHANNELS = ModelField.size("channels");
    private static final ModelField<Integer> HEIGHT = ModelField.size("height");
    private static final ModelField<Integer> WIDTH = ModelField.size("width");
    private static final ModelField<Integer> OUTPUTS = ModelField.size("outputs");
    private static final ModelField<List<ConvBlock>> BLOCKS =
            ModelField.objects("blocks", ConvBlock.FIELDS, ConvBlock::fromFields);
    private static final ModelField<Activation> ACTIVATION = ModelField.oneOf(
                    "activation", Activation.values(), Activation::label)
            .or(Activation.RELU);

    private static final String NAME = "convnet";

    static final ModelKind KIND = new ModelKind(
            NAME,
            List.of(CHANNELS, HEIGHT, WIDTH, OUTPUTS, BLOCKS, ACTIVATION),
            (given, inputs, outputs) -> new ConvNet(
                    ImageShape.of(NAME, given.get(CHANNELS), given.get(HEIGHT), given.get(WIDTH)),
                    given.get(OUTPUTS),
                    given.get(BLOCKS),
                    given.get(ACTIVATION)));

    private final ImageShape input;
    private final List<ConvBlock> blocks;
    private final Activation activation;
    private final List<ConvolutionLayer> layers;

    ConvNet(ImageShape input, int outputs, List<ConvBlock> blocks, Activation activation) {
        this(input, outputs, blocks, activation, layers(input, blocks));
    }

    private ConvNet(
            ImageShape input,
            int outputs,
            List<ConvBlock> blocks,
            Activation activation,
            List<ConvolutionLayer> layers) {
        super(NAME, input.size(), outputs, parameters(input, outputs, blocks, layers));
        this.input = input;
        this.blocks = List.copyOf(blocks);
        this.activation = activation;
        this.layers = layers;
    }

    private static List<ConvolutionLayer> layers(ImageShape input, List<ConvBlock> blocks) {
        List<ConvolutionLayer> layers = new ArrayList<>();
        ImageShape shape = input;
        for (ConvBlock block : blocks) {
            ConvolutionLayer layer = new ConvolutionLayer(
                    shape, block.filters(), block.size(), block.stride(), block.padding(), block.groups());
            layers.add(layer);
            shape = pooled(block, layer.output());
        }
        return layers;
    }

    /** One block a convolution with its norm or bias, then the head. */
    private static List<ParameterBlock> parameters(
            ImageShape input, int outputs, List<ConvBlock> blocks, List<ConvolutionLayer> layers) {
        ModelRules.positive(NAME, "outputs", outputs);
        BlockList list = new BlockList(NAME);
        ImageShape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            list.add("block " + (i + 1), layers.get(i).matrices());
            shape = pooled(blocks.get(i), layers.get(i).output());
        }
        return list.add("head", ModelRules.layer(shape.size(), outputs)).blocks();
    }

    /**
     * The same network with another activation.
     *
     * @param other the function inside the blocks
     * @return a new model
     */
    public ConvNet withActivation(Activation other) {
        return new ConvNet(input, outputSize(), blocks, Checks.notNull(NAME, "activation", other));
    }

    private static Window window(ImageShape shape) {
        return Window.of(shape.height(), shape.width(), 2).withStride(2);
    }

    private static ImageShape pooled(ConvBlock block, ImageShape shape) {
        return switch (block.pooling()) {
            case NONE -> shape;
            case GLOBAL -> new ImageShape(shape.channels(), 1, 1);
            case AVERAGE, MAX -> {
                Window window = window(shape);
                yield new ImageShape(shape.channels(), window.outputHeight(), window.outputWidth());
            }
        };
    }

    private static Node pool(ConvBlock block, ImageShape shape, Node images) {
        return switch (block.pooling()) {
            case NONE -> images;
            case GLOBAL ->
                Ops.scale(Ops.sumColumns(images), 1.0 / images.shape().columns());
            case AVERAGE -> Images.averagePool(images, window(shape));
            case MAX -> Images.maxPool(images, window(shape));
        };
    }

    @Override
    public double multiplications() {
        return parameterCount()
                + layers.stream().mapToDouble(ConvolutionLayer::multiplications).sum();
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        ParameterCursor matrices = matrices(parameters);
        int batch = inputs.shape().rows();
        Node images = Ops.reshape(inputs, Shape.of(batch, input.channels(), input.pixels()));
        for (int i = 0; i < layers.size(); i++) {
            ConvolutionLayer layer = layers.get(i);
            Node response = activation.apply(layer.apply(matrices, images));
            images = pool(blocks.get(i), layer.output(), response);
        }
        return ModelRules.head(matrices, Images.flatten(images));
    }

    @Override
    public String toString() {
        return "convnet(" + input + ", " + blocks + ", " + activation.label() + ", " + outputSize() + " outputs)";
    }
}
