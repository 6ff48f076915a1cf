package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The functions between layers. */
public enum Activation {
    /** tanh x. */
    TANH(Ops::tanh),
    /** log(1 + eˣ). */
    SOFTPLUS(Ops::softplus),
    /** 1/(1 + e⁻ˣ). */
    SIGMOID(Ops::sigmoid),
    /** x. */
    IDENTITY(x -> x),
    /** max(x, 0), derivative 0 at 0. */
    RELU(Ops::relu),
    /** x Φ(x). */
    GELU(Ops::gelu),
    /** x · sigmoid(x). */
    SILU(Ops::silu);

    private final UnaryOperator<Node> function;

    Activation(UnaryOperator<Node> function) {
        this.function = function;
    }

    /**
     * Applies it entry by entry.
     *
     * @param x any node
     * @return a node of the same shape
     */
    public Node apply(Node x) {
        Checks.notNull(label(), "x", x);
        return function.apply(x);
    }

    /**
     * The name used in files.
     *
     * @return the name in lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
