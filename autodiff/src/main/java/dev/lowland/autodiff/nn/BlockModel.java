package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.List;

/** A model that is its sizes, its blocks, of which P follows, and an expression. */
abstract class BlockModel implements Model {
    private final String kind;
    private final int inputSize;
    private final int outputSize;
    private final List<ParameterBlock> blocks;
    private final int parameterCount;

    BlockModel(String kind, int inputSize, int outputSize, List<ParameterBlock> blocks) {
        this.kind = kind;
        this.inputSize = inputSize;
        this.outputSize = outputSize;
        this.blocks = blocks;
        this.parameterCount = blocks.get(blocks.size() - 1).end();
    }

    /** The predictions for parameters and inputs of the right shapes. */
    abstract Node expression(Node parameters, Node inputs);

    /** Takes the matrices of the blocks from θ, one after the other. */
    final ParameterCursor matrices(Node parameters) {
        return new ParameterCursor(blocks, parameters);
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final int parameterCount() {
        return parameterCount;
    }

    @Override
    public final int inputSize() {
        return inputSize;
    }

    @Override
    public final int outputSize() {
        return outputSize;
    }

    @Override
    public final List<ParameterBlock> blocks() {
        return blocks;
    }

    @Override
    public final Node predict(Node parameters, Node inputs) {
        Checks.notNull(kind, "parameters", parameters);
        Checks.notNull(kind, "inputs", inputs);
        if (!parameters.shape().equals(Shape.of(parameterCount, 1))) {
            throw Checks.error(
                    kind, "parameters", parameters.toString(), parameterCount + "×1, one number a parameter");
        }
        if (inputs.shape().groups() != 1 || inputs.shape().columns() != inputSize) {
            throw Checks.error(
                    kind,
                    "inputs",
                    inputs.toString(),
                    "one matrix of " + inputSize + " columns, a row for each sample");
        }
        return expression(parameters, inputs);
    }

    @Override
    public String toString() {
        return kind + " of " + parameterCount + " parameters, " + inputSize + " inputs and " + outputSize + " outputs";
    }
}
