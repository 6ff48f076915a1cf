package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.fixed.FixedSum;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sums over the middle axis of a view: y(o, i) = Σ_k x(o, k, i). The transpose of {@link Repeat}. */
record SumAxis(View view, Shape target) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "sum(" + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.size() || target.size() != view.outer() * view.inner()) {
            throw ShapeRules.broken(
                    name(), operands, "of outer·n·inner entries, to become outer·inner in shape " + target);
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int lanes = layout.lanes();
        if (view.inner() == 1 && lanes > 1) {
            return (buffers, operands, result) ->
                    layout.kernels().sumLanes(view.outer(), view.n(), lanes, buffers[operands[0]], buffers[result]);
        }
        return (buffers, operands, result) -> layout.kernels()
                .sumMiddle(view.outer(), view.n(), view.inner() * lanes, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        return view.outer() == 1 ? Optional.of(FixedPart.of(new FixedSum(view.n(), view.inner()))) : Optional.empty();
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        int inner = view.inner();
        Arrays.setAll(values, e -> {
            int first = e / inner * view.n() * inner + e % inner;
            return inner == 1
                    ? partialSums(code, operands[0], first)
                    : sum(code, operands[0], first, 0, code.constant(0));
        });
        return Optional.of(values);
    }

    /** Adds the terms from one on, in turn. */
    private int sum(LaneCode code, int[] x, int first, int from, int start) {
        int sum = start;
        for (int k = from; k < view.n(); k++) {
            sum = code.add(sum, x[first + k * view.inner()]);
        }
        return sum;
    }

    /**
     * In the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}: eight partial sums, then the terms
     * that are left over.
     */
    private int partialSums(LaneCode code, int[] x, int first) {
        int block = view.n() & ~7;
        int[] p = new int[8];
        Arrays.fill(p, code.constant(0));
        for (int k = 0; k < block; k++) {
            p[k % 8] = code.add(p[k % 8], x[first + k]);
        }
        return sum(code, x, first, block, combine(code, p));
    }

    /** The sum of eight partial sums, as {@link dev.lowland.core.kernel.contract.ReductionKernels} has it. */
    static int combine(LaneCode code, int[] p) {
        int even = code.add(code.add(p[0], p[4]), code.add(p[2], p[6]));
        int odd = code.add(code.add(p[1], p[5]), code.add(p[3], p[7]));
        return code.add(even, odd);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(new SumAxis(view.stacked(count), target.stacked(count)), operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new Repeat(view, operandShape), cotangent);
    }
}
