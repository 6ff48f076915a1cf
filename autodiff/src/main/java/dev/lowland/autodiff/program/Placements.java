package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are computed right where the only node that reads them would copy them to: the parts of a gradient, in
 * the gradient.
 */
final class Placements {
    private final Map<Node, Place> places = new HashMap<>();

    /**
     * A stretch of another value.
     *
     * @param whole the node of that value
     * @param entry the first entry of the stretch
     */
    record Place(Node whole, int entry) {}

    /** Decides for some nodes. */
    Placements(List<Node> nodes, Uses uses, Fusions fusions) {
        for (Node node : nodes) {
            if (node.op() instanceof Primitive op && !fusions.absorbed(node)) {
                for (int i = 0; i < node.operandCount(); i++) {
                    int entry = op.placeOfOperand(i);
                    Node source = source(node.operand(i), uses);
                    if (entry != -1
                            && source.op() instanceof Primitive
                            && uses.once(source)
                            && fusions.work(source).computation().heedsResultOffset()) {
                        places.put(source, new Place(node, entry));
                    }
                }
            }
        }
    }

    /** The node that computes the entries that another one hands on. */
    private static Node source(Node node, Uses uses) {
        Node source = node;
        while (uses.once(source) && source.op() instanceof Primitive op && op.sameEntriesAs() != -1) {
            source = source.operand(op.sameEntriesAs());
        }
        return source;
    }

    /** Where a node is computed, null if it has a place of its own. */
    @Nullable
    Place of(Node node) {
        return places.get(node);
    }
}
