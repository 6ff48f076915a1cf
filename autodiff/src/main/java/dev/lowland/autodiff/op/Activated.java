package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Optional;

/**
 * f(x + b): a bias and the activation after it as one instruction, the second over the value of the first. Each entry
 * sees the two operations in turn, so the bits are the same.
 *
 * @param sum the addition
 * @param function the activation
 */
record Activated(Computation sum, Elementary function) implements Computation {

    @Override
    public String name() {
        return function.name() + " of " + sum.name();
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean heedsOffsets() {
        return sum.heedsOffsets();
    }

    @Override
    public boolean heedsResultOffset() {
        return false;
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        Evaluator then = (buffers, operands, result) -> function.overwrite(kernels, n, buffers[result]);
        return sum.fixed(layout).map(part -> new FixedPart(part.loop(), then));
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Evaluator first = sum.evaluator(layout);
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        return (buffers, operands, result) -> {
            first.evaluate(buffers, operands, result);
            function.overwrite(kernels, n, buffers[result]);
        };
    }
}
