package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often nodes are read: by each operand that they are, and once more for each time they are an output. */
final class Uses {
    private final Map<Node, Integer> counts = new HashMap<>();

    /** Counts for some nodes, of which some are wanted for themselves. */
    Uses(List<Node> nodes, List<Node> wanted) {
        wanted.forEach(this::add);
        for (Node node : nodes) {
            for (int i = 0; i < node.operandCount(); i++) {
                if (Compiler.reads(node, i)) {
                    add(node.operand(i));
                }
            }
        }
    }

    private void add(Node node) {
        counts.merge(node, 1, Integer::sum);
    }

    /** Whether exactly one reader needs a node. */
    boolean once(Node node) {
        return of(node) == 1;
    }

    /** How many readers need a node. */
    int of(Node node) {
        return counts.getOrDefault(node, 0);
    }
}
