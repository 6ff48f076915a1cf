package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Optional;

/**
 * tanh x, or tanh of a sum, and sech² of the same: one exponential makes both, so the slope that the backward pass
 * needs costs a few multiplications. The slope goes to the array of the last operand.
 *
 * @param tanh what computes tanh alone: the op, or {@link Activated}
 */
record TanhAndSlope(Computation tanh) implements Computation {

    @Override
    public String name() {
        return tanh.name() + " with its slope";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean heedsOffsets() {
        return tanh.heedsOffsets();
    }

    @Override
    public boolean heedsResultOffset() {
        return false;
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        if (!(tanh instanceof Activated activated)) {
            return Optional.empty();
        }
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        Evaluator then = (buffers, operands, result) -> {
            double[] x = buffers[result];
            kernels.tanhAndSlope(n, x, x, buffers[operands[operands.length - 1]]);
        };
        return activated.sum().fixed(layout).map(part -> new FixedPart(part.loop(), then));
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        if (tanh instanceof Activated activated) {
            Evaluator sum = activated.sum().evaluator(layout);
            return (buffers, operands, result) -> {
                sum.evaluate(buffers, operands, result);
                double[] x = buffers[result];
                kernels.tanhAndSlope(n, x, x, buffers[operands[operands.length - 1]]);
            };
        }
        return (buffers, operands, result) ->
                kernels.tanhAndSlope(n, buffers[operands[0]], buffers[result], buffers[operands[operands.length - 1]]);
    }
}
