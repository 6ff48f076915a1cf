package dev.lowland.autodiff.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScalarFunctionTest {

    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(2, 2));

    /** f = x₀₀ x₀₁² + exp(x₁₀ x₁₁). */
    private ScalarFunction function() {
        Node a = Ops.reshape(x, Shape.of(4, 1));
        Node square = Ops.multiply(Ops.sliceRows(a, 0, 1), Ops.square(Ops.sliceRows(a, 1, 1)));
        Node product = Ops.multiply(Ops.sliceRows(a, 2, 1), Ops.sliceRows(a, 3, 1));
        return ScalarFunction.of(Ops.add(square, Ops.exp(product)), x);
    }

    @Test
    void hasValueGradientAndHessian() {
        ScalarFunction f = function();
        DMatrixRMaj at = new DMatrixRMaj(2, 2, true, 2, 3, 0.5, -1);
        double e = Math.exp(-0.5);
        assertEquals(4, f.size());
        assertEquals(18 + e, f.value(at), 1e-14);
        DMatrixRMaj gradient = new DMatrixRMaj(2, 2);
        f.gradient(at, gradient);
        assertArrayEquals(new double[] {9, 12, -e, 0.5 * e}, gradient.data, 1e-15);
        double[] expected = {0, 6, 0, 0, 6, 4, 0, 0, 0, 0, e, e - 0.5 * e, 0, 0, e - 0.5 * e, 0.25 * e};
        DMatrixRMaj hessian = new DMatrixRMaj(4, 4);
        f.hessian(at, hessian);
        assertArrayEquals(expected, hessian.data, 1e-15);
        f.hessianVector(at, new DMatrixRMaj(2, 2, true, 1, 1, 2, 0), gradient);
        assertArrayEquals(new double[] {6, 10, 2 * e, e}, gradient.data, 1e-15);
    }

    /** More columns than are computed at once: ½ xᵀAx + Σ x³/6 at 1 has the Hessian A + I. */
    @Test
    void hessiansOfManyEntriesComeInParts() {
        int n = 150;
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, 1.0 / (1 + i + j));
            }
        }
        Graph own = new Graph();
        Node y = own.input("y", Shape.of(n, 1));
        Node form = Ops.scale(Ops.dot(y, Ops.matmul(own.constant(a), y)), 0.5);
        Node cubes = Ops.scale(Ops.sum(Ops.multiply(y, Ops.square(y))), 1.0 / 6);
        ScalarFunction f = ScalarFunction.of(Ops.add(form, cubes), y);
        DMatrixRMaj ones = new DMatrixRMaj(
                n, 1, true, IntStream.range(0, n).mapToDouble(i -> 1).toArray());
        DMatrixRMaj hessian = new DMatrixRMaj(n, n);
        f.hessian(ones, hessian);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(a.get(i, j) + (i == j ? 1 : 0), hessian.get(i, j), 1e-14);
            }
        }
    }

    @Test
    @Tag("once")
    void furtherCallsAllocateNothing() {
        ScalarFunction f = function();
        DMatrixRMaj at = new DMatrixRMaj(2, 2, true, 2, 3, 0.5, -1);
        DMatrixRMaj gradient = new DMatrixRMaj(2, 2);
        DMatrixRMaj hessian = new DMatrixRMaj(4, 4);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            f.value(at);
            f.gradient(at, gradient);
            f.hessian(at, hessian);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 10_000, bytes + " bytes");
    }

    @Test
    void refusesWhatIsNoFunctionOfOneMatrix() {
        refused("scalar function: value ", " is 2×2, must be 1×1", () -> ScalarFunction.of(x, x));
        Node sum = Ops.sum(x);
        refused(
                "scalar function: variable ",
                "must be one matrix of at least one entry, made by Graph.input",
                () -> ScalarFunction.of(sum, sum));
        Node y = graph.input("y", Shape.scalar());
        refused(
                "compile: input y",
                "on which the outputs depend, is not listed, must be among the inputs",
                () -> ScalarFunction.of(Ops.multiply(sum, y), x));
        ScalarFunction f = function();
        DMatrixRMaj two = new DMatrixRMaj(2, 2);
        refused("value: x is 1×4, ", "must be 2×2", () -> f.value(new DMatrixRMaj(1, 4)));
        refused("gradient: out is 1×4, ", "must be 2×2", () -> f.gradient(two, new DMatrixRMaj(1, 4)));
        refused("hessian: out is 2×2, ", "must be 4×4", () -> f.hessian(two, two));
        refused("hessianVector: v is 4×1, ", "must be 2×2", () -> f.hessianVector(two, new DMatrixRMaj(4, 1), two));
        DMatrixRMaj nan = new DMatrixRMaj(2, 2, true, 0, Double.NaN, 0, 0);
        refused("value: x is NaN at (0, 1), ", "must be finite", () -> f.value(nan));
        assertEquals(
                "scalar function: variable is null, must be given",
                assertThrows(NullPointerException.class, () -> ScalarFunction.of(sum, null))
                        .getMessage());
    }

    private static void refused(String start, String end, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(start) && message.endsWith(end), message);
    }
}
