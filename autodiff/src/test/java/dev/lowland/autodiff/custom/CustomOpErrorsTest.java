package dev.lowland.autodiff.custom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is refused, and what the messages say. */
class CustomOpErrorsTest {
    private final Values values = new Values(12);
    private final Node x = values.input("x", Shape.of(1, 2), 0.5, 2);

    private static void refused(Executable action, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static void missing(Executable action, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aWrongRuleIsRefusedWithAReport() {
        refused(
                () -> CustomOp.of("wave", Ops::sin, (x, y, c) -> List.of(Ops.multiply(c, Ops.sin(x.get(0))))),
                "wave",
                "operand 0",
                "entry 0",
                "by differences",
                "came through wave");
    }

    @Test
    void aRuleWhoseOwnDerivativeIsWrongIsRefusedToo() {
        CustomOp frozen = CustomOp.named("frozen")
                .value(x -> Ops.cos(x.get(0)))
                .vjp((x, y, c) -> List.of(Ops.negate(Ops.multiply(c, Ops.sin(x.get(0))))))
                .register();
        refused(
                () -> CustomOp.of(
                        "wave",
                        Ops::sin,
                        (x, y, c) -> List.of(Ops.multiply(c, x.get(0).graph().apply(Stale.INSTANCE, x.get(0))))),
                "wave",
                "order 2");
        assertTrue(frozen.name().equals("frozen"));
    }

    /** A cosine that says its derivative is zero. */
    private enum Stale implements dev.lowland.autodiff.graph.PointwiseOp {
        INSTANCE;

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.zeros(x);
        }

        @Override
        public dev.lowland.autodiff.graph.Evaluator evaluator(dev.lowland.autodiff.graph.Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> layout.kernels().cos(n, buffers[operands[0]], buffers[result]);
        }
    }

    @Test
    void aRuleThatIsNotLinearInTheCotangentIsRefused() {
        refused(
                () -> CustomOp.of(
                        "wave", Ops::sin, (x, y, c) -> List.of(Ops.multiply(Ops.square(c), Ops.cos(x.get(0))))),
                "wave",
                "not linear in the cotangent");
        refused(
                () -> CustomOp.of(
                        "wave",
                        Ops::sin,
                        (x, y, c) -> List.of(
                                Ops.multiply(Ops.multiply(c, Ops.multiply(c, Ops.reciprocal(c))), Ops.cos(x.get(0))))),
                "wave",
                "not linear in the cotangent");
    }

    @Test
    void cotangentsOfAWrongNumberOrShapeAreRefused() {
        refused(
                () -> CustomOp.of("wave", Ops::sin, (x, y, c) -> List.of(c, c)),
                "wave",
                "the number of cotangents",
                "is 2, must be 1, one for each operand");
        refused(
                () -> CustomOp.of("wave", Ops::sin, (x, y, c) -> List.of(Ops.sum(c))),
                "wave",
                "operand 0 (2×3)",
                "is of shape 1×1, must be of shape 2×3");
    }

    @Test
    void nodesFromOutsideAreRefused() {
        CustomOp leaking = CustomOp.named("leaking")
                .value(operands -> Ops.multiply(operands.get(0), x))
                .register();
        Node z = values.input("z", Shape.of(1, 2), 0, 0);
        refused(
                () -> values.graph.apply(leaking, z),
                "leaking",
                "input x (1×2), on which the value depends, is no operand");
        refused(
                () -> CustomOp.of(
                        "wave",
                        Ops::sin,
                        (operands, y, c) ->
                                List.of(Ops.multiply(c, operands.get(0).graph().input("hidden", c.shape())))),
                "wave",
                "input hidden",
                "on which the vjp depends, is no operand");
    }

    @Test
    void operandsOfAWrongNumberShapeOrGraphAreRefusedByName() {
        CustomOp product = CustomOp.named("product")
                .value(o -> Ops.matmul(o.get(0), o.get(1)))
                .vjp((o, y, c) -> List.of(Ops.matmul(c, false, o.get(1), true), Ops.matmul(o.get(0), true, c, false)))
                .operands(Shape.of(2, 3), Shape.of(3, 2))
                .register();
        refused(() -> values.graph.apply(product, x), "product", "the number of operands, [x (1×2)], is 1, must be 2");
        refused(() -> values.graph.apply(product, x, x), "matmul: (x, x) is (1×2, 1×2)");
        Node stranger = new Graph().input("stranger", Shape.of(2, 1));
        refused(() -> values.graph.apply(product, x, stranger), "product", "stranger", "another graph");
    }

    @Test
    void incompleteBuildersAreRefused() {
        refused(() -> CustomOp.named("empty").register(), "empty", "value is missing");
        refused(
                () -> CustomOp.named("empty").value(o -> o.get(0)).operands().register(),
                "empty",
                "the list of operands is empty");
        refused(() -> CustomOp.named("empty").domain(1, 1), "empty", "must be from a number to a larger one");
        refused(() -> CustomOp.named("empty").domain(0, Double.NaN), "empty", "NaN");
    }

    @Test
    void anOpWithoutARuleHasNoDerivativeInAnyMode() {
        CustomOp never = CustomOp.named("never").value(o -> Ops.exp(o.get(0))).register();
        Node y = values.graph.apply(never, x);
        assertArrayEquals(new double[] {Math.exp(0.5), Math.exp(2)}, values.evaluate(y), 1e-15);
        missing(() -> Reverse.gradient(Ops.sum(y), x), "reverse", "never", "order 1");
        missing(() -> Forward.jvp(y, x, x), "never", "order 1");
        missing(() -> Jet2.collapsed(y, x, x), "never", "order 1");
    }

    @Test
    void aRuleForOneOrderThrowsAtTheSecondAndNeverBefore() {
        CustomOp once = CustomOp.named("once")
                .value(o -> Ops.exp(o.get(0)))
                .vjpOnce((o, y, c) -> List.of(Ops.multiply(c, y)))
                .register();
        Node y = values.graph.apply(once, x);
        double[] slope = {Math.exp(0.5), Math.exp(2)};
        Node gradient = Reverse.gradient(Ops.sum(y), x);
        assertArrayEquals(slope, values.evaluate(gradient), 1e-15);
        assertArrayEquals(slope, values.evaluate(Forward.jvp(y, x, Ops.ones(x))), 1e-15);
        missing(() -> Reverse.gradient(Ops.sum(gradient), x), "once", "order 2");
        missing(() -> Forward.jvp(gradient, x, x), "once", "order 2");
        missing(() -> Forward.jvp(Forward.jvp(y, x, x), x, x), "once", "order 2");
        missing(() -> Jet2.collapsed(y, x, x), "once", "order 2");
    }
}
