package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** Forward mode: the Jacobian times a vector. Cost: at most about twice that of the value. */
public final class Forward {
    private Forward() {}

    /**
     * The derivative of an output along a tangent of a node, J t with J = ∂output/∂wrt.
     *
     * @param output what is differentiated, of any shape
     * @param wrt the variable: any node; its value is held to be free, whatever it was computed from
     * @param tangent direction, of the shape of {@code wrt}
     * @return the derivative, of the shape of {@code output}; exact zeros where it does not depend on {@code wrt}
     * @throws IllegalArgumentException if shapes or graphs do not match
     * @throws UnsupportedOperationException naming an op that has no forward rule
     */
    public static Node jvp(Node output, Node wrt, Node tangent) {
        Reach.check("jvp", "tangent", tangent, wrt, output);
        Tangents tangents = new Tangents(1);
        tangents.put(wrt, tangent);
        for (Node node : Reach.between(List.of(wrt), List.of(output))) {
            tangents.put(node, tangents.push(node));
        }
        Node result = tangents.of(output);
        return result == null ? Ops.zeros(output) : result;
    }

    /**
     * The Hessian-vector product ∇²f·v of a scalar, as forward over reverse.
     *
     * @param scalar f, of shape 1×1
     * @param wrt the variable
     * @param vector v, of the shape of {@code wrt}
     * @return ∇²f·v, of the shape of {@code wrt}
     */
    public static Node hvp(Node scalar, Node wrt, Node vector) {
        return jvp(Reverse.gradient(scalar, wrt), wrt, vector);
    }
}
