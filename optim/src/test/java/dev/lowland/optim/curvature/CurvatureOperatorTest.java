package dev.lowland.optim.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.linalg.krylov.Lanczos;
import dev.lowland.core.linalg.trace.TraceEstimate;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CurvatureOperatorTest {

    static Stream<Problems> problems() {
        return Stream.of(
                Problems.unfitted(Models.quadratic(3), 7, 1),
                Problems.unfitted(Models.mlp(2, 3, 2).withActivation(Activation.TANH), 23, 3),
                Problems.labelled(
                        Models.mlp(2, 2, 1).withActivation(Activation.SOFTPLUS), Losses.logistic(0.2), 10, 4));
    }

    /** In chunks of any size, with any number of threads, the products are those of the matrix over all data. */
    @ParameterizedTest
    @MethodSource("problems")
    void productsAreThoseOfTheMatrix(Problems problem) {
        int size = problem.theta().numRows;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        problem.objective().hessian(problem.theta(), hessian);
        DMatrixRMaj gaussNewton = new DMatrixRMaj(size, size);
        problem.objective().gaussNewton(problem.theta(), gaussNewton);
        DMatrixRMaj v = Problems.gaussian(size, 1, new Random(5));
        for (int chunk : new int[] {1, 3, 5, 100}) {
            Curvature curvature =
                    Curvature.of(problem.objective()).withChunks(chunk).withThreads(2);
            check("H", hessian, curvature.at(problem.theta()), v);
            check(
                    "G",
                    gaussNewton,
                    curvature.withMatrix(CurvatureMatrix.GAUSS_NEWTON).at(problem.theta()),
                    v);
        }
    }

    private static void check(String name, DMatrixRMaj matrix, CurvatureOperator operator, DMatrixRMaj v) {
        DMatrixRMaj expected = new DMatrixRMaj(matrix.numRows, 1);
        CommonOps_DDRM.mult(matrix, v, expected);
        DMatrixRMaj found = new DMatrixRMaj(matrix.numRows, 1);
        operator.apply(v, found);
        Close.check(name, expected, found, 1e-12);
    }

    /**
     * (1/n) JᵀDJ is αG where the loss is quadratic, and (1/n) Σ g gᵀ is made of the gradients of problems with one
     * sample.
     */
    @Test
    void theOtherMatrices() {
        Problems problem = Problems.unfitted(Models.mlp(2, 3, 1), 6, 9);
        int size = problem.theta().numRows;
        DMatrixRMaj gaussNewton = new DMatrixRMaj(size, size);
        problem.objective().gaussNewton(problem.theta(), gaussNewton);
        Curvature curvature = Curvature.of(problem.objective()).withChunks(4);
        DMatrixRMaj v = Problems.gaussian(size, 1, new Random(5));
        check(
                "GGN",
                gaussNewton,
                curvature.withMatrix(CurvatureMatrix.GENERALISED_GAUSS_NEWTON).at(problem.theta()),
                v);
        DMatrixRMaj jacobian = new DMatrixRMaj(6, size);
        problem.objective().jacobian(problem.theta(), jacobian);
        DMatrixRMaj predictions = new DMatrixRMaj(6, 1);
        problem.objective().predictions(problem.theta(), predictions);
        DMatrixRMaj targets = problem.objective().data().targets();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < size; j++) {
                jacobian.data[i * size + j] *= predictions.data[i] - targets.data[i];
            }
        }
        DMatrixRMaj moment = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multInner(jacobian, moment);
        CommonOps_DDRM.scale(1.0 / 6, moment);
        check(
                "Σ g gᵀ",
                moment,
                curvature.withMatrix(CurvatureMatrix.SAMPLE_GRADIENTS).at(problem.theta()),
                v);
    }

    @Test
    void threadsDoNotChangeABit() {
        Problems problem = Problems.unfitted(Models.mlp(3, 5, 1), 41, 2);
        int size = problem.theta().numRows;
        DMatrixRMaj v = Problems.gaussian(size, 3, new Random(5));
        DMatrixRMaj one = new DMatrixRMaj(size, 3);
        DMatrixRMaj four = new DMatrixRMaj(size, 3);
        DMatrixRMaj denseOne = new DMatrixRMaj(size, size);
        DMatrixRMaj denseFour = new DMatrixRMaj(size, size);
        DMatrixRMaj thirdOne = new DMatrixRMaj(size, 1);
        DMatrixRMaj thirdFour = new DMatrixRMaj(size, 1);
        Curvature curvature = Curvature.of(problem.objective()).withChunks(2);
        curvature.at(problem.theta()).applyAll(v, one);
        curvature.withThreads(4).at(problem.theta()).applyAll(v, four);
        assertArrayEquals(one.data, four.data);
        curvature.dense().at(problem.theta(), denseOne);
        curvature.withThreads(4).dense().at(problem.theta(), denseFour);
        assertArrayEquals(denseOne.data, denseFour.data);
        curvature.thirdDerivative(problem.theta()).sum(denseOne, thirdOne);
        curvature.withThreads(4).thirdDerivative(problem.theta()).sum(denseOne, thirdFour);
        assertArrayEquals(thirdOne.data, thirdFour.data);
    }

    @Test
    void severalColumnsAreTheSingleProducts() {
        Problems problem = Problems.unfitted(Models.mlp(3, 5, 1), 11, 2);
        int size = problem.theta().numRows;
        CurvatureOperator operator =
                Curvature.of(problem.objective()).withChunks(4).at(problem.theta());
        DMatrixRMaj v = Problems.gaussian(size, 70, new Random(5));
        DMatrixRMaj out = new DMatrixRMaj(size, 70);
        operator.applyAll(v, out);
        DMatrixRMaj single = new DMatrixRMaj(size, 1);
        for (int j : new int[] {0, 63, 64, 69}) {
            operator.apply(CommonOps_DDRM.extractColumn(v, j, null), single);
            Close.check("column " + j, single, CommonOps_DDRM.extractColumn(out, j, null), 1e-13);
        }
    }

    /** The operator of a block is the block of the matrix, and the blocks of a model cover θ. */
    @Test
    void blocksAreThoseOfTheMatrix() {
        for (Model model : List.of(
                Models.mlp(2, 3, 1), Models.deepLinear(2, 2, 1), Models.quadratic(3), Models.matrixSensing(2, 3, 2))) {
            Problems problem = Problems.unfitted(model, 9, 4);
            int size = model.parameterCount();
            DMatrixRMaj hessian = new DMatrixRMaj(size, size);
            problem.objective().hessian(problem.theta(), hessian);
            Curvature curvature = Curvature.of(problem.objective()).withChunks(4);
            int end = 0;
            for (ParameterBlock block : model.blocks()) {
                assertEquals(end, block.start());
                end += block.length();
                DMatrixRMaj part = CommonOps_DDRM.extract(hessian, block.start(), end, block.start(), end);
                DMatrixRMaj v = Problems.gaussian(block.length(), 1, new Random(5));
                check(block.name(), part, curvature.withBlock(block).at(problem.theta()), v);
                TraceEstimate trace = curvature.withBlock(block).trace(problem.theta(), 60);
                assertEquals(CommonOps_DDRM.trace(part), trace.value(), 5 * trace.standardError() + 1e-12);
            }
            assertEquals(size, end);
            assertTrue(model.blocks().size() > 1);
        }
        Curvature curvature =
                Curvature.of(Problems.unfitted(Models.linear(3), 2, 1).objective());
        ParameterBlock beyond = new ParameterBlock("beyond", 2, 2);
        assertThrows(IllegalArgumentException.class, () -> curvature.withBlock(beyond));
    }

    /** A moved operator is a new one, with memory for all chunks or none. */
    @Test
    void movesToAnotherPoint() {
        Problems problem = Problems.unfitted(Models.mlp(2, 3, 1), 9, 4);
        int size = problem.theta().numRows;
        DMatrixRMaj other = Problems.gaussian(size, 1, new Random(8));
        DMatrixRMaj v = Problems.gaussian(size, 1, new Random(5));
        Curvature curvature = Curvature.of(problem.objective()).withChunks(4);
        DMatrixRMaj expected = new DMatrixRMaj(size, 1);
        DMatrixRMaj found = new DMatrixRMaj(size, 1);
        curvature.at(other).apply(v, expected);
        CurvatureOperator operator = curvature.at(problem.theta());
        operator.apply(v, found);
        operator.at(other).apply(v, found);
        assertArrayEquals(expected.data, found.data);
    }

    @Test
    @Tag("once")
    void nothingIsAllocatedByOneThread() {
        Problems problem = Problems.unfitted(Models.mlp(2, 8, 1), 50, 4);
        int size = problem.theta().numRows;
        DMatrixRMaj v = Problems.gaussian(size, 1, new Random(5));
        DMatrixRMaj out = new DMatrixRMaj(size, 1);
        CurvatureOperator operator =
                Curvature.of(problem.objective()).withChunks(7).at(problem.theta());
        Allocation.checkNone("a product", () -> operator.at(problem.theta()).apply(v, out));
    }

    @Test
    void refusesBadInput() {
        Problems problem = Problems.unfitted(Models.linear(3), 4, 1);
        Curvature curvature = Curvature.of(problem.objective());
        DMatrixRMaj nan = problem.theta().copy();
        nan.data[1] = Double.NaN;
        String text = assertThrows(IllegalArgumentException.class, () -> curvature.at(nan))
                .getMessage();
        assertTrue(text.contains("theta"), text);
        assertThrows(IllegalArgumentException.class, () -> curvature.thirdDerivative(nan));
        assertThrows(IllegalArgumentException.class, () -> curvature.at(new DMatrixRMaj(2, 1)));
        CurvatureOperator operator = curvature.at(problem.theta());
        assertThrows(
                IllegalArgumentException.class, () -> operator.apply(new DMatrixRMaj(2, 1), new DMatrixRMaj(3, 1)));
        assertThrows(IllegalArgumentException.class, () -> curvature.withThreads(0));
        assertThrows(IllegalArgumentException.class, () -> curvature.withChunks(0));
    }

    /** The operators are symmetric to rounding, which Lanczos watches. */
    @Test
    void isSymmetric() {
        Problems problem = Problems.unfitted(Models.mlp(3, 8, 1), 30, 4);
        int size = problem.theta().numRows;
        for (CurvatureMatrix matrix : CurvatureMatrix.values()) {
            Lanczos lanczos = new Lanczos(size, 20);
            lanczos.start(Problems.gaussian(size, 1, new Random(5)));
            lanczos.advance(
                    Curvature.of(problem.objective())
                            .withMatrix(matrix)
                            .withChunks(7)
                            .at(problem.theta()),
                    20);
            assertTrue(lanczos.asymmetry() < 1e-12, matrix + " " + lanczos.asymmetry());
        }
    }
}
