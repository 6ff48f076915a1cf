package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
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
     * @throws IllegalArgumentException naming an op that has no forward rule
     */
    public static Node jvp(Node output, Node wrt, Node tangent) {
        Checks.notNull("jvp", "output", output);
        Checks.notNull("jvp", "wrt", wrt);
        Checks.notNull("jvp", "tangent", tangent);
        return jvp(output, List.of(wrt), List.of(tangent));
    }

    /**
     * The derivative of an output along tangents of several nodes, Σ_i J_i t_i.
     *
     * @param output what is differentiated, of any shape
     * @param wrt the variables, all different: any nodes. One that is computed from another is held free all the same.
     * @param tangents for each of them a direction of its shape
     * @return the derivative, of the shape of {@code output}; exact zeros where it does not depend on the variables
     * @throws IllegalArgumentException if shapes or graphs do not match or a variable is listed twice
     * @throws IllegalArgumentException naming an op that has no forward rule
     */
    public static Node jvp(Node output, List<Node> wrt, List<Node> tangents) {
        Checks.notNull("jvp", "output", output);
        Checks.noNulls("jvp", "wrt", wrt);
        Checks.noNulls("jvp", "tangents", tangents);
        if (wrt.size() != tangents.size()) {
            throw Checks.error(
                    "jvp",
                    "the number of tangents",
                    Integer.toString(tangents.size()),
                    wrt.size() + ", one for each variable");
        }
        Tangents known = new Tangents(1);
        for (int i = 0; i < wrt.size(); i++) {
            Node variable = wrt.get(i);
            Reach.check("jvp", "tangent", tangents.get(i), variable, output);
            if (known.of(variable) != null) {
                throw Checks.error("jvp", "variable " + variable, "listed twice", "listed once");
            }
            known.put(variable, tangents.get(i));
        }
        for (Node node : Reach.moving(wrt, List.of(output))) {
            known.put(node, known.push(node));
        }
        Node result = known.of(output);
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
        Checks.notNull("hvp", "scalar", scalar);
        Checks.notNull("hvp", "wrt", wrt);
        Checks.notNull("hvp", "vector", vector);
        return jvp(Reverse.gradient(scalar, wrt), wrt, vector);
    }
}
