package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a program as they are added, early ones and late ones, and among them those that only bring a value into
 * the form in which another step reads it: from the beginning of an array of its own, with one copy a lane, or kept
 * from an early run for the late ones. Each form of a value is made once.
 */
final class Steps {
    private final KernelSet kernels;
    private final int lanes;
    /** Whether there are early steps. */
    private final boolean staged;

    private final Map<Storage, Storage> spread = new HashMap<>();
    private final Map<Storage, Storage> kept = new HashMap<>();
    private final Map<Storage, Storage> copies = new HashMap<>();
    private final List<Step> early = new ArrayList<>();
    private final List<Step> late = new ArrayList<>();

    Steps(KernelSet kernels, int lanes, boolean staged) {
        this.kernels = kernels;
        this.lanes = lanes;
        this.staged = staged;
    }

    /** All steps in the order in which they run, early ones first. */
    List<Step> all() {
        List<Step> all = new ArrayList<>(early);
        all.addAll(late);
        return all;
    }

    /** How many of them are early: they depend on no late input. */
    int early() {
        return early.size();
    }

    /** The same value from the beginning of its array on. */
    Storage own(Storage storage) {
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

    Storage copy(Storage given) {
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
    void add(Step step) {
        if (staged && !step.result().late) {
            early.add(step);
            return;
        }
        List<Storage> operands = new ArrayList<>(step.operands());
        operands.replaceAll(this::kept);
        late.add(new Step(
                step.evaluator(),
                operands,
                step.result(),
                step.byproduct(),
                step.inPlace(),
                step.fixed(),
                step.text()));
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

    /** The same value with one copy a lane. */
    Storage laned(Storage given) {
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
        int all = Storage.size(size, lanes, "a value shared by all lanes");
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
