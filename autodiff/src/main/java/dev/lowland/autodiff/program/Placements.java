package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
                Lowering lowering = Lowering.of(op);
                for (int i = 0; i < node.operandCount(); i++) {
                    OptionalInt entry = lowering.placeOfOperand(i);
                    Node source = source(node.operand(i), uses);
                    if (entry.isPresent()
                            && source.op() instanceof Primitive
                            && uses.once(source)
                            && fusions.work(source).computation().heedsResultOffset()) {
                        places.put(source, new Place(node, entry.getAsInt()));
                    }
                }
            }
        }
    }

    /** The node that computes the entries that another one hands on. */
    private static Node source(Node node, Uses uses) {
        Node source = node;
        OptionalInt same = Compiler.sameEntriesAs(source);
        while (uses.once(source) && same.isPresent()) {
            source = source.operand(same.getAsInt());
            same = Compiler.sameEntriesAs(source);
        }
        return source;
    }

    /** Where a node is computed, null if it has a place of its own. */
    @Nullable
    Place of(Node node) {
        return places.get(node);
    }
}
