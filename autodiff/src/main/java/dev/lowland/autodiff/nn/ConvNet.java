package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.kernel.contract.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional network: blocks of convolution → group normalisation or bias → activation → pooling, then one layer
 * x·W + b on all that is left of the image.
 *
 * <p>An input row is an image, channel by channel, row by row. θ holds for each block its filters (filters ×
 * channels·kernel², row-major), then scale and shift, or the bias (one number a filter each); then W (features ×
 * outputs, row-major) and b (outputs). Thread-safe.
 */
public final class ConvNet implements Model {
    private final ImageShape input;
    private final int outputs;
    private final List<ConvBlock> blocks;
    private final Activation activation;
    private final List<ConvolutionLayer> layers = new ArrayList<>();
    private final ImageShape last;

    ConvNet(ImageShape input, int outputs, List<ConvBlock> blocks, Activation activation) {
        this.input = input;
        this.outputs = ModelRules.positive("convnet", "outputs", outputs);
        this.blocks = List.copyOf(blocks);
        this.activation = activation;
        ImageShape shape = input;
        for (ConvBlock block : blocks) {
            ConvolutionLayer layer = new ConvolutionLayer(
                    shape, block.filters(), block.kernel(), block.stride(), block.padding(), block.groups());
            layers.add(layer);
            shape = pooled(block, layer.output());
        }
        last = shape;
    }

    /**
     * The same network with another activation.
     *
     * @param other the function inside the blocks
     * @return a new model
     */
    public ConvNet activation(Activation other) {
        return new ConvNet(input, outputs, blocks, other);
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
    public String kind() {
        return "convnet";
    }

    @Override
    public int parameterCount() {
        int count = Math.multiplyExact(last.size() + 1, outputs);
        for (ConvolutionLayer layer : layers) {
            count = Math.addExact(count, layer.parameterCount());
        }
        return count;
    }

    @Override
    public int inputSize() {
        return input.size();
    }

    @Override
    public int outputSize() {
        return outputs;
    }

    /** One a convolution with its norm or bias, then the head. */
    @Override
    public List<ParameterBlock> blocks() {
        List<String> names = new ArrayList<>();
        int[] lengths = new int[layers.size() + 1];
        int rest = parameterCount();
        for (int i = 0; i < layers.size(); i++) {
            names.add("block " + (i + 1));
            lengths[i] = layers.get(i).parameterCount();
            rest -= lengths[i];
        }
        names.add("head");
        lengths[layers.size()] = rest;
        return ParameterBlock.consecutive(names, lengths);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        ParameterReader reader = new ParameterReader(parameters);
        int batch = inputs.shape().rows();
        Node images = Ops.reshape(inputs, Shape.of(batch, input.channels(), input.height() * input.width()));
        for (int i = 0; i < layers.size(); i++) {
            ConvolutionLayer layer = layers.get(i);
            Node response = activation.apply(layer.apply(reader, images));
            images = pool(blocks.get(i), layer.output(), response);
        }
        return ModelRules.head(reader, Images.flatten(images), outputs);
    }

    @Override
    public String toString() {
        return "convnet(" + input + ", " + blocks + ", " + activation.label() + ", " + outputs + " outputs)";
    }
}
