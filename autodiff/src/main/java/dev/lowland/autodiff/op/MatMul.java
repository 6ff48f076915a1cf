package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.FixedPart;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.fixed.FixedLoop;
import dev.lowland.core.fixed.FixedProduct;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * op(A)·op(B) for each matrix of a stack. The longer stack has G groups and the length of the other divides G: group i
 * of the result uses matrix i mod g of a stack of g.
 */
record MatMul(boolean transposeA, boolean transposeB) implements BilinearOp, Lowering {

    @Override
    public String name() {
        return "matmul" + (transposeA ? "ᵀ" : "") + (transposeB ? "·ᵀ" : "");
    }

    @Override
    public Shape shape(Node... operands) {
        Shape a = operands[0].shape();
        Shape b = operands[1].shape();
        int rows = transposeA ? a.columns() : a.rows();
        int inner = transposeA ? a.rows() : a.columns();
        int innerB = transposeB ? b.columns() : b.rows();
        int columns = transposeB ? b.rows() : b.columns();
        if (inner != innerB) {
            throw ShapeRules.broken(
                    name(),
                    operands,
                    "of equal inner lengths, but op(A) has " + inner + " columns and op(B) " + innerB + " rows");
        }
        int groups = Math.max(a.groups(), b.groups());
        int fewer = Math.min(a.groups(), b.groups());
        if (fewer == 0 ? groups > 1 : groups % fewer != 0) {
            throw ShapeRules.broken(name(), operands, "of stacks of which the shorter divides the longer");
        }
        return Shape.of(fewer == 0 ? 0 : groups, rows, columns);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return evaluator(layout, false);
    }

    @Override
    public Optional<FixedPart> fixed(Layout layout) {
        return fixed(layout, false).map(FixedPart::of);
    }

    @Override
    public Optional<FixedLoop> fixedAccumulator(Layout layout) {
        return fixed(layout, true);
    }

    private Optional<FixedLoop> fixed(Layout layout, boolean add) {
        Shape a = layout.operand(0);
        Shape c = layout.result();
        int inner = transposeA ? a.rows() : a.columns();
        MatrixForm form = MatrixForm.of(transposeA, transposeB);
        boolean oneBlock = SumOrder.depth(inner) == inner && !SumOrder.isPartial(form, c.rows(), c.columns(), inner);
        return c.groups() != 1 || !oneBlock
                ? Optional.empty()
                : Optional.of(new FixedProduct(
                        transposeA,
                        transposeB,
                        add,
                        c.rows(),
                        c.columns(),
                        inner,
                        layout.offset(0),
                        layout.offset(1),
                        layout.resultOffset()));
    }

    @Override
    public Optional<Function<Layout, Evaluator>> accumulator() {
        return Optional.of(layout -> evaluator(layout, true));
    }

    private Evaluator evaluator(Layout layout, boolean add) {
        Shape a = layout.operand(0);
        Shape b = layout.operand(1);
        Shape c = layout.result();
        KernelSet kernels = layout.kernels();
        MatrixForm form = MatrixForm.of(transposeA, transposeB);
        int inner = transposeA ? a.rows() : a.columns();
        int lanes = layout.lanes();
        int offsetA = layout.offset(0);
        int offsetB = layout.offset(1);
        int offsetC = layout.resultOffset();
        if (lanes == 1) {
            return (buffers, operands, result) -> {
                for (int g = 0; g < c.groups(); g++) {
                    kernels.multiply(
                            form,
                            add,
                            c.rows(),
                            c.columns(),
                            inner,
                            buffers[operands[0]],
                            offsetA + g % a.groups() * a.matrixSize(),
                            buffers[operands[1]],
                            offsetB + g % b.groups() * b.matrixSize(),
                            buffers[result],
                            offsetC + g * c.matrixSize());
                }
            };
        }
        boolean sharedA = layout.shared(0);
        boolean sharedB = layout.shared(1);
        int strideA = a.matrixSize() * (sharedA ? 1 : lanes);
        int strideB = b.matrixSize() * (sharedB ? 1 : lanes);
        int strideC = c.matrixSize() * lanes;
        return (buffers, operands, result) -> {
            for (int g = 0; g < c.groups(); g++) {
                kernels.multiplyLanes(
                        form,
                        add,
                        c.rows(),
                        c.columns(),
                        inner,
                        lanes,
                        buffers[operands[0]],
                        offsetA + g % a.groups() * strideA,
                        sharedA,
                        buffers[operands[1]],
                        offsetB + g % b.groups() * strideB,
                        sharedB,
                        buffers[result],
                        offsetC + g * strideC);
            }
        };
    }

    /** Sums of more than one block are left to the program: there is hardly a code that they fit into. */
    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        Shape a = shapes.get(0);
        Shape b = shapes.get(1);
        int inner = transposeA ? a.rows() : a.columns();
        if (inner > SumOrder.LONGEST) {
            return Optional.empty();
        }
        MatrixForm form = MatrixForm.of(transposeA, transposeB);
        int[] values = new int[result.size()];
        int[] x = new int[inner];
        int[] y = new int[inner];
        int next = 0;
        for (int g = 0; g < result.groups(); g++) {
            int startA = g % a.groups() * a.matrixSize();
            int startB = g % b.groups() * b.matrixSize();
            for (int i = 0; i < result.rows(); i++) {
                for (int j = 0; j < result.columns(); j++) {
                    for (int k = 0; k < inner; k++) {
                        x[k] = operands[0][startA + (transposeA ? k * a.columns() + i : i * a.columns() + k)];
                        y[k] = operands[1][startB + (transposeB ? j * b.columns() + k : k * b.columns() + j)];
                    }
                    values[next++] = SumOrder.isPartial(form, result.rows(), result.columns(), inner)
                            ? partialSums(code, x, y)
                            : products(code, x, y, 0, inner, code.constant(0));
                }
            }
        }
        return Optional.of(values);
    }

    /** Σ_k x_k y_k in the partial sums of {@link SumOrder}. */
    private static int partialSums(LaneCode code, int[] x, int[] y) {
        int block = x.length & ~7;
        int[] p = new int[8];
        Arrays.fill(p, code.constant(0));
        for (int k = 0; k < block; k++) {
            p[k % 8] = code.fma(x[k], y[k], p[k % 8]);
        }
        return products(code, x, y, block, x.length, SumAxis.combine(code, p));
    }

    /** Adds the products from one term to another to a sum, in turn. */
    private static int products(LaneCode code, int[] x, int[] y, int from, int to, int start) {
        int sum = start;
        for (int k = from; k < to; k++) {
            sum = code.fma(x[k], y[k], sum);
        }
        return sum;
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Node[] stacks = operands.clone();
        int[] groups = new int[2];
        for (int i = 0; i < 2; i++) {
            groups[i] = operands[i].shape().groups() / (batched[i] ? count : 1);
        }
        int longer = Math.max(groups[0], groups[1]);
        boolean empty = Math.min(groups[0], groups[1]) == 0;
        for (int i = 0; i < 2; i++) {
            if (batched[i]) {
                stacks[i] = empty
                        ? Ops.slice(operands[i], Axis.GROUPS, 0, groups[i])
                        : Stacks.tileEach(count, operands[i], longer / groups[i]);
            }
        }
        return Ops.matmul(stacks[0], transposeA, stacks[1], transposeB);
    }

    @Override
    public Node pullLeft(Node cotangent, Node right, Shape leftShape) {
        Node product = transposeA
                ? Ops.matmul(right, transposeB, cotangent, true)
                : Ops.matmul(cotangent, false, right, !transposeB);
        return Stacks.sumRepeats(product, leftShape.groups());
    }

    @Override
    public Node pullRight(Node cotangent, Node left, Shape rightShape) {
        Node product = transposeB
                ? Ops.matmul(cotangent, true, left, transposeA)
                : Ops.matmul(left, !transposeA, cotangent, false);
        return Stacks.sumRepeats(product, rightShape.groups());
    }

    @Override
    public boolean heedsOffsets() {
        return true;
    }

    @Override
    public boolean mixesLanes() {
        return true;
    }
}
