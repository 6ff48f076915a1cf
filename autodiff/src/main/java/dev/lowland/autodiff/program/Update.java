package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.autodiff.op.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * θ += factor · gradient, part by part. Where a part of the gradient is a product A·B, the factor goes into the shorter
 * of A and B and the product is added to θ in place: that part of the gradient is never written down. Other parts are
 * computed, then added.
 *
 * @param theta the input that changes
 * @param factor what the operand of a part without a product is multiplied by
 * @param parts stretches of θ, one after the other
 */
record Update(Node theta, double factor, List<Part> parts) {

    /**
     * A stretch of θ and what is added to it.
     *
     * @param start its first entry
     * @param shape of the part of the gradient
     * @param product the op that adds its value, the factor being in an operand already; null where factor times the
     *     one operand is added
     * @param operands what is to be computed
     */
    record Part(int start, Shape shape, @Nullable Lowering product, List<Node> operands) {}

    /** Looks at how a gradient is made; adds nodes to its graph. */
    static Update of(Node theta, Node gradient, double factor) {
        return of(theta, gradient, factor, operand -> Ops.scale(operand, factor), false);
    }

    /** The same with a factor that is given as a number in each run. */
    static Update of(Node theta, Node gradient, Node factor) {
        return of(theta, gradient, 1, operand -> Ops.multiply(operand, factor), true);
    }

    private static Update of(Node theta, Node gradient, double factor, UnaryOperator<Node> scaled, boolean everywhere) {
        List<Part> parts = new ArrayList<>();
        Node whole = source(gradient);
        if (whole.op() instanceof Primitive op
                && Lowering.of(op).placeOfOperand(0).isPresent()) {
            for (int i = 0; i < whole.operandCount(); i++) {
                int start = Lowering.of(op).placeOfOperand(i).orElseThrow();
                parts.add(part(start, whole.operand(i), scaled, everywhere));
            }
        } else {
            parts.add(part(0, whole, scaled, everywhere));
        }
        return new Update(theta, factor, List.copyOf(parts));
    }

    /** The node that computes the entries that another one hands on. */
    private static Node source(Node node) {
        Node source = node;
        OptionalInt same = Compiler.sameEntriesAs(source);
        while (same.isPresent()) {
            source = source.operand(same.getAsInt());
            same = Compiler.sameEntriesAs(source);
        }
        return source;
    }

    private static Part part(int start, Node value, UnaryOperator<Node> scaled, boolean everywhere) {
        Node source = source(value);
        if (!(source.op() instanceof Primitive op)
                || Lowering.of(op).accumulator().isEmpty()) {
            return new Part(start, source.shape(), null, List.of(everywhere ? scaled.apply(source) : source));
        }
        Node left = source.operand(0);
        Node right = source.operand(1);
        boolean leftShorter = left.shape().size() < right.shape().size();
        return new Part(
                start,
                source.shape(),
                Lowering.of(op),
                leftShorter ? List.of(scaled.apply(left), right) : List.of(left, scaled.apply(right)));
    }

    /** Everything that is to be computed before θ changes. */
    List<Node> nodes() {
        return parts.stream().flatMap(part -> part.operands().stream()).toList();
    }
}
