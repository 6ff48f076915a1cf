package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of {@link Pad}s without their zeros. The gradient of a vector of parameters is such a sum, a pad for each slice
 * that the model takes of it: paddings of the same stretch become the padding of a sum, and those of neighbouring
 * stretches become that of a {@link Concat}, so that in the end each entry is written once.
 */
final class Joins {
    private Joins() {}

    /** x + y as one padding, null if it is none. */
    static @Nullable Node sum(Node x, Node y) {
        if (!(x.op() instanceof Pad left)
                || !(y.op() instanceof Pad right)
                || !left.view().equals(right.view())
                || !left.target().equals(right.target())) {
            return null;
        }
        if (left.start() == right.start() && left.length() == right.length()) {
            Node a = x.operand(0);
            Node sum = Ops.add(a, Ops.reshape(y.operand(0), a.shape()));
            return x.graph().apply(left, sum);
        }
        if (left.start() + left.length() == right.start()) {
            return joined(left, x.operand(0), right, y.operand(0));
        }
        if (right.start() + right.length() == left.start()) {
            return joined(right, y.operand(0), left, x.operand(0));
        }
        return null;
    }

    private static Node joined(Pad first, Node before, Pad second, Node after) {
        View view = first.view();
        List<Node> parts = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        add(view, before, first.length(), parts, lengths);
        add(view, after, second.length(), parts, lengths);
        int length = first.length() + second.length();
        boolean all = length == view.n();
        Shape shape = all ? first.target() : Shape.of(view.outer(), length, view.inner());
        View whole = new View(view.outer(), length, view.inner());
        Node together = before.graph().apply(new Concat(whole, lengths, shape), parts.toArray(new Node[0]));
        return all ? together : before.graph().apply(new Pad(view, first.start(), length, first.target()), together);
    }

    /** Adds the parts of what is itself made of parts, else the one part. */
    private static void add(View view, Node node, int length, List<Node> parts, List<Integer> lengths) {
        if (node.op() instanceof Concat concat
                && concat.view().outer() == view.outer()
                && concat.view().inner() == view.inner()) {
            parts.addAll(List.of(node.operands()));
            lengths.addAll(concat.lengths());
        } else {
            parts.add(node);
            lengths.add(length);
        }
    }
}
