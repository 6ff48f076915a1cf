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
    private static final ModelField<Integer> CHANNELS = ModelField.size("channels");
    private static final ModelField<Integer> HEIGHT = ModelField.size("height");
    private static final ModelField<Integer> WIDTH = ModelField.size("width");
    private static final ModelField<Integer> OUTPUTS = ModelField.size("outputs");
    private static final ModelField<Optional<Integer>> GROUPS =
            ModelField.size("groups").optional();
    private static final ModelField<Optional<Integer>> CHANNELS_PER_GROUP =
            ModelField.size("channelsPerGroup").optional();
    private static final ModelField<Integer> BLOCKS_PER_STAGE = ModelField.size("blocksPerStage");
    private static final ModelField<List<Integer>> FILTERS = ModelField.sizes("filters");
    private static final ModelField<Activation> ACTIVATION = ModelField.oneOf(
                    "activation", Activation.values(), Activation::label)
            .or(Activation.RELU);

    private static final String NAME = "resnet";

    static final ModelKind KIND = new ModelKind(
            NAME,
            List.of(
                    CHANNELS,
                    HEIGHT,
                    WIDTH,
                    OUTPUTS,
                    GROUPS,
                    CHANNELS_PER_GROUP,
                    BLOCKS_PER_STAGE,
                    FILTERS,
                    ACTIVATION),
            ResNet::fromFields);

    /** How the channels of a normalisation are grouped: into so many groups, or with so many channels a group. */
    private record Grouping(int number, boolean perGroup) {
        int groups(int filters) {
            if (perGroup) {
                return ModelRules.groupsOf(NAME, number, filters);
            }
            ModelRules.divisor(NAME, number, filters);
            return number;
        }

        @Override
        public String toString() {
            return number + (perGroup ? " channels a group" : " groups");
        }
    }

    private final ImageShape input;
    private final List<Integer> filters;
    private final int blocksPerStage;
    private final Grouping grouping;
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
        this(input, outputs, filters, blocksPerStage, new Grouping(groups, false), activation);
    }

    private ResNet(
            ImageShape input,
            int outputs,
            List<Integer> filters,
            int blocksPerStage,
            Grouping grouping,
            Activation activation) {
        this(
                input,
                outputs,
                filters,
                blocksPerStage,
                grouping,
                activation,
                convolutions(input, filters, blocksPerStage, grouping));
    }

    private ResNet(
            ImageShape input,
            int outputs,
            List<Integer> filters,
            int blocksPerStage,
            Grouping grouping,
            Activation activation,
            Convolutions convolutions) {
        super(NAME, input.size(), outputs, parameters(convolutions, filters.get(filters.size() - 1), outputs));
        this.input = input;
        this.filters = List.copyOf(filters);
        this.blocksPerStage = blocksPerStage;
        this.grouping = grouping;
        this.activation = activation;
        this.convolutions = convolutions;
    }

    private static ResNet fromFields(GivenFields given, int inputs, OptionalInt dataOutputs) {
        ImageShape input = ImageShape.of(NAME, given.get(CHANNELS), given.get(HEIGHT), given.get(WIDTH));
        int outputs = given.get(OUTPUTS);
        Optional<Integer> groups = given.get(GROUPS);
        Optional<Integer> channels = given.get(CHANNELS_PER_GROUP);
        ModelRules.eitherGroups(given, groups, channels);
        int number = groups.or(() -> channels)
                .orElseThrow(() -> given.fault(GROUPS.name(), "missing", "given, or " + CHANNELS_PER_GROUP.name()));
        int blocksPerStage = given.get(BLOCKS_PER_STAGE);
        List<Integer> filters = given.get(FILTERS);
        if (filters.isEmpty()) {
            throw given.fault(FILTERS.name(), "empty", "a number a stage, one stage at least");
        }
        Grouping grouping = new Grouping(number, channels.isPresent());
        return new ResNet(input, outputs, filters, blocksPerStage, grouping, given.get(ACTIVATION));
    }

    private static Convolutions convolutions(
            ImageShape input, List<Integer> filters, int blocksPerStage, Grouping grouping) {
        ModelRules.positive(NAME, "blocks per stage", blocksPerStage);
        Checks.atLeast(NAME, "number of stages", filters.size(), 1);
        double leastParameters = 0;
        for (int width : filters) {
            ModelRules.positive(NAME, "filters", width);
            grouping.groups(width);
            leastParameters += 18.0 * width * width * blocksPerStage;
        }
        Checks.room(NAME, "blocks per stage", blocksPerStage, leastParameters);
        ConvolutionLayer stem = new ConvolutionLayer(input, filters.get(0), 3, 1, 1, norm(grouping, filters.get(0)));
        List<Block> blocks = new ArrayList<>();
        ImageShape shape = stem.output();
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int i = 0; i < blocksPerStage; i++) {
                Block block = block(shape, filters.get(stage), stage > 0 && i == 0 ? 2 : 1, grouping);
                blocks.add(block);
                shape = block.second().output();
            }
        }
        return new Convolutions(stem, blocks);
    }

    private static OptionalInt norm(Grouping grouping, int filters) {
        return OptionalInt.of(grouping.groups(filters));
    }

    private static Block block(ImageShape shape, int width, int stride, Grouping grouping) {
        OptionalInt norm = norm(grouping, width);
        ConvolutionLayer first = new ConvolutionLayer(shape, width, 3, stride, 1, norm);
        ConvolutionLayer second = new ConvolutionLayer(first.output(), width, 3, 1, 1, norm);
        boolean same = stride == 1 && shape.channels() == width;
        ConvolutionLayer project = new ConvolutionLayer(shape, width, 1, stride, 0, norm);
        return new Block(first, second, same ? Optional.empty() : Optional.of(project));
    }

    /** The stem, one block a residual block with its shortcut, then the head. */
    private static List<ParameterBlock> parameters(Convolutions convolutions, int features, int outputs) {
        ModelRules.positive(NAME, "outputs", outputs);
        BlockList list = new BlockList(NAME);
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
        Checks.notNull(NAME, "activation", other);
        return new ResNet(input, outputSize(), filters, blocksPerStage, grouping, other);
    }

    /**
     * The same network with groups of another size in every normalisation.
     *
     * @param channels of a group, a divisor of all filters
     * @return a new model
     * @throws IllegalArgumentException if it is no divisor of them
     */
    public ResNet withChannelsPerGroup(int channels) {
        return new ResNet(input, outputSize(), filters, blocksPerStage, new Grouping(channels, true), activation);
    }

    @Override
    public double multiplications() {
        double sum = parameterCount() + convolutions.stem().multiplications();
        for (Block block : convolutions.blocks()) {
            sum += block.first().multiplications() + block.second().multiplications();
            sum += block.shortcut().map(ConvolutionLayer::multiplications).orElse(0.0);
        }
        return sum;
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
        return "resnet(" + input + ", " + filters + " × " + blocksPerStage + ", " + grouping + ", " + activation.label()
                + ", " + outputSize() + " outputs)";
    }
}
