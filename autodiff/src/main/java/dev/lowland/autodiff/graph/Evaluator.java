package dev.lowland.autodiff.graph;

/** A primitive made ready for fixed shapes. */
@FunctionalInterface
public interface Evaluator {

    /**
     * Computes the value. Allocates nothing.
     *
     * @param buffers all arrays of a workspace; each may be longer than the value in it
     * @param operands where the operands are. Not modified.
     * @param result where the value goes, from its offset in the {@link Layout} on
     */
    void evaluate(double[][] buffers, int[] operands, int result);

    /**
     * The evaluator that hands on the entries of one operand.
     *
     * @param operand which operand
     * @param count numbers in it, lanes included
     * @return the evaluator
     */
    static Evaluator ofOperand(int operand, int count) {
        return (buffers, operands, result) ->
                System.arraycopy(buffers[operands[operand]], 0, buffers[result], 0, count);
    }
}
