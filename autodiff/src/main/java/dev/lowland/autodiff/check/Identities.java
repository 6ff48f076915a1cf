package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import java.util.List;
import java.util.Map;

/**
 * Identities of derivatives that hold to the last digits, with no step to choose: forward and reverse mode are
 * transposes of each other, and a Hessian is symmetric. What they cannot see is a rule that is wrong in both modes
 * alike.
 */
public final class Identities {
    private Identities() {}

    /**
     * Duality, ⟨c, J v⟩ = ⟨Jᵀc, v⟩, for random c and v.
     *
     * @param output f, of any shape
     * @param wrt x, any node
     * @param inputs a row-major array for each input that f depends on. Not modified.
     * @param seed where c and v come from
     * @return both sides
     */
    public static IdentityReport duality(Node output, Node wrt, Map<Node, double[]> inputs, long seed) {
        Checks.notNull("duality", "output", output);
        Checks.notNull("duality", "wrt", wrt);
        Checks.notNull("duality", "inputs", inputs);
        Probes probes = new Probes(seed);
        Node direction = probes.constant(wrt.graph(), wrt.shape());
        Node cotangent = probes.constant(output.graph(), output.shape());
        Node pushed = Forward.jvp(output, wrt, direction);
        Node pulled = Reverse.vjp(output, cotangent, List.of(wrt)).get(0);
        return report("duality ⟨c, Jv⟩ = ⟨Jᵀc, v⟩", pushed, cotangent, pulled, direction, inputs);
    }

    /**
     * Symmetry, ⟨u, H v⟩ = ⟨v, H u⟩, for random u and v.
     *
     * @param scalar f, of shape 1×1
     * @param wrt x, any node
     * @param inputs a row-major array for each input that f depends on. Not modified.
     * @param seed where u and v come from
     * @return both sides
     */
    public static IdentityReport symmetry(Node scalar, Node wrt, Map<Node, double[]> inputs, long seed) {
        Checks.notNull("symmetry", "scalar", scalar);
        Checks.notNull("symmetry", "wrt", wrt);
        Checks.notNull("symmetry", "inputs", inputs);
        Probes probes = new Probes(seed);
        Node u = probes.constant(wrt.graph(), wrt.shape());
        Node v = probes.constant(wrt.graph(), wrt.shape());
        Node left = Forward.hvp(scalar, wrt, v);
        Node right = Forward.hvp(scalar, wrt, u);
        return report("symmetry ⟨u, Hv⟩ = ⟨v, Hu⟩", left, u, right, v, inputs);
    }

    private static IdentityReport report(String name, Node x, Node y, Node z, Node w, Map<Node, double[]> inputs) {
        Node products = Ops.multiply(x, y);
        List<double[]> values = new Interpreter(Kernels.scalar())
                .evaluate(List.of(Ops.sum(products), Ops.dot(z, w), Ops.sum(Ops.abs(products))), inputs);
        double left = values.get(0)[0];
        double right = values.get(1)[0];
        double error = left == right ? 0 : Math.abs(left - right) / values.get(2)[0];
        return new IdentityReport(name, left, right, error);
    }
}
