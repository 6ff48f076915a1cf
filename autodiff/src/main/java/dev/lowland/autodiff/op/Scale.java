package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.fixed.FixedScale;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** factor · x. */
record Scale(double factor) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "scale(" + factor + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        return operands[0].shape();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int n = layout.count();
        return (buffers, operands, result) -> layout.kernels().scale(n, factor, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        return Optional.of(FixedPart.of(new FixedScale(false, layout.count(), factor, 0, 0)));
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int by = code.constant(factor);
        return Optional.of(
                Arrays.stream(operands[0]).map(x -> code.multiply(by, x)).toArray());
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return Ops.scale(operands[0], factor);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return Ops.scale(cotangent, factor);
    }

    @Override
    public boolean inPlace() {
        return true;
    }
}
