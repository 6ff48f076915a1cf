package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.List;
import java.util.OptionalInt;

/** f = ⟨A, U Vᵀ⟩. */
final class MatrixSensing extends BlockModel {
    private static final ModelField<Integer> ROWS = ModelField.size("rows");
    private static final ModelField<Integer> COLUMNS = ModelField.size("cols");
    private static final ModelField<Integer> RANK = ModelField.size("rank");

    static final ModelKind KIND =
            new ModelKind("matrix-sensing", List.of(ROWS, COLUMNS, RANK), MatrixSensing::fromFields);

    MatrixSensing(int rows, int columns, int rank) {
        super(
                KIND.name(),
                ModelRules.product(KIND.name(), "rows·columns", rows, columns),
                1,
                blocks(rows, columns, rank));
    }

    private static MatrixSensing fromFields(GivenFields given, int inputs, OptionalInt outputs) {
        int rows = given.get(ROWS);
        int columns = given.get(COLUMNS);
        if ((long) rows * columns != inputs) {
            throw given.fault(
                    ROWS.name() + " × " + COLUMNS.name(),
                    rows + " × " + columns + " = " + (long) rows * columns,
                    inputs + ", the inputs in a row of the data");
        }
        return new MatrixSensing(rows, columns, given.get(RANK));
    }

    private static List<ParameterBlock> blocks(int rows, int columns, int rank) {
        ModelRules.positive(KIND.name(), "rows", rows);
        ModelRules.positive(KIND.name(), "columns", columns);
        ModelRules.positive(KIND.name(), "rank", rank);
        return new BlockList(KIND.name())
                .add("U", ParameterMatrix.free(rows, rank))
                .add("V", ParameterMatrix.free(columns, rank))
                .blocks();
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        ParameterCursor matrices = matrices(parameters);
        Node left = matrices.next();
        Node right = matrices.next();
        Node product = Ops.matmul(left, false, right, true);
        return Ops.matmul(inputs, Ops.reshape(product, Shape.of(inputSize(), 1)));
    }
}
