package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Products of stacks: which lengths fit, and what an empty stack gives. */
class MatMulTest {
    private final Values values = new Values(12);

    private Node stack(int groups, int rows, int columns) {
        return values.gaussian("stack" + groups, Shape.of(groups, rows, columns));
    }

    private static String refusal(Node a, boolean transposeA, Node b, boolean transposeB) {
        return assertThrows(IllegalArgumentException.class, () -> Ops.matmul(a, transposeA, b, transposeB))
                .getMessage();
    }

    @Test
    void theShorterStackDividesTheLongerOne() {
        assertEquals(
                Shape.of(6, 3, 4), Ops.matmul(stack(6, 3, 2), stack(3, 2, 4)).shape());
        assertEquals(
                Shape.of(6, 3, 4), Ops.matmul(stack(2, 3, 2), stack(6, 2, 4)).shape());
        assertTrue(refusal(stack(6, 3, 2), false, stack(4, 2, 4), false)
                .contains("of stacks of which the shorter divides"));
        assertTrue(refusal(stack(0, 3, 2), false, stack(2, 2, 4), false)
                .contains("of stacks of which the shorter divides"));
        assertTrue(refusal(stack(2, 3, 2), false, stack(0, 2, 4), false)
                .contains("of stacks of which the shorter divides"));
    }

    @Test
    void innerLengthsAreThoseOfTheFlags() {
        Node a = stack(1, 3, 2);
        Node b = stack(1, 4, 5);
        assertTrue(refusal(a, false, b, false)
                .startsWith("matmul: (stack1, stack1) is (3×2, 4×5), must be of equal inner lengths"));
        assertTrue(refusal(a, false, b, false).contains("op(A) has 2 columns and op(B) 4 rows"));
        assertTrue(refusal(a, true, b, false).startsWith("matmulᵀ: "));
        assertTrue(refusal(a, true, b, false).contains("op(A) has 3 columns and op(B) 4 rows"));
        assertTrue(refusal(a, true, b, true).startsWith("matmulᵀ·ᵀ: "));
        assertTrue(refusal(a, false, b, true).contains("op(A) has 2 columns and op(B) 5 rows"));
    }

    @Test
    void anEmptyStackTimesAMatrixIsEmptyAtEveryOrderAndInEveryMode() {
        for (boolean left : new boolean[] {true, false}) {
            for (boolean transposed : new boolean[] {true, false}) {
                Node empty = stack(0, 2, 2);
                Node square = stack(1, 2, 2);
                Node product = left
                        ? Ops.matmul(empty, transposed, square, false)
                        : Ops.matmul(square, false, empty, transposed);
                assertEquals(Shape.of(0, 2, 2), product.shape());
                Node sum = Ops.sum(Ops.square(product));
                assertArrayEquals(new double[4], values.evaluate(Reverse.gradient(sum, square)));
                assertArrayEquals(new double[0], values.evaluate(Reverse.gradient(sum, empty)));
                assertEquals(0, values.evaluate(Forward.jvp(product, square, square)).length);
                assertEquals(0, values.evaluate(Forward.jvp(product, empty, empty)).length);
                assertArrayEquals(new double[4], values.evaluate(Forward.hvp(sum, square, square)));
                assertArrayEquals(new double[1], values.evaluate(Jet2.collapsed(sum, square, Stacks.tile(square, 3))));
                assertEquals(0, values.evaluate(Vmap.map(product, square, Stacks.tile(square, 3))).length);
                assertEquals(0, values.evaluate(Vmap.map(product, empty, empty)).length);
                assertEquals(Shape.of(0, 2, 2), Vmap.map(product, empty, empty).shape());
            }
        }
    }

    @Test
    void stacksOfShortAndLongStacksAreMultipliedProblemByProblem() {
        Node a = stack(2, 3, 2);
        Node b = stack(4, 2, 3);
        Node product = Ops.matmul(a, b);
        Node many = values.gaussian("many", Shape.of(3 * 2, 3, 2));
        Node mapped = Vmap.map(product, a, many);
        assertEquals(Shape.of(3 * 4, 3, 3), mapped.shape());
        double[] found = values.evaluate(mapped);
        for (int problem = 0; problem < 3; problem++) {
            Node one = Ops.matmul(Ops.slice(many, Axis.GROUPS, 2 * problem, 2), b);
            double[] expected = values.evaluate(one);
            assertArrayEquals(expected, java.util.Arrays.copyOfRange(found, 36 * problem, 36 * (problem + 1)), 1e-15);
        }
        List<Node> both = Vmap.map(List.of(product), List.of(a, b), List.of(many, Stacks.tile(b, 3)));
        assertArrayEquals(found, values.evaluate(both.get(0)), 1e-15);
    }
}
