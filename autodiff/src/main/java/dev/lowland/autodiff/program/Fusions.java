package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes are computed together with the only node that uses them, as a bias that is repeated over rows and added.
 * Only what keeps every bit is fused.
 */
final class Fusions {
    private final Map<Node, Work> works = new HashMap<>();
    private final Set<Node> absorbed = new HashSet<>();

    /**
     * What is computed for a node.
     *
     * @param computation what to do
     * @param operands from which nodes
     */
    record Work(Computation computation, List<Node> operands) {

        /** Keeps its own list. */
        Work {
            operands = List.copyOf(operands);
        }
    }

    /** Decides for some nodes, in order of evaluation. */
    Fusions(List<Node> nodes, Uses uses) {
        for (Node node : nodes) {
            if (node.op() instanceof Primitive op) {
                works.put(node, work(node, Lowering.of(op), uses));
            }
        }
    }

    private Work work(Node node, Lowering op, Uses uses) {
        List<Node> operands = new ArrayList<>(Arrays.asList(node.operands()));
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i);
            if (operand.op() instanceof Primitive producer && uses.once(operand) && whole(operand)) {
                Optional<Computation> together = op.absorb(i, producer);
                if (together.isPresent()) {
                    absorbed.add(operand);
                    operands.set(i, operand.operand(0));
                    return new Work(together.get(), operands);
                }
            }
        }
        Optional<Work> both = operands.size() == 1 ? after(operands.get(0), op, uses) : Optional.empty();
        return both.orElseGet(() -> new Work(op, operands));
    }

    /** An op together with what computes its only operand, which nothing else reads; empty if they stay apart. */
    private Optional<Work> after(Node operand, Lowering op, Uses uses) {
        if (!(operand.op() instanceof Primitive) || !uses.once(operand)) {
            return Optional.empty();
        }
        Work before = work(operand);
        Optional<Computation> together = op.after(before.computation());
        together.ifPresent(taken -> absorbed.add(operand));
        return together.map(computation -> new Work(computation, before.operands()));
    }

    /** Whether nothing has been absorbed by a node: its own operands are what it is computed from. */
    private boolean whole(Node node) {
        return work(node).operands().equals(Arrays.asList(node.operands()));
    }

    /** Whether a node is computed where it is used. */
    boolean absorbed(Node node) {
        return absorbed.contains(node);
    }

    /** What is computed for a node that is not a leaf. */
    Work work(Node node) {
        Work work = works.get(node);
        if (work == null) {
            throw new IllegalStateException("compile: " + node + " was not looked at");
        }
        return work;
    }
}
