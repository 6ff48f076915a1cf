package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.core.check.Checks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collapsed second-order Taylor mode: Σ_j D²f[w_j, w_j] in one pass, without the Hessian.
 *
 * <p>Each node carries its value x, the stack of its m first coefficients x_j′ = Dx[w_j], and a single second one x″ =
 * Σ_j D²x[w_j, w_j], which is summed over the directions as it goes (collapsed). The rules, for y = Lx, z = B(x, y) and
 * y = f(x):
 *
 * <pre>
 *   y″ = L x″
 *   z″ = B(x″, y) + B(x, y″) + 2 Σ_j B(x_j′, y_j′)
 *   y″ = f′(x) ∘ x″ + f″(x) ∘ Σ_j x_j′ ∘ x_j′
 * </pre>
 *
 * <p>Reference: F. Dangel et al., <i>Collapsing Taylor Mode Automatic Differentiation</i>, 2025. The gradient of the
 * result (reverse over jet) is Σ_j ∇(D²f[w_j, w_j]), what the gradient of the regularizer R is made of.
 */
public final class Jet2 {
    private final Tangents first;
    private final Map<Node, Node> second = new HashMap<>();

    private Jet2(int count) {
        this.first = new Tangents(count);
    }

    /**
     * The sum of second derivatives along m directions.
     *
     * @param output f, of any shape
     * @param wrt the variable, g × r × c: any node, held to be free
     * @param directions w_1, …, w_m stacked outermost: (m·g) × r × c, m ≥ 1
     * @return Σ_j D²f[w_j, w_j], of the shape of {@code output}; exact zeros where f is affine in {@code wrt}
     * @throws IllegalArgumentException if the directions are not a stack of such shapes
     * @throws IllegalArgumentException naming an op that has no second-order rule
     */
    public static Node collapsed(Node output, Node wrt, Node directions) {
        Checks.notNull("collapsed 2-jet", "output", output);
        Checks.notNull("collapsed 2-jet", "wrt", wrt);
        Checks.notNull("collapsed 2-jet", "directions", directions);
        int count = Stacks.count("jet2", "directions", wrt, directions);
        Reach.check("jet2", "directions", directions, directions, output);
        Jet2 jet = new Jet2(count);
        jet.first.put(wrt, directions);
        for (Node node : Reach.moving(List.of(wrt), List.of(output))) {
            Node curved = jet.push(node);
            if (curved != null) {
                jet.second.put(node, curved);
            }
            jet.first.put(node, jet.first.push(node));
        }
        Node result = jet.second.get(output);
        return result == null ? Ops.zeros(output) : result;
    }

    private @Nullable Node push(Node node) {
        if (node.op() instanceof LinearOp op) {
            Node total = null;
            for (int i = 0; i < node.operandCount(); i++) {
                Node curved = second.get(node.operand(i));
                if (curved != null) {
                    total = Tangents.sum(total, op.push(i, curved, 1));
                }
            }
            return total;
        }
        if (node.op() instanceof BilinearOp op) {
            return bilinear(op, node);
        }
        if (node.op() instanceof PointwiseOp op) {
            return pointwise(op, node);
        }
        if (node.op() instanceof ChoiceOp op) {
            return choice(op, node);
        }
        return general((ReverseOp) node.op(), node);
    }

    private @Nullable Node choice(ChoiceOp op, Node node) {
        Node total = null;
        for (int i = 0; i < node.operandCount(); i++) {
            Node curved = op.isControl(i) ? null : second.get(node.operand(i));
            if (curved != null) {
                total = Tangents.sum(total, op.push(node, i, curved, 1));
            }
        }
        return total;
    }

    private @Nullable Node bilinear(BilinearOp op, Node node) {
        Node left = node.operand(0);
        Node right = node.operand(1);
        Node total = null;
        Node leftCurved = second.get(left);
        if (leftCurved != null) {
            total = op.batched(1, new Node[] {leftCurved, right}, new boolean[] {true, false});
        }
        Node rightCurved = second.get(right);
        if (rightCurved != null) {
            total = Tangents.sum(total, op.batched(1, new Node[] {left, rightCurved}, new boolean[] {false, true}));
        }
        Node leftTangent = first.of(left);
        Node rightTangent = first.of(right);
        if (leftTangent != null && rightTangent != null) {
            int count = first.count();
            Node products = op.batched(count, new Node[] {leftTangent, rightTangent}, new boolean[] {true, true});
            total = Tangents.sum(total, Ops.scale(Stacks.sumStack(products, count), 2));
        }
        return total;
    }

    private @Nullable Node pointwise(PointwiseOp op, Node node) {
        Node x = node.operand(0);
        Node slope = op.derivative(x, node);
        if (slope == null) {
            return null;
        }
        Node curved = second.get(x);
        Node total = curved == null ? null : Ops.multiply(slope, curved);
        Node tangents = first.of(x);
        Node bend = tangents == null ? null : bend(op, x);
        if (tangents != null && bend != null) {
            Node squares = Stacks.sumStack(Ops.square(tangents), first.count());
            total = Tangents.sum(total, Ops.multiply(bend, squares));
        }
        return total;
    }

    /**
     * f″(x), null where it is zero everywhere, as that of relu: a tangent whose square leaves the range of numbers must
     * not make a NaN with it. The rule for f′ is differentiated at a variable of its own: at x itself it may have been
     * simplified to something that x is computed from, such as 2(−u) to −2u for x = −u, which would look constant.
     */
    private static @Nullable Node bend(PointwiseOp op, Node x) {
        Node free = x.graph().input("free", x.shape());
        Node slope = op.derivative(free, x.graph().apply(op, free));
        Node bend = slope == null ? Ops.zeros(x) : Forward.jvp(slope, free, Ops.ones(free));
        boolean none = bend.op() instanceof Leaf.Filled filled && filled.value() == 0;
        return none || x.shape().size() == 0 ? null : Vmap.map(bend, free, x);
    }

    private @Nullable Node general(ReverseOp op, Node node) {
        Node[] curved = new Node[node.operandCount()];
        Node[] tangents = new Node[node.operandCount()];
        for (int i = 0; i < curved.length; i++) {
            curved[i] = second.get(node.operand(i));
            tangents[i] = first.of(node.operand(i));
        }
        return Tangents.sum(
                Transposed.push(op, node, curved, 1), Transposed.curvature(op, node, tangents, first.count()));
    }
}
