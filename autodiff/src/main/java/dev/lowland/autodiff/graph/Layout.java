package dev.lowland.autodiff.graph;

import dev.lowland.core.kernel.KernelSet;
import java.util.List;

/**
 * What an evaluator is made for. With several lanes, lane l of entry e is at [e·lanes + l]; an operand that is shared by all
 * lanes has one number an entry.
 *
 * @param kernels the inner loops to use
 * @param operands shapes of the operands
 * @param result shape of the value
 * @param lanes number of lanes, 1 for ordinary runs
 * @param shared which operands are shared by all lanes; only {@link Primitive#mixesLanes} ops ever see a true
 */
public record Layout(KernelSet kernels, List<Shape> operands, Shape result, int lanes, List<Boolean> shared) {

    /** Keeps copies of the lists. */
    public Layout {
        operands = List.copyOf(operands);
        shared = List.copyOf(shared);
    }

    /**
     * The shape of one operand.
     *
     * @param operand which
     * @return its shape
     */
    public Shape operand(int operand) {
        return operands.get(operand);
    }

    /**
     * Whether an operand is shared by all lanes.
     *
     * @param operand which
     * @return true if it has one number an entry
     */
    public boolean shared(int operand) {
        return shared.get(operand);
    }

    /**
     * Numbers in the result.
     *
     * @return entries times lanes
     */
    public int count() {
        return Math.multiplyExact(result.size(), lanes);
    }
}
