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
        return c.groups() != 1
                ? Optional.empty()
                : Optional.of(new FixedProduct(
                        MatrixForm.of(transposeA, transposeB),
                        add,
                        c.rows(),
                        c.columns(),
                        transposeA ? a.rows() : a.columns(),
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

    /**
     * A program folds a product of constants by the kernels of a single run, which may round in another way: that is
     * left to it.
     */
    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        if (Arrays.stream(operands).flatMapToInt(Arrays::stream).allMatch(code::isConstant)) {
            return Optional.empty();
        }
        Shape a = shapes.get(0);
        Shape b = shapes.get(1);
        int inner = transposeA ? a.rows() : a.columns();
        int[] values = new int[result.size()];
        int next = 0;
        for (int g = 0; g < result.groups(); g++) {
            int startA = g % a.groups() * a.matrixSize();
            int startB = g % b.groups() * b.matrixSize();
            for (int i = 0; i < result.rows(); i++) {
                for (int j = 0; j < result.columns(); j++) {
                    int sum = code.constant(0);
                    for (int k = 0; k < inner; k++) {
                        int x = operands[0][startA + (transposeA ? k * a.columns() + i : i * a.columns() + k)];
                        int y = operands[1][startB + (transposeB ? j * b.columns() + k : k * b.columns() + j)];
                        sum = code.add(sum, code.multiply(x, y));
                    }
                    values[next++] = sum;
                }
            }
        }
        return Optional.of(values);
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
