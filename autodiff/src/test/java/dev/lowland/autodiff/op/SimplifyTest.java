package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What builders rewrite, and what they leave alone because a bit would change. */
class SimplifyTest {
    private final Values values = new Values(11);
    private final Node x = values.gaussian("x", Shape.of(2, 3));
    private final Node y = values.gaussian("y", Shape.of(2, 3));

    private double number(Node node) {
        assertTrue(node.op() instanceof Leaf.Filled, node + " is no constant of one number");
        return ((Leaf.Filled) node.op()).value();
    }

    private static void refused(Executable call, String part) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(", must be ") && message.contains(part), message);
    }

    @Test
    void scalesMeetOnlyWhereOneOfThemRoundsNothing() {
        assertSame(x, Ops.scale(x, 1));
        assertSame(x, Ops.negate(Ops.negate(x)));
        assertSame(Ops.scale(x, -3), Ops.negate(Ops.scale(x, 3)));
        assertSame(Ops.scale(x, -3), Ops.scale(Ops.negate(x), 3));
        Node tenths = values.input("tenths", Shape.of(1, 1), 0.9);
        Node twice = Ops.scale(Ops.scale(tenths, 0.1), 0.3);
        assertEquals(0.3 * (0.1 * 0.9), values.evaluate(twice)[0]);
        assertTrue(0.3 * (0.1 * 0.9) != 0.3 * 0.1 * 0.9, "the order of the products shows in the bits");
        assertSame(x, Ops.scale(Ops.scale(x, 0.5), 2));
        assertSame(Ops.scale(x, 0.75), Ops.scale(Ops.scale(x, 3), 0.25));
        assertSame(Ops.scale(x, -0.2), Ops.scale(Ops.scale(x, -2), 0.1));
        Node half = Ops.scale(Ops.scale(x, 0x1p-64), 0x1p64);
        assertNotSame(x, half, "so near the ends of the range a denormal number would matter");
    }

    @Test
    void constantsOfOneNumberAreFolded() {
        Node three = values.graph.filled(Shape.of(2, 3), 3);
        Node five = values.graph.filled(Shape.of(2, 3), 5);
        assertEquals(8, number(Ops.add(three, five)));
        assertEquals(-2, number(Ops.subtract(three, five)));
        assertEquals(15, number(Ops.multiply(three, five)));
        assertEquals(6, number(Ops.scale(three, 2)));
        assertEquals(3, number(Ops.transpose(three)));
        assertEquals(Shape.of(3, 2), Ops.transpose(three).shape());
        assertEquals(3, number(Ops.reshape(three, Shape.of(6, 1))));
        assertEquals(3, number(Ops.broadcast(values.graph.constant(3), Shape.of(4, 5))));
        refused(() -> Ops.reshape(three, Shape.of(7, 1)), "must be of 7 entries, as many as 7×1 has");
        assertNotSame(Ops.add(x, three), Ops.add(x, five));
        assertSame(Ops.scale(x, 3), Ops.multiply(three, x));
        assertSame(Ops.scale(x, 3), Ops.multiply(x, three));
    }

    @Test
    void sumsAndProductsAreOneNodeInEitherOrder() {
        assertSame(Ops.add(x, y), Ops.add(y, x));
        assertSame(Ops.multiply(x, y), Ops.multiply(y, x));
        assertSame(Ops.square(x), Ops.multiply(x, x));
        assertNotSame(Ops.subtract(x, y), Ops.subtract(y, x));
    }

    @Test
    void whatChangesNothingIsNoNode() {
        assertSame(x, Ops.reshape(x, Shape.of(2, 3)));
        assertSame(x, Ops.reshape(Ops.reshape(x, Shape.of(6, 1)), Shape.of(2, 3)));
        assertSame(x, Ops.broadcast(x, Shape.of(2, 3)));
        assertSame(x, Ops.transpose(Ops.transpose(x)));
        assertSame(x, Ops.sum(x, Axis.GROUPS));
        assertSame(x, Stacks.tile(x, 1));
        for (Axis axis : Axis.values()) {
            int length = axis.length(x.shape());
            assertSame(x, Ops.slice(x, axis, 0, length));
            assertSame(x, Ops.pad(x, axis, 0, length));
        }
        Node row = values.gaussian("row", Shape.of(1, 3));
        assertTrue(Ops.transpose(row).op() instanceof Reshape, "a row in memory is a column");
        assertTrue(Ops.transpose(Ops.reshape(row, Shape.of(3, 1))).equals(row));
    }

    @Test
    void stretchesOfAnAxisStayInsideIt() {
        for (Axis axis : Axis.values()) {
            Node three = values.gaussian("three", axis.resize(Shape.of(2, 2, 2), 3));
            String rule = "0 ≤ start, start + length ≤ the length of the axis, 3";
            refused(() -> Ops.slice(three, axis, 1, 3), rule);
            refused(() -> Ops.slice(three, axis, -1, 2), rule);
            refused(() -> Ops.slice(three, axis, 1, -1), rule);
            assertEquals(1, axis.length(Ops.slice(three, axis, 2, 1).shape()));
            assertEquals(0, axis.length(Ops.slice(three, axis, 3, 0).shape()));
            refused(() -> Ops.pad(three, axis, 1, 3), rule);
            refused(() -> Ops.pad(three, axis, -1, 5), rule.replace("axis, 3", "axis, 5"));
            refused(() -> Ops.pad(three, axis, 0, 2), rule.replace("axis, 3", "axis, 2"));
            Node last = Ops.pad(three, axis, 2, 5);
            assertArrayEquals(values.of(three), values.evaluate(Ops.slice(last, axis, 2, 3)));
            Node empty = Ops.slice(three, axis, 0, 0);
            assertArrayEquals(new double[16], values.evaluate(Ops.pad(empty, axis, 0, 4)));
        }
    }

    @Test
    void transposedOperandsOfAProductBecomeFlags() {
        Node a = values.gaussian("a", Shape.of(2, 3, 2));
        Node b = values.gaussian("b", Shape.of(2, 4, 3));
        Node plain = Ops.matmul(a, true, b, true);
        assertSame(plain, Ops.matmul(Ops.transpose(a), Ops.transpose(b)));
        assertSame(plain, Ops.matmul(Ops.transpose(a), false, b, true));
        assertSame(plain, Ops.matmul(a, true, Ops.transpose(b), false));
        Node back = Ops.matmul(Ops.transpose(b), true, Ops.transpose(a), true);
        assertSame(Ops.matmul(b, a), back);
        double[] expected = new double[2 * 2 * 4];
        for (int i = 0; i < expected.length; i++) {
            int g = i / 8;
            for (int k = 0; k < 3; k++) {
                expected[i] += values.of(a)[g * 6 + k * 2 + i / 4 % 2] * values.of(b)[g * 12 + i % 4 * 3 + k];
            }
        }
        assertArrayEquals(expected, values.evaluate(plain), 1e-15);
    }

    @Test
    void aStackTimesOneMatrixIsOneProduct() {
        Node stack = values.gaussian("stack", Shape.of(5, 2, 3));
        Node one = values.gaussian("one", Shape.of(3, 4));
        Node product = Ops.matmul(stack, one);
        assertEquals(Shape.of(5, 2, 4), product.shape());
        assertTrue(product.op() instanceof Reshape, "one product of all rows, under another shape");
        assertEquals(Shape.of(10, 4), product.operand(0).shape());
        Node turned = values.gaussian("turned", Shape.of(5, 3, 2));
        Node each = Ops.matmul(turned, true, one, false);
        assertTrue(each.op() instanceof MatMul, "rows of Aᵀ do not lie one after the other");
        double[] same = values.evaluate(Ops.matmul(Ops.transpose(turned), one));
        assertArrayEquals(same, values.evaluate(each));
    }

    @Test
    void copiesOfAMatrixAreNotMadeForAProductThatUsesItAgainAndAgain() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node stack = values.gaussian("stack", Shape.of(4, 3, 2));
        assertSame(Ops.matmul(a, stack), Ops.matmul(Stacks.tile(a, 4), stack));
        assertSame(Ops.matmul(stack, a), Ops.matmul(stack, Stacks.tile(a, 4)));
        assertSame(Ops.matmul(a, stack), Ops.matmul(Stacks.tile(a, 2), stack));
        Node pair = values.gaussian("pair", Shape.of(2, 2, 3));
        Node inTurn = Ops.matmul(Stacks.tile(pair, 2), stack);
        assertSame(Ops.matmul(pair, stack), inTurn);
        Node longer = Ops.matmul(Stacks.tile(a, 8), stack);
        assertEquals(Shape.of(8, 2, 2), longer.shape());
        Node lonely = Ops.matmul(Stacks.tile(a, 4), values.gaussian("b", Shape.of(3, 2)));
        assertEquals(Shape.of(4, 2, 2), lonely.shape());
        Node wide = Ops.broadcast(values.gaussian("row", Shape.of(1, 3)), Shape.of(2, 3));
        assertEquals(Shape.of(4, 2, 2), Ops.matmul(wide, stack).shape());
        Node eachTwice = Stacks.tileEach(2, pair, 2);
        assertTrue(Ops.matmul(eachTwice, stack).operand(0).op() instanceof Repeat, "not in turn: a copy is made");
        Node none = Ops.broadcast(a, Shape.of(0, 2, 3));
        assertEquals(
                Shape.of(0, 2, 5),
                Ops.matmul(none, values.gaussian("c", Shape.of(3, 5))).shape());
        assertEquals(
                Shape.of(0, 5, 3),
                Ops.matmul(values.gaussian("d", Shape.of(5, 2)), none).shape());
    }

    /** The members of the stack are the columns of a matrix: a part of each is some rows of the matrix. */
    @Test
    void aPartOfAStackOfColumnsIsCutBeforeItIsTurned() {
        Node columns = values.gaussian("columns", Shape.of(18, 4));
        Node stack = Stacks.ofColumns(columns, Shape.of(18, 1));
        Node part = Ops.sliceRows(stack, 2, 15);

        assertEquals(Shape.of(4, 15, 1), part.shape());
        double[] all = values.evaluate(columns);
        double[] kept = values.evaluate(part);
        for (int j = 0; j < 4; j++) {
            for (int i = 0; i < 15; i++) {
                assertEquals(all[(2 + i) * 4 + j], kept[j * 15 + i]);
            }
        }
        assertSame(Ops.transpose(Ops.sliceRows(columns, 2, 15)), part.operand(0), "nothing else is moved");
        assertSame(stack, Ops.sliceRows(stack, 0, 18));
        assertEquals(
                "slice(1+2 of 1·4·18)", Ops.slice(stack, Axis.GROUPS, 1, 2).op().name());
    }

    @Test
    void aSharedMatrixTimesAStackOfColumnsIsOneProduct() {
        Node columns = values.gaussian("columns", Shape.of(15, 4));
        Node stack = Stacks.ofColumns(columns, Shape.of(3, 5));
        Node copied = values.input("stack", Shape.of(4, 3, 5), values.evaluate(stack));
        Node shared = values.gaussian("shared", Shape.of(2, 3));

        Node product = Ops.matmul(shared, stack);

        assertEquals(Shape.of(4, 2, 5), product.shape());
        assertArrayEquals(values.evaluate(Ops.matmul(shared, copied)), values.evaluate(product), 1e-15);
        assertArrayEquals(
                values.evaluate(Ops.matmul(shared, copied)),
                values.evaluate(Ops.matmul(Ops.transpose(shared), true, stack, false)),
                1e-15);
        assertEquals(Shape.of(2, 20), product.operand(0).operand(0).operand(0).shape());
        refused(() -> Ops.matmul(stack, stack), "4×3×5");
        refused(() -> Stacks.ofColumns(copied, Shape.of(12, 1)), "4×3×5");
        refused(() -> Stacks.ofColumns(columns, Shape.of(3, 4)), "15×4");
        refused(() -> Ops.matmul(values.gaussian("wrong", Shape.of(2, 4)), stack), "4×3×5");
    }
}
