package dev.lowland.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.ReverseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Elementary;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComplexStepTest {
    private final ComplexStep step = ComplexStep.standard();

    private static void close(double[] expected, double[] actual, double tolerance, String text) {
        double size = 1e-300;
        for (double e : expected) {
            size = Math.max(size, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(expected[i] - actual[i]);
            int index = i;
            assertTrue(
                    error <= tolerance * size,
                    () -> text + ", entry " + index + ": " + expected[index] + " expected, " + actual[index]
                            + " found, off by " + error);
        }
    }

    /** Every function of one number: each derivative up to the fourth is that of the one before, to 1e-12. */
    @ParameterizedTest
    @EnumSource(Elementary.class)
    void derivativesToOrderFourOfEveryElementaryFunction(Elementary function) {
        Values values = new Values(3);
        double[] points = {0.07, 0.31, 0.9, 1.4, 2.2};
        Node x = values.input("x", Shape.of(1, 5), points);
        Node f = values.graph.apply(function, x);
        for (int order = 1; order <= 4; order++) {
            double[] expected = step.derivative(f, x, new double[] {1, 1, 1, 1, 1}, values.inputs());
            f = Forward.jvp(f, x, Ops.ones(x));
            double[] actual = values.evaluate(f);
            for (int i = 0; i < 5; i++) {
                double error = Math.abs(expected[i] - actual[i]);
                double size = Math.max(Math.abs(expected[i]), 1e-3);
                String where = function + ", order " + order + " at " + points[i];
                assertTrue(error <= 1e-12 * size, () -> where + ": off by " + error);
            }
        }
    }

    /** Third derivatives of a network, through every class of op. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "SOFTPLUS", "SIGMOID", "IDENTITY", "GELU", "SILU"})
    void derivativeGraphsOfANetwork(Activation activation) {
        Values values = new Values(4);
        Node theta = values.gaussian("theta", Shape.of(17, 1));
        Node x = values.gaussian("x", Shape.of(4, 2));
        Node v = values.gaussian("v", Shape.of(17, 1));
        Node loss = Ops.mean(
                Ops.square(Models.mlp(2, 4, 1).withActivation(activation).predict(theta, x)));
        Node gradient = Reverse.gradient(loss, theta);
        double[] direction = values.of(v);
        double[] slope = step.derivative(loss, theta, direction, values.inputs());
        close(slope, values.evaluate(Ops.dot(gradient, v)), 1e-13, "slope");
        double[] hvp = step.derivative(gradient, theta, direction, values.inputs());
        close(hvp, values.evaluate(Forward.hvp(loss, theta, v)), 1e-12, "hvp");
        double[] third = step.derivative(Forward.hvp(loss, theta, v), theta, direction, values.inputs());
        Node curvature = Jet2.collapsed(loss, theta, v);
        close(third, values.evaluate(Reverse.gradient(curvature, theta)), 1e-12, "third order");
    }

    @Test
    void anyNodeMayBeTheVariable() {
        Values values = new Values(5);
        Node u = values.input("u", Shape.of(1, 2), 0.5, 2);
        Node middle = Ops.exp(u);
        Node f = Ops.multiply(Ops.square(middle), u);
        double[] slope = step.derivative(f, middle, new double[] {1, 3}, values.inputs());
        close(new double[] {2 * Math.exp(0.5) * 0.5, 2 * Math.exp(2) * 2 * 3}, slope, 1e-14, "∂f/∂middle");
        assertArrayEquals(new double[2], step.derivative(u, middle, new double[] {1, 1}, values.inputs()));
        double[] held = step.derivative(
                f, middle, new double[] {1, 0}, Map.of(u, new double[] {1, 1}, middle, new double[] {3, 3}));
        close(new double[] {6, 0}, held, 1e-15, "at a given value");
    }

    private record Cube() implements PointwiseOp {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.square(x), 3);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> {
                for (int i = 0; i < n; i++) {
                    double x = buffers[operands[0]][i];
                    buffers[result][i] = x * x * x;
                }
            };
        }
    }

    @Test
    void functionsOfTheUsersOwnNeedAFormula() {
        Values values = new Values(6);
        Node u = values.input("u", Shape.of(1, 1), 2);
        Node cube = values.graph.apply(new Cube(), u);
        IllegalArgumentException missing = assertThrows(
                IllegalArgumentException.class, () -> step.derivative(cube, u, new double[] {1}, values.inputs()));
        assertTrue(missing.getMessage().contains("cube"), missing.getMessage());
        ComplexStep more = step.with(Cube.class, (op, z) -> z.times(z).times(z));
        assertEquals(12, more.derivative(cube, u, new double[] {1}, values.inputs())[0], 1e-14);
    }

    private record Odd() implements ReverseOp {
        @Override
        public String name() {
            return "odd";
        }

        @Override
        public Shape shape(Node... operands) {
            return operands[0].shape();
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            return (buffers, operands, result) -> buffers[result][0] = 7 + buffers[operands[0]][0];
        }

        @Override
        public Node batched(int count, Node[] operands, boolean[] batched) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Node pull(Node node, int operand, Node cotangent) {
            return cotangent;
        }
    }

    @Test
    void opsWithoutAComplexRuleAreRefusedUnlessTheirOperandsAreReal() {
        Values values = new Values(6);
        Node u = values.input("u", Shape.of(1, 1), 2);
        Node odd = values.graph.apply(new Odd(), u);
        assertEquals(9, step.derivative(Ops.multiply(odd, u), odd, new double[] {1}, values.inputs())[0] + 7);
        IllegalArgumentException missing = assertThrows(
                IllegalArgumentException.class, () -> step.derivative(odd, u, new double[] {1}, values.inputs()));
        assertTrue(missing.getMessage().contains("odd"), missing.getMessage());
        IllegalArgumentException shortDirection = assertThrows(
                IllegalArgumentException.class, () -> step.derivative(odd, u, new double[0], values.inputs()));
        assertTrue(shortDirection.getMessage().contains("u (1×1)"), shortDirection.getMessage());
    }
}
