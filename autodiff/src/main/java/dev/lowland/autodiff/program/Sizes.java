package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;

/** How many numbers values have, lanes included; what does not fit an array is refused. */
final class Sizes {
    private Sizes() {}

    /** The numbers of a node's value in some lanes. */
    static int of(Node node, int lanes) {
        return of(node.shape().size(), lanes, node.toString());
    }

    /** The numbers of entries in some lanes. */
    static int of(int entries, int lanes, String what) {
        long count = (long) entries * lanes;
        if (count > Integer.MAX_VALUE) {
            throw Checks.error(
                    "forLanes",
                    what + " in " + lanes + " lanes",
                    "of " + count + " entries",
                    "of at most " + Integer.MAX_VALUE);
        }
        return (int) count;
    }
}
