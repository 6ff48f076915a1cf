package dev.lowland.autodiff.custom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.check.ComplexStep;
import dev.lowland.autodiff.check.GradientCheck;
import dev.lowland.autodiff.check.GradientReport;
import dev.lowland.autodiff.check.Identities;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Choices;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Custom ops against the same expressions without a rule of their own, through every transform. */
class CustomOpTest {
    private final Values values = new Values(11);

    /** x/√(1 + x²), with derivative (1 − y²)^{3/2}. */
    private static Node squash(Node x) {
        return Ops.multiply(x, Ops.reciprocal(Ops.sqrt(Ops.add(Ops.ones(x), Ops.square(x)))));
    }

    private static final CustomOp SQUASH = CustomOp.of("squash", CustomOpTest::squash, (x, y, c) -> {
        Node rest = Ops.subtract(Ops.ones(y), Ops.square(y));
        return List.of(Ops.multiply(c, Ops.multiply(rest, Ops.sqrt(rest))));
    });

    /** (A∘A)·tanh(B): two operands of different shapes, one value of a third. */
    private static Node mix(Node a, Node b) {
        return Ops.matmul(Ops.square(a), Ops.tanh(b));
    }

    private static final CustomOp MIX = CustomOp.named("mix")
            .value(x -> mix(x.get(0), x.get(1)))
            .vjp((x, y, c) -> {
                Node t = Ops.tanh(x.get(1));
                Node slope = Ops.subtract(Ops.ones(t), Ops.square(t));
                return List.of(
                        Ops.multiply(Ops.scale(x.get(0), 2), Ops.matmul(c, false, t, true)),
                        Ops.multiply(slope, Ops.matmul(Ops.square(x.get(0)), true, c, false)));
            })
            .operands(Shape.of(2, 3), Shape.of(3, 4))
            .register();

    private void agree(Node expected, Node actual) {
        double[] wanted = values.evaluate(expected);
        double[] found = values.evaluate(actual);
        double size = 1;
        for (double entry : wanted) {
            size = Math.max(size, Math.abs(entry));
        }
        assertArrayEquals(wanted, found, 1e-12 * size);
    }

    @Test
    void valuesAreThoseOfTheExpressionAndCostNoInstruction() {
        Node x = values.gaussian("x", Shape.of(2, 3));
        Node y = values.graph.apply(SQUASH, x);
        assertEquals(Shape.of(2, 3), y.shape());
        assertArrayEquals(values.evaluate(squash(x)), values.evaluate(y));
        assertTrue(y == values.graph.apply(SQUASH, x), "one node for equal applications");
        String listing = Program.compile(List.of(x), List.of(y)).dump();
        assertFalse(listing.contains("= squash"), listing);
        assertEquals(1, SQUASH.arity());
    }

    @Test
    void anOperandThatTheValueDoesNotUseIsNotComputed() {
        CustomOp first = CustomOp.named("first")
                .operands(Shape.of(1, 1), Shape.of(1, 1))
                .value(x -> Ops.tanh(x.get(0)))
                .vjp((x, y, c) ->
                        List.of(Ops.multiply(c, Ops.subtract(Ops.ones(y), Ops.square(y))), Ops.zeros(x.get(1))))
                .register();
        Node x = values.input("x", Shape.of(1, 1), 0.5);
        Node z = values.input("z", Shape.of(1, 1), 0.25);
        Node y = values.graph.apply(first, x, Ops.exp(z));
        Program program = Program.compile(List.of(x, z), List.of(y));
        assertEquals(1, program.instructionCount(), program.dump());
        assertEquals(0, values.evaluate(Reverse.gradient(y, z))[0]);
        Node biased = values.graph.apply(first, Ops.add(Ops.broadcast(x, Shape.of(1, 3)), stretch(z)), stretch(z));
        assertEquals(Math.tanh(0.75), values.evaluate(biased)[2], 1e-15);
        assertEquals(2, Program.compile(List.of(x, z), List.of(biased)).instructionCount());
    }

    private static Node stretch(Node z) {
        return Ops.broadcast(z, Shape.of(1, 3));
    }

    @Test
    void everyTransformGivesTheDerivativesOfTheExpression() {
        Node x = values.gaussian("x", Shape.of(2, 3));
        Node v = values.gaussian("v", Shape.of(2, 3));
        Node c = values.gaussian("c", Shape.of(2, 3));
        Node plain = squash(x);
        Node own = values.graph.apply(SQUASH, x);
        agree(
                Reverse.vjp(plain, c, List.of(x)).get(0),
                Reverse.vjp(own, c, List.of(x)).get(0));
        agree(Forward.jvp(plain, x, v), Forward.jvp(own, x, v));
        agree(Jet2.collapsed(plain, x, v), Jet2.collapsed(own, x, v));
        Node w = values.gaussian("w", Shape.of(3, 2, 3));
        agree(Jet2.collapsed(plain, x, w), Jet2.collapsed(own, x, w));
        Node plainThird = Reverse.gradient(Ops.dot(Jet2.collapsed(plain, x, w), c), x);
        Node ownThird = Reverse.gradient(Ops.dot(Jet2.collapsed(own, x, w), c), x);
        agree(plainThird, ownThird);
        agree(Forward.jvp(plainThird, x, v), Forward.jvp(ownThird, x, v));
        agree(Jet2.collapsed(Forward.jvp(plain, x, v), x, w), Jet2.collapsed(Forward.jvp(own, x, v), x, w));
    }

    /** The example of the package's documentation, word for word. */
    @Test
    void theDocumentedExampleIsSmoothWhereItsValueHasKinks() {
        CustomOp logAddExp = CustomOp.named("logAddExp")
                .operands(Shape.of(2, 3), Shape.of(2, 3))
                .value(x -> {
                    Node gap = Ops.abs(Ops.subtract(x.get(0), x.get(1)));
                    return Ops.add(Choices.max(x.get(0), x.get(1)), Ops.log1p(Ops.exp(Ops.negate(gap))));
                })
                .vjp((x, z, c) -> {
                    Node gap = Ops.subtract(x.get(0), x.get(1));
                    return List.of(Ops.multiply(c, Ops.sigmoid(gap)), Ops.multiply(c, Ops.sigmoid(Ops.negate(gap))));
                })
                .register();
        Node x = values.input("x", Shape.of(1, 4), 2, 2, 800, -1);
        Node y = values.input("y", Shape.of(1, 4), 2, 1, -800, 3);
        Node z = values.graph.apply(logAddExp, x, y);
        double[] expected = {2 + Math.log(2), 2 + Math.log1p(Math.exp(-1)), 800, 3 + Math.log1p(Math.exp(-4))};
        assertArrayEquals(expected, values.evaluate(z), 1e-15);
        double[] slope = values.evaluate(Reverse.gradient(Ops.sum(z), x));
        assertArrayEquals(new double[] {0.5, 1 / (1 + Math.exp(-1)), 1, 1 / (1 + Math.exp(4))}, slope, 1e-15);
        Node directions = values.graph.filled(Shape.of(2, 1, 4), 1);
        Node third = Reverse.gradient(Jet2.collapsed(Ops.sum(z), x, directions), x);
        double p = 1 / (1 + Math.exp(-1));
        double bend = 2 * p * (1 - p) * (1 - 2 * p);
        assertEquals(0, values.evaluate(third)[0], 1e-16);
        assertEquals(bend, values.evaluate(third)[1], 1e-15);
        Node gap = Ops.abs(Ops.subtract(x, y));
        Node chain = Ops.add(Choices.max(x, y), Ops.log1p(Ops.exp(Ops.negate(gap))));
        double[] wrong = values.evaluate(Reverse.gradient(Ops.sum(chain), x));
        assertEquals(0, wrong[0], "the chain rule misses the half at a tie");
    }

    @Test
    void severalOperandsRepeatedOnesAndOnesThatDependOnEachOther() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node b = values.gaussian("b", Shape.of(3, 4));
        Node s = values.gaussian("s", Shape.of(3, 3));
        Node loss = Ops.sum(Ops.square(values.graph.apply(MIX, a, b)));
        for (Node variable : List.of(a, b)) {
            GradientReport report =
                    GradientCheck.of(loss, variable, values.inputs()).order(3).run();
            assertTrue(report.passed(), report.toString());
        }
        Node repeated = Ops.sum(Ops.sin(values.graph.apply(MIX, s, s)));
        Node plainRepeated = Ops.sum(Ops.sin(mix(s, s)));
        Node chained = Ops.sum(Ops.sin(values.graph.apply(MIX, s, Ops.tanh(s))));
        Node plainChained = Ops.sum(Ops.sin(mix(s, Ops.tanh(s))));
        Node v = values.gaussian("v", Shape.of(3, 3));
        agree(third(plainRepeated, s, v), third(repeated, s, v));
        agree(third(plainChained, s, v), third(chained, s, v));
        agree(Forward.hvp(plainChained, s, v), Forward.hvp(chained, s, v));
        assertTrue(Identities.duality(chained, s, values.inputs(), 1).relativeError() < 1e-13);
        assertTrue(Identities.symmetry(chained, s, values.inputs(), 1).relativeError() < 1e-13);
    }

    private static Node third(Node scalar, Node x, Node v) {
        return Reverse.gradient(Jet2.collapsed(scalar, x, v), x);
    }

    @Test
    void stacksOfThemAreDifferentiatedProblemByProblem() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node b = values.gaussian("b", Shape.of(3, 4));
        Node as = values.gaussian("as", Shape.of(5, 2, 3));
        Node bs = values.gaussian("bs", Shape.of(2, 3, 4));
        Node own = values.graph.apply(MIX, a, b);
        Node plain = mix(a, b);
        Node ownStack = Vmap.map(own, a, as);
        Node plainStack = Vmap.map(plain, a, as);
        agree(plainStack, ownStack);
        Node ownLoss = Ops.sum(Ops.square(ownStack));
        Node plainLoss = Ops.sum(Ops.square(plainStack));
        for (Node variable : List.of(as, b)) {
            Node v = values.gaussian("v", variable.shape());
            agree(Reverse.gradient(plainLoss, variable), Reverse.gradient(ownLoss, variable));
            agree(Forward.hvp(plainLoss, variable, v), Forward.hvp(ownLoss, variable, v));
            agree(third(plainLoss, variable, v), third(ownLoss, variable, v));
        }
        Node ownPairs = Vmap.map(ownStack, b, bs);
        Node plainPairs = Vmap.map(plainStack, b, bs);
        agree(plainPairs, ownPairs);
        Node v = values.gaussian("v", bs.shape());
        agree(Forward.hvp(Ops.sum(Ops.square(plainPairs)), bs, v), Forward.hvp(Ops.sum(Ops.square(ownPairs)), bs, v));
        agree(
                Vmap.map(Forward.hvp(Ops.sum(Ops.square(plain)), b, b), b, bs),
                Vmap.map(Forward.hvp(Ops.sum(Ops.square(own)), b, b), b, bs));
    }

    @Test
    void programsAndLanesRunThem() {
        Node x = values.gaussian("x", Shape.of(2, 3));
        Node gradient = Reverse.gradient(Ops.sum(values.graph.apply(SQUASH, Ops.exp(x))), x);
        Program program = Program.compile(List.of(x), List.of(gradient));
        double[] out = new double[6];
        program.run(program.newWorkspace(), new double[][] {values.of(x)}, new double[][] {out});
        assertArrayEquals(values.evaluate(gradient), out, 1e-15);
        Program wide = program.forLanes(2, true);
        double[] laned = new double[12];
        wide.run(wide.newWorkspace(), new double[][] {values.of(x)}, new double[][] {laned});
        for (int e = 0; e < 6; e++) {
            assertEquals(out[e], laned[2 * e], 1e-15);
            assertEquals(out[e], laned[2 * e + 1], 1e-15);
        }
    }

    @Test
    void complexStepsGoThroughTheValue() {
        Node x = values.gaussian("x", Shape.of(2, 3));
        Node v = values.gaussian("v", Shape.of(2, 3));
        Node y = values.graph.apply(SQUASH, x);
        double[] step = ComplexStep.standard().derivative(y, x, values.of(v), values.inputs());
        assertArrayEquals(step, values.evaluate(Forward.jvp(y, x, v)), 1e-14);
    }

    @Test
    void theValueMayBeMadeOfOpsThatHaveNoUsefulDerivative() {
        CustomOp distance = CustomOp.named("distance")
                .value(x -> Ops.multiply(x.get(0), Ops.sign(x.get(0))))
                .vjp((x, y, c) -> List.of(Ops.multiply(c, Ops.sign(x.get(0)))))
                .domain(0.5, 2)
                .register();
        CustomOp never = CustomOp.named("never").value(x -> Ops.exp(x.get(0))).register();
        CustomOp around = CustomOp.named("around")
                .value(x -> x.get(0).graph().apply(never, x.get(0)))
                .vjp((x, y, c) -> List.of(Ops.multiply(c, y)))
                .register();
        Node x = values.input("x", Shape.of(1, 2), -1, 2);
        assertArrayEquals(
                new double[] {-1, 1}, values.evaluate(Reverse.gradient(Ops.sum(values.graph.apply(distance, x)), x)));
        Node y = values.graph.apply(around, x);
        agree(Ops.exp(x), Forward.jvp(y, x, Ops.ones(x)));
        agree(Ops.exp(x), Jet2.collapsed(y, x, Ops.ones(x)));
        agree(Ops.exp(x), third(Ops.sum(y), x, Ops.ones(x)));
    }
}
