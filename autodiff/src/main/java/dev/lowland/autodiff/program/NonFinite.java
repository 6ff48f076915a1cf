package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * A number that is not finite, where it first came up.
 *
 * @param node the node whose value holds it; those of its operands are all finite
 * @param entry where, row-major
 * @param value NaN or an infinity
 * @param operands the operands in words, each with its shape and what it holds there
 */
public record NonFinite(Node node, int entry, double value, List<String> operands) {

    /** Keeps its own list. */
    public NonFinite {
        Checks.notNull("what is not finite", "node", node);
        Checks.noNulls("what is not finite", "operands", operands);
        operands = List.copyOf(operands);
    }

    /**
     * One sentence: the node, its op and shape, the entry, the operands, and the place in the source where the node was
     * made, if its graph records that.
     */
    @Override
    public String toString() {
        Shape shape = node.shape();
        int column = entry % shape.columns();
        int row = entry / shape.columns() % shape.rows();
        int group = entry / shape.matrixSize();
        StringBuilder text = new StringBuilder(node.toString());
        text.append(operands.isEmpty() ? " holds " : " makes ").append(value).append(" at ");
        if (shape.groups() > 1) {
            text.append("group ").append(group).append(", ");
        }
        text.append("row ").append(row).append(", column ").append(column);
        if (!operands.isEmpty()) {
            text.append("; op ").append(node.op().name()).append(" of ").append(String.join(" and ", operands));
        }
        List<StackTraceElement> origin = node.origin();
        text.append(origin.isEmpty() ? "; Graph.recordingOrigins() would tell where it was made" : "; made at ");
        for (int i = 0; i < origin.size(); i++) {
            text.append(i == 0 ? "" : "\n    from ").append(origin.get(i));
        }
        return text.toString();
    }
}
