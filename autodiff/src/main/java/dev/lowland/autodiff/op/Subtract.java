package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** x − y, both of one shape. */
record Subtract() implements LinearOp, Lowering {

    @Override
    public String name() {
        return "subtract";
    }

    @Override
    public Shape shape(Node... operands) {
        return ShapeRules.same(name(), operands);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        if (Stretched.needed(layout)) {
            return Stretched.entries(Stretched.Kind.SUBTRACT, layout);
        }
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        return (buffers, operands, result) ->
                kernels.subtract(n, buffers[operands[0]], buffers[operands[1]], buffers[result]);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        return Stretched.fixedEntries(Stretched.Kind.SUBTRACT, layout);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        Arrays.setAll(values, e -> code.subtract(operands[0][e], operands[1][e]));
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Node[] stacks = Stacks.tileUnbatched(count, operands, batched);
        return Ops.subtract(stacks[0], stacks[1]);
    }

    @Override
    public Node push(int operand, Node tangent, int count) {
        return operand == 0 ? tangent : Ops.negate(tangent);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return operand == 0 ? cotangent : Ops.negate(cotangent);
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean heedsOffsets() {
        return true;
    }

    @Override
    public Optional<Computation> absorb(int operand, Primitive producer) {
        return Stretched.of(Stretched.Kind.SUBTRACT, operand, producer);
    }
}
