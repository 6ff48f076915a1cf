package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * Products with Gauss-Newton matrices JᵀDJ, J = ∂output/∂wrt, without the matrix. Cost: one forward and one reverse
 * pass for each vector.
 */
public final class GaussNewton {
    private GaussNewton() {}

    /**
     * JᵀJ v.
     *
     * @param output f, of any shape
     * @param wrt the variable
     * @param vector v, of the shape of {@code wrt}
     * @return JᵀJ v, of the shape of {@code wrt}
     */
    public static Node product(Node output, Node wrt, Node vector) {
        Checks.notNull("gauss-newton", "output", output);
        Checks.notNull("gauss-newton", "wrt", wrt);
        Checks.notNull("gauss-newton", "vector", vector);
        Node pushed = Forward.jvp(output, wrt, vector);
        return Reverse.vjp(output, pushed, List.of(wrt)).get(0);
    }

    /**
     * Jᵀ(D ∘ J v) with a diagonal D.
     *
     * @param output f, of any shape
     * @param wrt the variable
     * @param weights the diagonal of D, of a shape that stretches to that of {@code output}
     * @param vector v, of the shape of {@code wrt}
     * @return Jᵀ(D ∘ J v), of the shape of {@code wrt}
     */
    public static Node weighted(Node output, Node wrt, Node weights, Node vector) {
        Checks.notNull("weighted gauss-newton", "output", output);
        Checks.notNull("weighted gauss-newton", "wrt", wrt);
        Checks.notNull("weighted gauss-newton", "weights", weights);
        Checks.notNull("weighted gauss-newton", "vector", vector);
        Node pushed = Ops.multiply(weights, Forward.jvp(output, wrt, vector));
        return Reverse.vjp(output, pushed, List.of(wrt)).get(0);
    }

    /**
     * JᵀDJ v with D = ∇²ℓ, the Hessian of a loss in its predictions: the generalised Gauss-Newton matrix.
     *
     * @param loss ℓ, 1×1, computed from {@code predictions}
     * @param predictions f, of any shape, computed from {@code wrt}
     * @param wrt the variable
     * @param vector v, of the shape of {@code wrt}
     * @return Jᵀ∇²ℓ(f) J v, of the shape of {@code wrt}
     * @throws IllegalArgumentException if {@code loss} is not 1×1 or is not computed from that very node
     */
    public static Node ofLoss(Node loss, Node predictions, Node wrt, Node vector) {
        Checks.notNull("gauss-newton", "loss", loss);
        Checks.notNull("gauss-newton", "predictions", predictions);
        Checks.notNull("gauss-newton", "wrt", wrt);
        Checks.notNull("gauss-newton", "vector", vector);
        if (loss != predictions
                && Reach.moving(List.of(predictions), List.of(loss)).isEmpty()) {
            throw Checks.error(
                    "gauss-newton",
                    "the loss " + loss,
                    "not computed from the predictions " + predictions,
                    "computed from them, so that the product is not zero by mistake");
        }
        Node pushed = Forward.jvp(predictions, wrt, vector);
        Node bent = Forward.hvp(loss, predictions, pushed);
        return Reverse.vjp(predictions, bent, List.of(wrt)).get(0);
    }
}
