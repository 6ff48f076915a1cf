package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import java.util.List;

/**
 * Constant folding: what depends on no input is computed when a program is made, by the very evaluator that would have
 * computed it in a run. So NaN, infinities and signed zeros come out as they would have. Nothing is folded by algebra:
 * 0·x is not 0 if x is NaN.
 */
final class Folding {
    /** A constant that is longer than this is not made from shorter ones: programs would carry it for nothing. */
    private static final int LONG = 4096;

    private Folding() {}

    /** Whether a value of some size is made of constants only, and not much longer than they are. */
    static boolean pays(List<Storage> operands, int size) {
        long given = 0;
        for (Storage operand : operands) {
            if (operand.kind != Storage.Kind.CONSTANT) {
                return false;
            }
            given += operand.size;
        }
        return size <= LONG || size <= given;
    }

    /** The value. */
    static double[] evaluate(Evaluator evaluator, List<Storage> operands, int size) {
        double[][] buffers = new double[operands.size() + 1][];
        int[] slots = new int[operands.size()];
        for (int i = 0; i < slots.length; i++) {
            double[] values = operands.get(i).values;
            buffers[i] = values == null ? new double[0] : values;
            slots[i] = i;
        }
        buffers[slots.length] = new double[size];
        evaluator.evaluate(buffers, slots, slots.length);
        return buffers[slots.length];
    }
}
