package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Map<Node, Storage> storages = new HashMap<>();
    private final Map<Storage, Storage> spread = new HashMap<>();
    private final Map<Storage, Storage> kept = new HashMap<>();
    private final Map<Storage, Storage> copies = new HashMap<>();
    private final Map<Node, Storage> wholes = new HashMap<>();
    private final List<Step> early = new ArrayList<>();
    private final List<Step> late = new ArrayList<>();
    private boolean hasEarly;

    Compiler(KernelSet kernels, int lanes) {
        this.kernels = kernels;
        this.lanes = lanes;
        this.many = lanes > 1;
    }

    /** The steps that depend on no late input. */
    List<Step> early() {
        return early;
    }

    /** The other steps. */
    List<Step> late() {
        return late;
    }

    /** Makes a place for each input, the first ones in a workspace; the first few of them are early. */
    void inputs(List<Node> inputs, int earlyCount, boolean[] inputShared) {
        hasEarly = earlyCount > 0;
        for (int i = 0; i < inputs.size(); i++) {
            Node input = inputs.get(i);
            if (!(input.op() instanceof Leaf.Input)) {
                throw new IllegalArgumentException(
                        "compile: " + input + " is listed as an input; rule: inputs are made by Graph.input");
            }
            boolean same = inputShared[i] && many;
            int size = count(input, same ? 1 : lanes);
            if (storages.put(input, Storage.input(i, size, same, i >= earlyCount)) != null) {
                throw new IllegalArgumentException("compile: input " + input + " is listed twice; rule: once each");
            }
        }
    }

    /** Adds the steps of some nodes and of everything whose numbers they need. */
    void nodes(List<Node> outputs) {
        List<Node> needed = Graph.ancestors(outputs, Compiler::reads);
        Uses uses = new Uses(needed, outputs);
        Fusions fusions = new Fusions(needed, uses);
        Placements placements = new Placements(hasEarly ? List.of() : needed, uses, fusions);
        for (Node node : needed) {
            if (storages.containsKey(node) || fusions.absorbed(node)) {
                continue;
            }
            if (node.op() instanceof Primitive op) {
                storages.put(node, compiled(node, Lowering.of(op), fusions, placements));
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
                : step(node, fusions.work(node), placements.of(node));
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
        Storage storage = laned(own(storage(node)));
        return storage.kind == Storage.Kind.INPUT ? copy(storage) : storage;
    }

    /**
     * Adds the steps that change an input in place, after everything that reads it. Operands that lie in the input
     * itself are copied first.
     */
    void update(Update update) {
        Storage target = storage(update.theta());
        List<List<Storage>> operands = new ArrayList<>();
        for (Update.Part part : update.parts()) {
            List<Storage> storages = new ArrayList<>();
            for (Node node : part.operands()) {
                Storage storage = storage(node);
                storages.add(storage.whole == target ? copy(storage) : storage);
            }
            if (part.product() == null) {
                storages.replaceAll(this::laned);
            }
            operands.add(storages);
        }
        for (int p = 0; p < operands.size(); p++) {
            add(step(update, update.parts().get(p), operands.get(p), target));
        }
    }

    private Step step(Update update, Update.Part part, List<Storage> operands, Storage target) {
        int start = Math.multiplyExact(part.start(), lanes);
        int size = count(part.shape().size(), lanes, "a part of an update");
        Lowering product = part.product();
        Evaluator evaluator;
        if (product == null) {
            double factor = update.factor();
            int from = operands.get(0).offset;
            evaluator = (buffers, slots, result) ->
                    kernels.axpy(size, factor, buffers[slots[0]], from, buffers[result], start);
        } else {
            List<Shape> shapes = part.operands().stream().map(Node::shape).toList();
            List<Boolean> flags = operands.stream().map(s -> s.shared).toList();
            List<Integer> offsets = operands.stream().map(s -> s.offset).toList();
            Layout layout = new Layout(kernels, shapes, part.shape(), lanes, flags, offsets, start);
            evaluator = product.accumulator().orElseThrow().apply(layout);
        }
        String operation = product == null ? "scale(" + update.factor() + ")" : product.name();
        List<String> labels = part.operands().stream().map(Node::label).toList();
        String where = part.shape() + " at " + part.start() + (lanes == 1 ? "" : " × " + lanes + " lanes");
        return new Step(
                evaluator,
                operands,
                target,
                false,
                new StepText(update.theta().label() + " +", operation, labels, where));
    }

    /** The same value from the beginning of its array on. */
    private Storage own(Storage storage) {
        if (storage.kind != Storage.Kind.STRETCH) {
            return storage;
        }
        Storage known = copies.get(storage);
        if (known == null) {
            known = copy(storage);
            copies.put(storage, known);
        }
        return known;
    }

    private Storage copy(Storage given) {
        int from = given.offset;
        int size = given.size;
        Storage own = Storage.temporary(size, given.shared, given.late);
        Evaluator copy =
                (buffers, operands, result) -> System.arraycopy(buffers[operands[0]], from, buffers[result], 0, size);
        String what = from == 0 ? "input" : "from " + from;
        add(new Step(copy, List.of(given), own, false, new StepText("copy", "copy", List.of(what), "" + size)));
        return own;
    }

    /**
     * A late step reads no early input, because the caller's array may be gone by then: the value is kept in a copy.
     */
    private void add(Step step) {
        if (hasEarly && !step.result().late) {
            early.add(step);
            return;
        }
        List<Storage> operands = new ArrayList<>(step.operands());
        operands.replaceAll(this::kept);
        late.add(new Step(step.evaluator(), operands, step.result(), step.inPlace(), step.text()));
    }

    /** The copy of all of an early input; an evaluator knows where in it its operand begins. */
    private Storage kept(Storage operand) {
        Storage whole = operand.whole;
        if (whole.kind != Storage.Kind.INPUT || whole.late) {
            return operand;
        }
        Storage copy = kept.get(whole);
        if (copy == null) {
            copy = copy(whole);
            kept.put(whole, copy);
        }
        return copy;
    }

    private Storage constant(Node node) {
        double[] values = new double[node.shape().size()];
        if (node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(values);
        } else if (node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(values, filled.value());
        } else {
            throw new IllegalArgumentException("compile: the outputs depend on input " + node
                    + ", which is not listed; rule: every input is listed");
        }
        return Storage.constant(values, many);
    }

    /** A value put together from its operands, those left out that are computed in it. */
    private Storage assembled(Node node, Lowering op) {
        List<Storage> parts = new ArrayList<>();
        boolean allShared = many;
        boolean anyLate = false;
        for (Node operand : node.operands()) {
            Storage storage = storage(operand);
            parts.add(storage);
            allShared &= storage.shared;
            anyLate |= storage.late;
        }
        if (!allShared) {
            parts.replaceAll(this::laned);
        }
        int width = allShared ? 1 : lanes;
        int size = count(node, width);
        Storage begun = wholes.get(node);
        int[] to = new int[parts.size()];
        Arrays.setAll(
                to, p -> parts.get(p).whole == begun ? -1 : op.placeOfOperand(p).orElseThrow() * width);
        int[] from = parts.stream().mapToInt(part -> part.offset).toArray();
        int[] length = parts.stream().mapToInt(part -> part.size).toArray();
        Evaluator evaluator = (buffers, operands, result) -> {
            for (int p = 0; p < to.length; p++) {
                if (to[p] != -1) {
                    System.arraycopy(buffers[operands[p]], from[p], buffers[result], to[p], length[p]);
                }
            }
        };
        if (Folding.pays(parts, size)) {
            return Storage.constant(Folding.evaluate(evaluator, parts, size), many);
        }
        Storage result = begun == null ? Storage.temporary(size, allShared, anyLate) : begun;
        add(new Step(
                evaluator, parts, result, false, text(node, new Fusions.Work(op, List.of(node.operands())), width)));
        return result;
    }

    private Storage step(Node node, Fusions.Work work, Placements.@Nullable Place place) {
        Computation op = work.computation();
        List<Storage> operands = new ArrayList<>();
        boolean allShared = many;
        boolean anyLate = false;
        for (Node operand : work.operands()) {
            Storage storage = storage(operand);
            operands.add(storage);
            allShared &= storage.shared;
            anyLate |= storage.late;
        }
        if (!op.heedsOffsets()) {
            operands.replaceAll(this::own);
        }
        if (!allShared && !op.mixesLanes()) {
            operands.replaceAll(this::laned);
        }
        List<Shape> shapes = new ArrayList<>();
        List<Boolean> flags = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            shapes.add(work.operands().get(i).shape());
            flags.add(!allShared && operands.get(i).shared);
            offsets.add(operands.get(i).offset);
        }
        int width = allShared ? 1 : lanes;
        int size = count(node, width);
        if (Folding.pays(operands, size)) {
            Evaluator evaluator = op.evaluator(new Layout(kernels, shapes, node.shape(), width, flags, offsets, 0));
            return Storage.constant(Folding.evaluate(evaluator, operands, size), many);
        }
        Storage result = place == null || allShared
                ? Storage.temporary(size, allShared, anyLate)
                : whole(place.whole()).stretch(place.entry() * lanes, size);
        Evaluator evaluator =
                op.evaluator(new Layout(kernels, shapes, node.shape(), width, flags, offsets, result.offset));
        add(new Step(evaluator, operands, result, op.inPlace(), text(node, work, width)));
        return result;
    }

    /** The place of a value of which a part is ready first. */
    private Storage whole(Node node) {
        return wholes.computeIfAbsent(node, n -> Storage.temporary(count(n, lanes), false, true));
    }

    /** The numbers of a value with lanes. */
    private static int count(Node node, int width) {
        return count(node.shape().size(), width, node.toString());
    }

    private static int count(int size, int width, String what) {
        long count = (long) size * width;
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("forLanes: " + what + " in " + width + " lanes has " + count
                    + " entries; rule: the number of entries fits an int");
        }
        return (int) count;
    }

    private static StepText text(Node node, Fusions.Work work, int width) {
        String shape = node.shape() + (width == 1 ? "" : " × " + width + " lanes");
        return new StepText(
                node.label(),
                work.computation().name(),
                work.operands().stream().map(Node::label).toList(),
                shape);
    }

    /** The same value with one copy a lane. */
    private Storage laned(Storage given) {
        if (!given.shared) {
            return given;
        }
        Storage storage = own(given);
        Storage known = spread.get(storage);
        if (known == null) {
            known = spread(storage);
            spread.put(storage, known);
        }
        return known;
    }

    private Storage spread(Storage storage) {
        int size = storage.size;
        int all = count(size, lanes, "a value shared by all lanes");
        if (storage.values != null) {
            double[] wide = new double[all];
            for (int i = 0; i < size; i++) {
                Arrays.fill(wide, i * lanes, (i + 1) * lanes, storage.values[i]);
            }
            return Storage.constant(wide, false);
        }
        Storage wide = Storage.temporary(all, false, storage.late);
        Evaluator evaluator = (buffers, operands, result) ->
                kernels.broadcastMiddle(size, lanes, 1, buffers[operands[0]], buffers[result]);
        StepText text = new StepText("spread", "spread", List.of("shared"), size + " × " + lanes + " lanes");
        add(new Step(evaluator, List.of(storage), wide, false, text));
        return wide;
    }
}
