package dev.lowland.autodiff.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Gives each storage a slot of the workspace: inputs first, then constants, then temporaries, which share buffers as
 * soon as their values are no longer read. A buffer is never given to a result while an operand of the same step is in
 * it, except for steps that may run in place on an operand of the same size.
 */
final class BufferPlan {
    /** How many times as long as a value its buffer may be. */
    private static final long MOST_TIMES = 4;

    /** A buffer that is not worth saving. */
    private static final long SMALL = 64;

    private final List<double[]> constants = new ArrayList<>();
    private final List<Integer> capacities = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final Map<Long, Integer> uniform = new HashMap<>();
    private final int inputs;
    private final int firstTemporary;

    /**
     * Plans for steps of which the first {@code boundary} are early: what they leave for the others keeps its buffer.
     */
    BufferPlan(int inputs, List<Step> steps, int boundary, List<Storage> outputs) {
        this.inputs = inputs;
        markUses(steps, boundary, outputs);
        int slot = inputs;
        for (Step step : steps) {
            for (Storage operand : step.operands()) {
                slot = placeConstant(operand, slot);
            }
        }
        for (Storage output : outputs) {
            slot = placeConstant(output, slot);
        }
        firstTemporary = slot;
        for (int i = 0; i < steps.size(); i++) {
            place(steps.get(i), i);
        }
    }

    /** The arrays of the constants, in the order of their slots. */
    double[][] constants() {
        return constants.toArray(new double[0][]);
    }

    /** The lengths of the temporary buffers, in the order of their slots. */
    int[] capacities() {
        return capacities.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void markUses(List<Step> steps, int boundary, List<Storage> outputs) {
        for (int i = 0; i < steps.size(); i++) {
            for (Storage operand : steps.get(i).operands()) {
                boolean stays = i >= boundary && boundary > 0 && !operand.late;
                Storage whole = operand.whole;
                whole.lastUse = stays ? steps.size() : Math.max(whole.lastUse, i);
            }
        }
        for (Storage output : outputs) {
            output.lastUse = steps.size();
        }
    }

    private int placeConstant(Storage storage, int slot) {
        double[] values = storage.values;
        if (values == null || storage.isPlaced()) {
            return slot;
        }
        OptionalLong bits = repeated(values);
        Integer known = bits.isPresent() ? uniform.get(bits.getAsLong()) : null;
        if (known != null) {
            storage.slot = known;
            int index = known - inputs;
            constants.set(index, constants.get(index).length < values.length ? values : constants.get(index));
            return slot;
        }
        storage.slot = slot;
        bits.ifPresent(number -> uniform.put(number, slot));
        constants.add(values);
        return slot + 1;
    }

    /** The number in every entry, if there is one: constants of one number are prefixes of the longest. */
    private static OptionalLong repeated(double[] values) {
        for (double value : values) {
            if (Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(values[0])) {
                return OptionalLong.empty();
            }
        }
        return values.length == 0 ? OptionalLong.empty() : OptionalLong.of(Double.doubleToRawLongBits(values[0]));
    }

    private void place(Step step, int index) {
        Storage result = step.result().whole;
        if (step.inPlace() && !result.isPlaced() && result == step.result()) {
            for (Storage operand : step.operands()) {
                if (dies(operand, index) && operand.size == result.size && !readElsewhere(step, operand)) {
                    result.slot = operand.slot;
                    break;
                }
            }
        }
        if (!result.isPlaced()) {
            result.slot = firstTemporary + takeBuffer(result.size);
        }
        Storage byproduct = step.byproduct();
        if (byproduct != null) {
            byproduct.slot = firstTemporary + takeBuffer(byproduct.size);
        }
        Storage[] operands =
                step.operands().stream().map(s -> s.whole).distinct().toArray(Storage[]::new);
        for (Storage operand : operands) {
            if (dies(operand, index) && operand.slot != result.slot) {
                free.add(operand.slot - firstTemporary);
            }
        }
    }

    /** Whether a step reads a stretch of an operand too, which must not be written over under way. */
    private static boolean readElsewhere(Step step, Storage operand) {
        return step.operands().stream().anyMatch(other -> other != operand && other.whole == operand);
    }

    private static boolean dies(Storage storage, int index) {
        return storage.kind == Storage.Kind.TEMPORARY && storage.lastUse == index;
    }

    /**
     * The smallest free buffer that is large enough, but not far too large, lest a short value that lives long keeps a
     * long one from its place; else the largest that is too small, made longer; else a new one.
     */
    private int takeBuffer(int size) {
        int best = -1;
        for (int candidate : free) {
            if (capacities.get(candidate) > Math.max(SMALL, MOST_TIMES * size)) {
                continue;
            }
            if (best < 0 || better(capacities.get(candidate), capacities.get(best), size)) {
                best = candidate;
            }
        }
        if (best < 0) {
            capacities.add(size);
            return capacities.size() - 1;
        }
        free.remove(Integer.valueOf(best));
        capacities.set(best, Math.max(size, capacities.get(best)));
        return best;
    }

    private static boolean better(int candidate, int best, int size) {
        if (best >= size) {
            return candidate >= size && candidate < best;
        }
        return candidate > best;
    }

    /** The steps with their slots. */
    static Instruction[] instructions(List<Step> steps) {
        Instruction[] instructions = new Instruction[steps.size()];
        Arrays.setAll(instructions, i -> {
            Step step = steps.get(i);
            Stream<Storage> read = step.operands().stream();
            int[] operands = Stream.concat(read, Stream.ofNullable(step.byproduct()))
                    .mapToInt(s -> s.whole.slot)
                    .toArray();
            return new Instruction(step.evaluator(), operands, step.result().whole.slot, step.fixed(), step.text());
        });
        return instructions;
    }
}
