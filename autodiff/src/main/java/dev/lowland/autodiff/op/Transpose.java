package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Transposes each matrix of the stack. */
record Transpose() implements LinearOp, Lowering {

    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public Shape shape(Node... operands) {
        return operands[0].shape().transposed();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape x = layout.operand(0);
        return (buffers, operands, result) -> layout.kernels()
                .transpose(x.groups(), x.rows(), x.columns(), layout.lanes(), buffers[operands[0]], buffers[result]);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        int rows = result.rows();
        int columns = result.columns();
        Arrays.setAll(values, e -> {
            int within = e % result.matrixSize();
            return operands[0][e - within + within % columns * rows + within / columns];
        });
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return Ops.transpose(operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return Ops.transpose(cotangent);
    }
}
