package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InterpreterTest {
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(1, 3));
    private final Node y = Ops.scale(x, 2);
    private final Interpreter interpreter = new Interpreter();

    private static String refusal(Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }

    @Test
    void aMissingOrShortInputIsNamed() {
        String missing = refusal(() -> interpreter.evaluate(y, Map.of()));
        assertTrue(missing.contains("the value of input x (1×3) is missing, must be of length at least 3"), missing);
        String shorter = refusal(() -> interpreter.evaluate(y, Map.of(x, new double[2])));
        assertTrue(
                shorter.contains("the value of input x (1×3) is of length 2, must be of length at least 3"), shorter);
        assertArrayEquals(new double[] {2, 4, 6}, interpreter.evaluate(y, Map.of(x, new double[] {1, 2, 3, 99})));
    }

    @Test
    void aGivenNodeStandsInThePlaceOfItsValue() {
        Node sum = Ops.sum(y);
        assertArrayEquals(new double[] {60}, interpreter.evaluate(sum, Map.of(y, new double[] {10, 20, 30})));
    }

    @Test
    void oneOpIsAppliedToAsManyValuesAsItHasOperands() {
        assertArrayEquals(new double[] {2, 0, -2}, interpreter.apply(y, new double[] {1, 0, -1}));
        assertTrue(refusal(() -> interpreter.apply(y)).contains("is 0, must be 1, one for each operand"));
        assertTrue(refusal(() -> interpreter.apply(x)).contains("a computed node"));
    }
}
