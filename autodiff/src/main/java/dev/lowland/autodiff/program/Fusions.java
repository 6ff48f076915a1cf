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
 * Which nodes are computed together with the only node that uses them, as a bias that is repeated over rows and added,
 * or with another node of the same operand, as tanh and its slope. Only what keeps every bit is fused.
 */
final class Fusions {
    private final Map<Node, Work> works = new HashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    /** What a node computes on the way, and the other way round. */
    private final Map<Node, Node> byproducts = new HashMap<>();

    private final Map<Node, Node> leads = new HashMap<>();

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
        pair(nodes);
        for (Node node : nodes) {
            if (node.op() instanceof Primitive op) {
                works.put(node, work(node, Lowering.of(op), uses));
            }
        }
    }

    /** Finds nodes that are computed together with another one of the same operand. */
    private void pair(List<Node> nodes) {
        Map<Node, List<Node>> readers = new HashMap<>();
        for (Node node : nodes) {
            if (node.op() instanceof Primitive && node.operandCount() == 1) {
                readers.computeIfAbsent(node.operand(0), operand -> new ArrayList<>())
                        .add(node);
            }
        }
        for (List<Node> siblings : readers.values()) {
            for (Node lead : siblings) {
                Lowering op = Lowering.of((Primitive) lead.op());
                siblings.stream()
                        .filter(other ->
                                op.alongside(op, (Primitive) other.op()).isPresent())
                        .findFirst()
                        .ifPresent(other -> {
                            byproducts.put(lead, other);
                            leads.put(other, lead);
                        });
            }
        }
    }

    private Work work(Node node, Lowering op, Uses uses) {
        Node byproduct = byproducts.get(node);
        if (byproduct == null) {
            return alone(node, op, uses, 1);
        }
        Work alone = alone(node, op, uses, 2);
        Computation both =
                op.alongside(alone.computation(), (Primitive) byproduct.op()).orElseThrow();
        return new Work(both, alone.operands());
    }

    /** The work of a node whose operand counts as its own if it has no more than some uses. */
    private Work alone(Node node, Lowering op, Uses uses, int readers) {
        List<Node> operands = new ArrayList<>(Arrays.asList(node.operands()));
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i);
            if (operand.op() instanceof Primitive producer
                    && uses.once(operand)
                    && whole(operand)
                    && !paired(operand)) {
                Optional<Computation> together = op.absorb(i, producer);
                if (together.isPresent()) {
                    absorbed.add(operand);
                    operands.set(i, operand.operand(0));
                    return new Work(together.get(), operands);
                }
            }
        }
        boolean own = operands.size() == 1 && uses.of(operands.get(0)) == readers;
        Optional<Work> both = own ? after(operands.get(0), op) : Optional.empty();
        return both.orElseGet(() -> new Work(op, operands));
    }

    /** An op together with what computes its only operand, which nothing else reads; empty if they stay apart. */
    private Optional<Work> after(Node operand, Lowering op) {
        if (!(operand.op() instanceof Primitive) || paired(operand)) {
            return Optional.empty();
        }
        Work before = work(operand);
        Optional<Computation> together = op.after(before.computation());
        together.ifPresent(taken -> absorbed.add(operand));
        return together.map(computation -> new Work(computation, before.operands()));
    }

    private boolean paired(Node node) {
        return byproducts.containsKey(node) || leads.containsKey(node);
    }

    /** The node whose computation makes a node: itself, or one that makes it on the way. */
    Node lead(Node node) {
        return leads.getOrDefault(node, node);
    }

    /** What the computation of a node makes on the way. */
    Optional<Node> byproduct(Node node) {
        return Optional.ofNullable(byproducts.get(node));
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
