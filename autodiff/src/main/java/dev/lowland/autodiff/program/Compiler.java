package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into steps, early ones and late ones: none for an op that changes no entry, none for what is constant or
 * is computed where it is used, else one a node; one more for each shared value that an op needs spread over the lanes.
 * What is shared by all lanes is computed once.
 */
final class Compiler {
    private final KernelSet kernels;
    private final int lanes;
    /** Whether there is anything to share: more than one lane. */
    private final boolean many;

    /** Whether there are early inputs. */
    private final boolean staged;

    private final Map<Node, Storage> storages = new HashMap<>();
    private final Map<Node, Storage> wholes = new HashMap<>();
    private final Steps steps;

    Compiler(KernelSet kernels, int lanes, boolean staged) {
        this.kernels = kernels;
        this.lanes = lanes;
        this.many = lanes > 1;
        this.staged = staged;
        this.steps = new Steps(kernels, lanes, staged);
    }

    /** What was added so far. */
    Steps steps() {
        return steps;
    }

    /** Makes a place for each input, the first ones in a workspace; the first few of them are early. */
    void inputs(List<Node> inputs, int earlyCount, boolean[] inputShared) {
        for (int i = 0; i < inputs.size(); i++) {
            Node input = inputs.get(i);
            if (!(input.op() instanceof Leaf.Input)) {
                throw Checks.error("compile", "the listed input " + input, "computed", "made by Graph.input");
            }
            boolean same = inputShared[i] && many;
            int size = Storage.size(input, same ? 1 : lanes);
            if (storages.put(input, Storage.input(i, size, same, i >= earlyCount)) != null) {
                throw Checks.error("compile", "input " + input, "listed twice", "listed once");
            }
        }
    }

    /** Adds the steps of some nodes and of everything whose numbers they need. */
    void nodes(List<Node> outputs) {
        List<Node> needed = Graph.ancestors(outputs, Compiler::reads);
        Uses uses = new Uses(needed, outputs);
        Fusions fusions = new Fusions(needed, uses);
        Placements placements = new Placements(staged ? List.of() : needed, uses, fusions);
        for (Node node : needed) {
            if (storages.containsKey(node) || fusions.absorbed(node)) {
                continue;
            }
            Node lead = fusions.lead(node);
            if (lead.op() instanceof Primitive op) {
                storages.put(lead, compiled(lead, Lowering.of(op), fusions, placements));
            } else {
                storages.put(node, constant(node));
            }
        }
    }

    private Storage compiled(Node node, Lowering op, Fusions fusions, Placements placements) {
        OptionalInt same = op.sameEntriesAs();
        if (same.isPresent()) {
            return storage(node.operand(same.getAsInt()));
        }
        OptionalInt from = op.stretchOfOperand();
        if (from.isPresent() && storage(node.operand(0)).kind != Storage.Kind.CONSTANT) {
            Storage whole = storage(node.operand(0));
            int width = whole.shared ? 1 : lanes;
            return whole.stretch(from.getAsInt() * width, node.shape().size() * width);
        }
        return op.placeOfOperand(0).isPresent()
                ? assembled(node, op)
                : step(node, fusions.work(node), fusions.byproduct(node), placements.of(node));
    }

    /** Whether the numbers of an operand are needed: a node that has the entries of one operand needs no other. */
    static boolean reads(Node node, int operand) {
        OptionalInt same = sameEntriesAs(node);
        return same.isEmpty() || same.getAsInt() == operand;
    }

    /** The operand whose entries a node hands on, if it does nothing else. */
    static OptionalInt sameEntriesAs(Node node) {
        return node.op() instanceof Primitive op ? Lowering.of(op).sameEntriesAs() : OptionalInt.empty();
    }

    /** Where the value of a node is, once it has been compiled. */
    private Storage storage(Node node) {
        return Objects.requireNonNull(storages.get(node), "operands are compiled before what needs them");
    }

    /** Where the value of a node is, spread over the lanes and apart from the caller's inputs. */
    Storage output(Node node) {
        Storage storage = steps.laned(steps.own(storage(node)));
        return storage.kind == Storage.Kind.INPUT ? steps.copy(storage) : storage;
    }

    /** Adds the steps that change an input in place, after everything that reads it. */
    void update(Update update) {
        new UpdateSteps(kernels, lanes, steps).add(update, this::storage);
    }

    private Storage constant(Node node) {
        double[] values = new double[node.shape().size()];
        if (node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(values);
        } else if (node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(values, filled.value());
        } else {
            throw Checks.error(
                    "compile", "input " + node + ", on which the outputs depend,", "not listed", "among the inputs");
        }
        return Storage.constant(values, many);
    }

    /** A value put together from its operands, those left out that are computed in it. */
    private Storage assembled(Node node, Lowering op) {
        Operands operands = new Operands(List.of(node.operands()), this::storage, many);
        if (!operands.shared) {
            operands.replace(steps::laned);
        }
        int width = operands.shared ? 1 : lanes;
        int size = Storage.size(node, width);
        Storage begun = wholes.get(node);
        Evaluator evaluator = assembly(op, operands.storages(), width, begun);
        if (Folding.pays(operands.storages(), size)) {
            return Storage.constant(Folding.evaluate(evaluator, operands.storages(), size), many);
        }
        Storage result = begun == null ? Storage.temporary(size, operands.shared, operands.late) : begun;
        Fusions.Work work = new Fusions.Work(op, List.of(node.operands()));
        steps.add(new Step(evaluator, operands.storages(), result, false, text(node, work, width)));
        return result;
    }

    /** Copies the parts to their places, but for those that lie in the value already. */
    private static Evaluator assembly(Lowering op, List<Storage> parts, int width, @Nullable Storage begun) {
        int[] to = new int[parts.size()];
        Arrays.setAll(
                to, p -> parts.get(p).whole == begun ? -1 : op.placeOfOperand(p).orElseThrow() * width);
        int[] from = parts.stream().mapToInt(part -> part.offset).toArray();
        int[] length = parts.stream().mapToInt(part -> part.size).toArray();
        return (buffers, operands, result) -> {
            for (int p = 0; p < to.length; p++) {
                if (to[p] != -1) {
                    System.arraycopy(buffers[operands[p]], from[p], buffers[result], to[p], length[p]);
                }
            }
        };
    }

    /**
     * A value that an evaluator computes: folded if it is constant, at its place in another one if it has one. What it
     * makes on the way is stored too.
     */
    private Storage step(Node node, Fusions.Work work, Optional<Node> byproduct, Placements.@Nullable Place place) {
        Computation op = work.computation();
        Operands operands = new Operands(work.operands(), this::storage, many);
        if (!op.heedsOffsets()) {
            operands.replace(steps::own);
        }
        if (!operands.shared && !op.mixesLanes()) {
            operands.replace(steps::laned);
        }
        int width = operands.shared ? 1 : lanes;
        int size = Storage.size(node, width);
        if (Folding.pays(operands.storages(), size)) {
            Evaluator evaluator = op.evaluator(operands.layout(kernels, node.shape(), width, 0));
            byproduct.ifPresent(other -> storages.put(other, operands.more(size, many)));
            return Storage.constant(Folding.evaluate(evaluator, operands.storages(), size), many);
        }
        Storage result = place == null || operands.shared
                ? Storage.temporary(size, operands.shared, operands.late)
                : whole(place.whole()).stretch(place.entry() * lanes, size);
        Layout layout = operands.layout(kernels, node.shape(), width, result.offset);
        Evaluator evaluator = op.evaluator(layout);
        FixedPart fixed = many ? null : op.fixed(layout).orElse(null);
        Storage other = null;
        if (byproduct.isPresent()) {
            other = Storage.temporary(size, operands.shared, operands.late);
            storages.put(byproduct.get(), other);
        }
        StepText text =
                byproduct.map(b -> text(node, work, width).with(b.label())).orElseGet(() -> text(node, work, width));
        steps.add(new Step(evaluator, operands.storages(), result, other, op.inPlace(), fixed, text));
        return result;
    }

    /** The place of a value of which a part is ready first. */
    private Storage whole(Node node) {
        return wholes.computeIfAbsent(node, n -> Storage.temporary(Storage.size(n, lanes), false, true));
    }

    private static StepText text(Node node, Fusions.Work work, int width) {
        String shape = node.shape() + (width == 1 ? "" : " × " + width + " lanes");
        return new StepText(
                node.label(),
                work.computation().name(),
                work.operands().stream().map(Node::label).toList(),
                shape);
    }
}
