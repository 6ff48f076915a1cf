package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * A residual network with group normalisation, which unlike batch normalisation is a function of one sample.
 *
 * <p>A stem, 3×3 convolution → norm → activation; then stages of residual blocks, a(N(C₂ a(N(C₁ x))) + s(x)) with 3×3
 * convolutions C, norm N, activation a; then the mean of each plane and one layer x·W + b. The first block of each
 * stage but the first has stride 2. The shortcut s is x itself where the shape stays, else a 1×1 convolution with norm.
 *
 * <p>An input row is an image, channel by channel, row by row. θ holds the stem; for each block C₁, C₂ and then s if it
 * is a convolution; then W (filters × outputs, row-major) and b (outputs). A convolution is its filters (filters ×
 * channels·kernel², row-major), scale and shift. Thread-safe.
 *
 * <p>Source: K. He et al., <i>Deep residual learning for image recognition</i>, CVPR 2016.
 */
public final class ResNet implements Model {
    private final ImageShape input;
    private final int outputs;
    private final List<Integer> filters;
    private final int blocksPerStage;
    private final int groups;
    private final Activation activation;
    private final ConvolutionLayer stem;
    private final List<Block> blocks = new ArrayList<>();

    /** Two convolutions and a shortcut, which is empty where it is x itself. */
    private record Block(ConvolutionLayer first, ConvolutionLayer second, List<ConvolutionLayer> shortcut) {}

    ResNet(
            ImageShape input,
            int outputs,
            List<Integer> filters,
            int blocksPerStage,
            int groups,
            Activation activation) {
        this.input = input;
        this.outputs = ModelRules.positive("resnet", "outputs", outputs);
        this.filters = List.copyOf(filters);
        this.blocksPerStage = ModelRules.positive("resnet", "blocks per stage", blocksPerStage);
        this.groups = ModelRules.positive("resnet", "groups", groups);
        this.activation = activation;
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("resnet: no stages; rule: one at least");
        }
        for (int width : filters) {
            if (ModelRules.positive("resnet", "filters", width) % groups != 0) {
                throw new IllegalArgumentException(
                        "resnet: groups = " + groups + " for " + width + " filters; rule: a divisor of the filters");
            }
        }
        stem = new ConvolutionLayer(input, filters.get(0), 3, 1, 1, groups);
        ImageShape shape = stem.output();
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int i = 0; i < blocksPerStage; i++) {
                shape = addBlock(shape, filters.get(stage), stage > 0 && i == 0 ? 2 : 1);
            }
        }
    }

    private ImageShape addBlock(ImageShape shape, int width, int stride) {
        ConvolutionLayer first = new ConvolutionLayer(shape, width, 3, stride, 1, groups);
        ConvolutionLayer second = new ConvolutionLayer(first.output(), width, 3, 1, 1, groups);
        boolean same = stride == 1 && shape.channels() == width;
        ConvolutionLayer project = new ConvolutionLayer(shape, width, 1, stride, 0, groups);
        blocks.add(new Block(first, second, same ? List.of() : List.of(project)));
        return second.output();
    }

    /**
     * The same network with another activation.
     *
     * @param other the function a
     * @return a new model
     */
    public ResNet activation(Activation other) {
        return new ResNet(input, outputs, filters, blocksPerStage, groups, other);
    }

    @Override
    public String kind() {
        return "resnet";
    }

    @Override
    public int parameterCount() {
        int count = stem.parameterCount();
        for (Block block : blocks) {
            count = Math.addExact(count, block.first().parameterCount());
            count = Math.addExact(count, block.second().parameterCount());
            for (ConvolutionLayer shortcut : block.shortcut()) {
                count = Math.addExact(count, shortcut.parameterCount());
            }
        }
        int features = filters.get(filters.size() - 1);
        return Math.addExact(count, Math.multiplyExact(features + 1, outputs));
    }

    @Override
    public int inputSize() {
        return input.size();
    }

    @Override
    public int outputSize() {
        return outputs;
    }

    /** The stem, one a residual block with its shortcut, then the head. */
    @Override
    public List<ParameterBlock> blocks() {
        List<String> names = new ArrayList<>();
        int[] lengths = new int[blocks.size() + 2];
        names.add("stem");
        lengths[0] = stem.parameterCount();
        int rest = parameterCount() - lengths[0];
        for (int i = 1; i <= blocks.size(); i++) {
            Block block = blocks.get(i - 1);
            names.add("block " + i);
            lengths[i] = block.first().parameterCount() + block.second().parameterCount();
            for (ConvolutionLayer shortcut : block.shortcut()) {
                lengths[i] += shortcut.parameterCount();
            }
            rest -= lengths[i];
        }
        names.add("head");
        lengths[blocks.size() + 1] = rest;
        return ParameterBlock.consecutive(names, lengths);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        ParameterReader reader = new ParameterReader(parameters);
        int batch = inputs.shape().rows();
        Node images = Ops.reshape(inputs, Shape.of(batch, input.channels(), input.height() * input.width()));
        images = activation.apply(stem.apply(reader, images));
        for (Block block : blocks) {
            Node inner = activation.apply(block.first().apply(reader, images));
            Node residual = block.second().apply(reader, inner);
            Node shortcut = images;
            for (ConvolutionLayer project : block.shortcut()) {
                shortcut = project.apply(reader, shortcut);
            }
            images = activation.apply(Ops.add(residual, shortcut));
        }
        return ModelRules.head(reader, Images.globalAverage(images), outputs);
    }

    @Override
    public String toString() {
        return "resnet(" + input + ", " + filters + " × " + blocksPerStage + ", " + groups + " groups, "
                + activation.label() + ", " + outputs + " outputs)";
    }
}
