package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import java.util.List;

/**
 * A function f(θ; x), smooth in θ wherever its pieces are. Immutable.
 *
 * <p>What it predicts for a sample is a function of θ and of that sample alone, whatever samples are beside it and
 * however many: programs go through data in chunks, draw batches of them, and share them out to threads. So there is no
 * normalisation over a batch, and no mean over samples is taken off. {@link dev.lowland.autodiff.check.ModelCheck} says
 * whether a model of one's own is one; who puts an objective together is told if it is not.
 */
public interface Model {

    /**
     * The name used in files.
     *
     * @return for example {@code mlp}
     */
    String kind();

    /**
     * P, the length of θ.
     *
     * @return the number of parameters
     */
    int parameterCount();

    /**
     * d, the length of one sample's input.
     *
     * @return columns of x
     */
    int inputSize();

    /**
     * Number of outputs for one sample.
     *
     * @return columns of the predictions
     */
    int outputSize();

    /**
     * The parts of θ that belong together, such as the parameters of one layer, in their order.
     *
     * @return blocks that cover θ; one block of all parameters for a model that does not tell its layers
     */
    default List<ParameterBlock> blocks() {
        return List.of(ParameterBlock.all(this));
    }

    /**
     * How many multiplications a prediction takes, about: of its cost, for whoever plans work.
     *
     * @return P, unless a model uses its parameters several times a sample
     */
    default double multiplications() {
        return parameterCount();
    }

    /**
     * The predictions f(θ; x_i), row i for sample i.
     *
     * @param parameters θ, P×1
     * @param inputs x, B×d
     * @return B × outputs
     * @throws IllegalArgumentException if a shape is not as stated
     */
    Node predict(Node parameters, Node inputs);
}
