package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Stacks mapped a few values at a time. The temporaries of one chunk give way to those of the next, so a program needs
 * the memory of one chunk, however many there are; in return it has that many times the instructions.
 */
public final class Chunks {
    private Chunks() {}

    /**
     * As {@link Vmap#map(Node, List, List)}, in chunks.
     *
     * @param output the expression
     * @param variables the nodes whose values vary, all different
     * @param stacked for each of them its m values, stacked outermost
     * @param chunk how many values are mapped at a time, at least 1; the last chunk may have fewer
     * @return the m outputs, stacked outermost
     * @throws IllegalArgumentException if a stack does not fit its variable or {@code chunk < 1}
     */
    public static Node map(Node output, List<Node> variables, List<Node> stacked, int chunk) {
        Checks.notNull("map chunks", "output", output);
        Checks.noNulls("map chunks", "variables", variables);
        Checks.noNulls("map chunks", "stacked", stacked);
        List<Node> parts = parts(output, variables, stacked, chunk);
        return parts.size() == 1 ? parts.get(0) : Axes.concat(Axis.GROUPS, parts.toArray(new Node[0]));
    }

    /**
     * The sum of the outputs for each of m values: no more than one chunk of outputs exists at a time.
     *
     * @param output the expression
     * @param variables the nodes whose values vary, all different
     * @param stacked for each of them its m values, stacked outermost
     * @param chunk how many values are mapped at a time, at least 1
     * @return the sum, of the shape of {@code output}
     * @throws IllegalArgumentException if a stack does not fit its variable or {@code chunk < 1}
     */
    public static Node sum(Node output, List<Node> variables, List<Node> stacked, int chunk) {
        Checks.noNulls("sum over chunks", "variables", variables);
        Checks.noNulls("sum over chunks", "stacked", stacked);
        Checks.notNull("sum over chunks", "output", output);
        Node total = null;
        for (Node part : parts(output, variables, stacked, chunk)) {
            Node sum =
                    Stacks.sumStack(part, part.shape().groups() / output.shape().groups());
            total = total == null ? sum : Ops.add(total, sum);
        }
        return total == null ? Ops.zeros(output) : total;
    }

    private static List<Node> parts(Node output, List<Node> variables, List<Node> stacked, int chunk) {
        Checks.atLeast("vmap", "chunk", chunk, 1);
        int count = Vmap.count(variables, stacked);
        List<Node> parts = new ArrayList<>();
        for (int start = 0; start < count; start += chunk) {
            int length = Math.min(chunk, count - start);
            List<Node> slices = new ArrayList<>();
            for (int i = 0; i < variables.size(); i++) {
                int groups = variables.get(i).shape().groups();
                slices.add(Ops.slice(stacked.get(i), Axis.GROUPS, start * groups, length * groups));
            }
            parts.add(Vmap.map(output, variables, slices));
        }
        return parts;
    }
}
