package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Collections;
import java.util.List;

/**
 * What an evaluator is made for. With several lanes, lane l of entry e is at [e·lanes + l]; an operand that is shared
 * by all lanes has one number an entry.
 *
 * @param kernels the inner loops to use
 * @param operands shapes of the operands
 * @param result shape of the value
 * @param lanes number of lanes, 1 for ordinary runs
 * @param shared which operands are shared by all lanes; only ops whose lowering mixes lanes ever see a true
 * @param offsets where in its array each operand begins; only ops whose lowering heeds offsets ever see more than 0
 * @param resultOffset where in its array the value begins, likewise
 */
public record Layout(
        KernelSet kernels,
        List<Shape> operands,
        Shape result,
        int lanes,
        List<Boolean> shared,
        List<Integer> offsets,
        int resultOffset) {

    /** Keeps copies of the lists. */
    public Layout {
        operands = List.copyOf(operands);
        shared = List.copyOf(shared);
        offsets = List.copyOf(offsets);
    }

    /**
     * Values that have their arrays for themselves, one lane.
     *
     * @param kernels the inner loops to use
     * @param operands shapes of the operands
     * @param result shape of the value
     * @return the layout
     */
    public static Layout plain(KernelSet kernels, List<Shape> operands, Shape result) {
        Checks.notNull("plain layout", "kernels", kernels);
        Checks.noNulls("plain layout", "operands", operands);
        Checks.notNull("plain layout", "result", result);
        int count = operands.size();
        return new Layout(
                kernels, operands, result, 1, Collections.nCopies(count, false), Collections.nCopies(count, 0), 0);
    }

    /**
     * The shape of one operand.
     *
     * @param operand which
     * @return its shape
     */
    public Shape operand(int operand) {
        Checks.index("layout", "operand", operand, operands.size());
        return operands.get(operand);
    }

    /**
     * Whether an operand is shared by all lanes.
     *
     * @param operand which
     * @return true if it has one number an entry
     */
    public boolean shared(int operand) {
        Checks.index("layout", "operand", operand, operands.size());
        return shared.get(operand);
    }

    /**
     * Where an operand begins.
     *
     * @param operand which
     * @return the place of its first number in its array
     */
    public int offset(int operand) {
        Checks.index("layout", "operand", operand, operands.size());
        return offsets.get(operand);
    }

    /**
     * Numbers in the result.
     *
     * @return entries times lanes
     * @throws IllegalArgumentException if they are more than an array holds
     */
    public int count() {
        long count = (long) result.size() * lanes;
        Checks.atMost("layout", "the numbers of " + result + " in " + lanes + " lanes", count, Integer.MAX_VALUE);
        return (int) count;
    }
}
