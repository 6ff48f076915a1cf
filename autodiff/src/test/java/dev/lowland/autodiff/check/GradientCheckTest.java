package dev.lowland.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private final Values values = new Values(9);
    private final Node theta = values.gaussian("theta", Shape.of(17, 1));
    private final Node x = values.gaussian("x", Shape.of(4, 2));

    private Node predictions() {
        return Models.mlp(2, 4, 1).withActivation(Activation.TANH).predict(theta, x);
    }

    @Test
    void aNetworkPassesToOrderFour() {
        GradientReport report =
                GradientCheck.of(predictions(), theta, values.inputs()).order(4).run();
        assertTrue(report.passed(), report.toString());
        assertEquals(4 * 18 + 3, report.checks());
        assertTrue(report.worstError() > 0 && report.worstError() < 1e-8, report.toString());
    }

    @Test
    void functionsWithABorderPassCloseToIt() {
        Node u = values.input("u", Shape.of(1, 3), 0.02, 0.5, 3);
        for (Node f : new Node[] {Ops.log(u), Ops.sqrt(u), Ops.reciprocal(u)}) {
            GradientReport report =
                    GradientCheck.of(f, u, values.inputs()).tolerance(1e-6).run();
            assertTrue(report.passed(), report.toString());
        }
    }

    /** f with a derivative of the test's choice. */
    private record Function(String name, DoubleUnaryOperator f, UnaryOperator<Node> slope) implements PointwiseOp {
        @Override
        public Node derivative(Node x, Node y) {
            return slope.apply(x);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> {
                for (int i = 0; i < n; i++) {
                    buffers[result][i] = f.applyAsDouble(buffers[operands[0]][i]);
                }
            };
        }
    }

    @Test
    void aWrongFirstDerivativeIsReportedWithEntryBothValuesErrorAndOp() {
        Function wrong = new Function("cosine", Math::cos, Ops::sin);
        Node u = values.input("u", Shape.of(1, 3), 0.5, 1, 2);
        Node f = Ops.exp(values.graph.apply(wrong, Ops.tanh(u)));
        GradientReport report = GradientCheck.of(f, u, values.inputs()).run();
        assertFalse(report.passed());
        GradientReport.Fault first = report.faults().get(0);
        assertEquals(1, first.order());
        assertEquals("reverse", first.mode());
        assertEquals(0, first.index());
        assertEquals(-first.derivative(), first.difference(), 1e-8);
        assertEquals(2, first.error(), 1e-6 + 2);
        assertTrue(first.op().startsWith("cosine, operand 0 of cosine#"), first.op());
        String text = report.toString();
        assertTrue(text.contains("entry 0") && text.contains("by differences") && text.contains("cosine"), text);
        assertTrue(text.contains("4 derivatives compared, 4 differ"), text);
        assertTrue(text.contains("along a random direction"), text);
    }

    @Test
    void aWrongSecondDerivativeIsFoundAtOrderTwoOnly() {
        Function slope = new Function("slope", Math::cos, Ops::sin);
        Function sine = new Function("sine", Math::sin, u -> u.graph().apply(slope, u));
        Node u = values.input("u", Shape.of(1, 3), 0.5, 1, 2);
        Node f = values.graph.apply(sine, u);
        assertTrue(GradientCheck.of(f, u, values.inputs()).run().passed());
        GradientReport report = GradientCheck.of(f, u, values.inputs()).order(2).run();
        assertFalse(report.passed());
        assertTrue(report.faults().stream().allMatch(fault -> fault.order() == 2), report.toString());
        assertTrue(report.faults().stream().anyMatch(fault -> fault.mode().equals("jet2")), report.toString());
        assertTrue(report.faults().get(0).op().startsWith("slope"), report.toString());
    }

    /** Doubles, but pulls back three times. */
    private record Lopsided() implements LinearOp {
        @Override
        public String name() {
            return "lopsided";
        }

        @Override
        public Shape shape(Node... operands) {
            return operands[0].shape();
        }

        @Override
        public Node pull(int operand, Node cotangent, Shape operandShape) {
            return Ops.scale(cotangent, 3);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> layout.kernels().scale(n, 2, buffers[operands[0]], buffers[result]);
        }

        @Override
        public Node batched(int count, Node[] operands, boolean[] batched) {
            return operands[0].graph().apply(this, operands[0]);
        }
    }

    @Test
    void aTransposeThatIsNoneIsFoundByReverseModeAndByDuality() {
        Node u = values.gaussian("u", Shape.of(2, 3));
        Node f = Ops.sin(values.graph.apply(new Lopsided(), Ops.exp(u)));
        GradientReport report = GradientCheck.of(f, u, values.inputs()).run();
        assertTrue(report.faults().stream().allMatch(fault -> fault.mode().equals("reverse")), report.toString());
        assertEquals(6, report.faults().size(), report.toString());
        assertTrue(report.faults().get(0).op().contains("lopsided"), report.toString());
        IdentityReport duality = Identities.duality(f, u, values.inputs(), 1);
        assertTrue(duality.relativeError() > 1e-2, duality.toString());
        Node product = Ops.multiply(Ops.sum(f), Ops.sum(Ops.square(u)));
        IdentityReport symmetry = Identities.symmetry(product, u, values.inputs(), 1);
        assertTrue(symmetry.relativeError() > 1e-2, symmetry.toString());
    }

    @Test
    void dualityAndSymmetryOfANetworkHoldToTheLastDigits() {
        Node loss = Ops.mean(Ops.square(predictions()));
        for (long seed = 0; seed < 10; seed++) {
            IdentityReport duality = Identities.duality(predictions(), theta, values.inputs(), seed);
            assertTrue(duality.relativeError() <= 1e-13, duality.toString());
            assertTrue(duality.left() != 0 && duality.toString().contains("duality"));
            IdentityReport symmetry = Identities.symmetry(loss, theta, values.inputs(), seed);
            assertTrue(symmetry.relativeError() <= 1e-13, symmetry.toString());
        }
    }

    @Test
    void largeVariablesAreSampledEvenlyAndMiddleNodesMayBeTheVariable() {
        Node loss = Ops.mean(Ops.square(predictions()));
        GradientReport report = GradientCheck.of(loss, theta, values.inputs())
                .entries(5)
                .seed(3)
                .run();
        assertTrue(report.passed() && report.checks() == 6, report.toString());
        Node middle = Ops.tanh(theta);
        Node f = Ops.sum(Ops.multiply(middle, Ops.exp(theta)));
        GradientReport held = GradientCheck.of(f, middle, values.inputs()).run();
        assertTrue(held.passed(), held.toString());
        assertTrue(held.variable().startsWith("tanh#"));
    }

    @Test
    void notANumberIsAFault() {
        Node u = values.input("u", Shape.of(1, 1), -1);
        GradientReport report = GradientCheck.of(Ops.log(u), u, values.inputs()).run();
        assertFalse(report.passed());
        assertTrue(Double.isNaN(report.worstError()), report.toString());
    }

    @Test
    void badSettingsAreRefused() {
        GradientCheck check = GradientCheck.of(theta, theta, values.inputs());
        assertTrue(refusal(() -> check.order(0)).contains("order is 0, must be at least 1"));
        assertTrue(refusal(() -> check.entries(0)).contains("entries is 0, must be at least 1"));
        assertTrue(refusal(() -> check.tolerance(0)).contains("tolerance is 0.0, must be positive"));
        assertTrue(refusal(() -> check.tolerance(Double.NaN)).contains("tolerance is NaN, must be positive"));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }
}
