package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
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

/** x ∘ y entry by entry, both of one shape. Each partial map is its own transpose. */
record Multiply() implements BilinearOp, Lowering {

    @Override
    public String name() {
        return "multiply";
    }

    @Override
    public Shape shape(Node... operands) {
        return ShapeRules.same(name(), operands);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        if (Stretched.needed(layout)) {
            return Stretched.entries(Stretched.Kind.MULTIPLY, layout);
        }
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        return (buffers, operands, result) ->
                kernels.multiply(n, buffers[operands[0]], buffers[operands[1]], buffers[result]);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        return Stretched.fixedEntries(Stretched.Kind.MULTIPLY, layout);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        Arrays.setAll(values, e -> code.multiply(operands[0][e], operands[1][e]));
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Node[] stacks = Stacks.tileUnbatched(count, operands, batched);
        return Ops.multiply(stacks[0], stacks[1]);
    }

    @Override
    public Node pullLeft(Node cotangent, Node right, Shape leftShape) {
        return Ops.multiply(cotangent, right);
    }

    @Override
    public Node pullRight(Node cotangent, Node left, Shape rightShape) {
        return Ops.multiply(cotangent, left);
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
        return Stretched.of(Stretched.Kind.MULTIPLY, operand, producer);
    }
}
