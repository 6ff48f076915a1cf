package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A residual network with group normalisation, which unlike batch normalisation is a function of one sample.
 *
 * <p>A stem, 3×3 convolution → norm → activation; then stages of residual blocks, a(N(C₂ a(N(C₁ x))) + s(x)) with 3×3
 * convolutions C, norm N, activation a; then the mean of each plane and one layer x·W + b. The first block of each
 * stage but the first has stride 2. The shortcut s is x itself where the shape stays, else a 1×1 convolution with norm.
 *
 * <p>An input row is an image, channel by channel, row by row. θ holds the stem; for each block C₁, C₂ and then s if it
 * is a convolution; then W (filters × outputs, row-major) and b (outputs). A convolution is its filters (filters ×
 * channels·size², row-major), scale and shift. Immutable.
 *
 * <p>Source: K. He et al., <i>Deep residual learning for image recognition</i>, CVPR 2016.
 */
public final class ResNet extends BlockModel {
    private static final String KIND = "resnet";

    private final ImageShape input;
    private final List<Integer> filters;
    private final int blocksPerStage;
    private final int groups;
    private final Activation activation;
    private final Convolutions convolutions;

    /** Two convolutions and a shortcut, which is empty where it is x itself. */
    private record Block(ConvolutionLayer first, ConvolutionLayer second, Optional<ConvolutionLayer> shortcut) {
        List<ParameterMatrix> matrices() {
            List<ParameterMatrix> matrices = new ArrayList<>(first.matrices());
            matrices.addAll(second.matrices());
            shortcut.ifPresent(project -> matrices.addAll(project.matrices()));
            return matrices;
        }
    }

    private record Convolutions(ConvolutionLayer stem, List<Block> blocks) {}

    ResNet(
            ImageShape input,
            int outputs,
            List<Integer> filters,
            int blocksPerStage,
            int groups,
            Activation activation) {
        this(
                input,
                outputs,
                filters,
                blocksPerStage,
                groups,
                activation,
                convolutions(input, filters, blocksPerStage, groups));
    }

    private ResNet(
            ImageShape input,
            int outputs,
            List<Integer> filters,
            int blocksPerStage,
            int groups,
            Activation activation,
            Convolutions convolutions) {
        super(KIND, input.size(), outputs, parameters(convolutions, filters.get(filters.size() - 1), outputs));
        this.input = input;
        this.filters = List.copyOf(filters);
        this.blocksPerStage = blocksPerStage;
        this.groups = groups;
        this.activation = activation;
        this.convolutions = convolutions;
    }

    private static Convolutions convolutions(ImageShape input, List<Integer> filters, int blocksPerStage, int groups) {
        ModelRules.positive(KIND, "blocks per stage", blocksPerStage);
        Checks.atLeast(KIND, "number of stages", filters.size(), 1);
        double leastParameters = 0;
        for (int width : filters) {
            ModelRules.positive(KIND, "filters", width);
            ModelRules.divisor(KIND, groups, width);
            leastParameters += 18.0 * width * width * blocksPerStage;
        }
        Checks.room(KIND, "blocks per stage", blocksPerStage, leastParameters);
        OptionalInt norm = OptionalInt.of(groups);
        ConvolutionLayer stem = new ConvolutionLayer(input, filters.get(0), 3, 1, 1, norm);
        List<Block> blocks = new ArrayList<>();
        ImageShape shape = stem.output();
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int i = 0; i < blocksPerStage; i++) {
                Block block = block(shape, filters.get(stage), stage > 0 && i == 0 ? 2 : 1, norm);
                blocks.add(block);
                shape = block.second().output();
            }
        }
        return new Convolutions(stem, blocks);
    }

    private static Block block(ImageShape shape, int width, int stride, OptionalInt norm) {
        ConvolutionLayer first = new ConvolutionLayer(shape, width, 3, stride, 1, norm);
        ConvolutionLayer second = new ConvolutionLayer(first.output(), width, 3, 1, 1, norm);
        boolean same = stride == 1 && shape.channels() == width;
        ConvolutionLayer project = new ConvolutionLayer(shape, width, 1, stride, 0, norm);
        return new Block(first, second, same ? Optional.empty() : Optional.of(project));
    }

    /** The stem, one block a residual block with its shortcut, then the head. */
    private static List<ParameterBlock> parameters(Convolutions convolutions, int features, int outputs) {
        ModelRules.positive(KIND, "outputs", outputs);
        BlockList list = new BlockList(KIND);
        list.add("stem", convolutions.stem().matrices());
        for (Block block : convolutions.blocks()) {
            list.add("block " + list.size(), block.matrices());
        }
        return list.add("head", ModelRules.layer(features, outputs)).blocks();
    }

    /**
     * The same network with another activation.
     *
     * @param other the function a
     * @return a new model
     */
    public ResNet withActivation(Activation other) {
        Checks.notNull(KIND, "activation", other);
        return new ResNet(input, outputSize(), filters, blocksPerStage, groups, other);
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        ParameterCursor matrices = matrices(parameters);
        int batch = inputs.shape().rows();
        Node images = Ops.reshape(inputs, Shape.of(batch, input.channels(), input.pixels()));
        images = activation.apply(convolutions.stem().apply(matrices, images));
        for (Block block : convolutions.blocks()) {
            Node inner = activation.apply(block.first().apply(matrices, images));
            Node residual = block.second().apply(matrices, inner);
            Node shortcut = images;
            if (block.shortcut().isPresent()) {
                shortcut = block.shortcut().get().apply(matrices, images);
            }
            images = activation.apply(Ops.add(residual, shortcut));
        }
        return ModelRules.head(matrices, Images.globalAverage(images));
    }

    @Override
    public String toString() {
        return "resnet(" + input + ", " + filters + " × " + blocksPerStage + ", " + groups + " groups, "
                + activation.label() + ", " + outputSize() + " outputs)";
    }
}
