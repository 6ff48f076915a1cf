package dev.lowland.autodiff.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transforms against each other and against differences, on a network that uses every class of op. */
class TransformsTest {
    private static final int P = 17;

    private final Values values = new Values(7);
    private final Node theta = values.gaussian("theta", Shape.of(P, 1));
    private final Node x = values.gaussian("x", Shape.of(4, 2));
    private final Node y = values.gaussian("y", Shape.of(4, 1));

    private Node loss(Activation activation) {
        Node f = Models.mlp(2, 4, 1).withActivation(activation).predict(theta, x);
        return Ops.mean(Ops.scale(Ops.square(Ops.subtract(f, y)), 0.5));
    }

    /** (f(θ + h e) − f(θ − h e))/2h, Richardson-extrapolated twice. */
    private double[] difference(Node node, int parameter) {
        double[] coarse = central(node, parameter, 4e-3);
        double[] middle = central(node, parameter, 2e-3);
        double[] fine = central(node, parameter, 1e-3);
        double[] result = new double[fine.length];
        for (int i = 0; i < result.length; i++) {
            double once = (4 * middle[i] - coarse[i]) / 3;
            double twice = (4 * fine[i] - middle[i]) / 3;
            result[i] = (16 * twice - once) / 15;
        }
        return result;
    }

    private double[] central(Node node, int parameter, double h) {
        double[] at = values.of(theta);
        double here = at[parameter];
        at[parameter] = here + h;
        double[] above = values.evaluate(node);
        at[parameter] = here - h;
        double[] below = values.evaluate(node);
        at[parameter] = here;
        for (int i = 0; i < above.length; i++) {
            above[i] = (above[i] - below[i]) / (2 * h);
        }
        return above;
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "SOFTPLUS", "SIGMOID", "IDENTITY", "GELU", "SILU"})
    void gradientHessianAndThirdOrderAgreeWithDifferences(Activation activation) {
        Node loss = loss(activation);
        Node gradient = Reverse.gradient(loss, theta);
        Node v = values.gaussian("v", Shape.of(P, 1));
        Node hvp = Forward.hvp(loss, theta, v);
        Node curvature = Jet2.collapsed(loss, theta, v);
        Node third = Reverse.gradient(curvature, theta);
        double[] g = values.evaluate(gradient);
        double[] hv = values.evaluate(Ops.dot(hvp, v));
        double[] d2 = values.evaluate(curvature);
        double[] d3 = values.evaluate(third);
        assertEquals(hv[0], d2[0], 1e-12 * Math.max(1, Math.abs(hv[0])));
        Node slope = Ops.dot(gradient, v);
        double[] hvs = values.evaluate(hvp);
        for (int i = 0; i < P; i++) {
            assertEquals(difference(loss, i)[0], g[i], 1e-9);
            assertEquals(difference(slope, i)[0], hvs[i], 1e-8);
            assertEquals(difference(curvature, i)[0], d3[i], 1e-7);
        }
    }

    @Test
    void jetsOfManyDirectionsAreTheSumOfTheJetsOfEach() {
        Node loss = loss(Activation.TANH);
        Node directions = values.gaussian("w", Shape.of(5, P, 1));
        double together = values.evaluate(Jet2.collapsed(loss, theta, directions))[0];
        double[] gradient = values.evaluate(Reverse.gradient(Jet2.collapsed(loss, theta, directions), theta));
        double sum = 0;
        double[] gradients = new double[P];
        for (int j = 0; j < 5; j++) {
            Node w = Ops.slice(directions, dev.lowland.autodiff.op.Axis.GROUPS, j, 1);
            Node one = Jet2.collapsed(loss, theta, w);
            sum += values.evaluate(one)[0];
            double[] part = values.evaluate(Reverse.gradient(one, theta));
            for (int i = 0; i < P; i++) {
                gradients[i] += part[i];
            }
        }
        assertEquals(sum, together, 1e-12 * Math.abs(sum));
        assertArrayEquals(gradients, gradient, 1e-11);
    }

    @Test
    void theHessianByVmapIsSymmetricAndHoldsTheHessianVectorProducts() {
        Node loss = loss(Activation.TANH);
        Node v = values.gaussian("v", Shape.of(P, 1));
        Node hvp = Forward.hvp(loss, theta, v);
        Node basis = values.graph.constant(Shape.of(P, P, 1), identity());
        double[] hessian = values.evaluate(Vmap.map(hvp, v, basis));
        double[] product = values.evaluate(hvp);
        double[] vector = values.of(v);
        for (int i = 0; i < P; i++) {
            double sum = 0;
            for (int j = 0; j < P; j++) {
                assertEquals(hessian[i * P + j], hessian[j * P + i], 1e-14);
                sum += hessian[i * P + j] * vector[j];
            }
            assertEquals(product[i], sum, 1e-12);
        }
    }

    @Test
    void jacobianByVmapOfVjpEqualsJacobianByVmapOfJvp() {
        Node f = Models.mlp(2, 4, 1).predict(theta, x);
        Node cotangent = values.gaussian("c", Shape.of(4, 1));
        Node tangent = values.gaussian("t", Shape.of(P, 1));
        Node pulled = Reverse.vjp(f, cotangent, List.of(theta)).get(0);
        double[] eye4 = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        double[] rows = values.evaluate(Vmap.map(pulled, cotangent, values.graph.constant(Shape.of(4, 4, 1), eye4)));
        Node pushed = Forward.jvp(f, theta, tangent);
        double[] columns =
                values.evaluate(Vmap.map(pushed, tangent, values.graph.constant(Shape.of(P, P, 1), identity())));
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < P; k++) {
                assertEquals(columns[k * 4 + i], rows[i * P + k], 1e-14);
            }
        }
    }

    @Test
    void nestedVmapsAreAllPairs() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node b = values.gaussian("b", Shape.of(3, 2));
        Node as = values.gaussian("as", Shape.of(3, 2, 3));
        Node bs = values.gaussian("bs", Shape.of(2, 3, 2));
        Node product = Ops.matmul(a, b);
        double[] pairs = values.evaluate(Vmap.map(Vmap.map(product, b, bs), a, as));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                Node one = Ops.matmul(group(as, i), group(bs, j));
                double[] expected = values.evaluate(one);
                for (int e = 0; e < 4; e++) {
                    assertEquals(expected[e], pairs[(i * 2 + j) * 4 + e], 1e-15);
                }
            }
        }
    }

    private static Node group(Node stack, int index) {
        return Ops.slice(stack, dev.lowland.autodiff.op.Axis.GROUPS, index, 1);
    }

    @Test
    void fanOutCountsEveryUse() {
        Node u = values.input("u", Shape.of(1, 1), 3);
        assertEquals(6, values.evaluate(Reverse.gradient(Ops.multiply(u, u), u))[0]);
        assertEquals(2, values.evaluate(Reverse.gradient(Ops.add(u, u), u))[0]);
        Node m = values.gaussian("m", Shape.of(2, 3));
        Node gram = Ops.matmul(m, false, m, true);
        double[] gradient = values.evaluate(Reverse.gradient(Ops.sum(gram), m));
        double[] entries = values.of(m);
        for (int k = 0; k < 3; k++) {
            double expected = 2 * (entries[k] + entries[3 + k]);
            assertEquals(expected, gradient[k], 1e-14);
            assertEquals(expected, gradient[3 + k], 1e-14);
        }
    }

    @Test
    void variablesThatAreTheOutputUnreachableOrListedTwice() {
        Node u = values.input("u", Shape.of(1, 1), 3);
        Node other = values.input("other", Shape.of(2, 5), new double[10]);
        assertEquals(1, values.evaluate(Reverse.gradient(u, u))[0]);
        Node unreachable = Reverse.gradient(Ops.square(u), other);
        assertEquals(Shape.of(2, 5), unreachable.shape());
        assertArrayEquals(new double[10], values.evaluate(unreachable));
        List<Node> twice = Reverse.vjp(Ops.square(u), values.graph.constant(1), List.of(u, u));
        assertEquals(6, values.evaluate(twice.get(0))[0]);
        assertEquals(6, values.evaluate(twice.get(1))[0]);
        assertArrayEquals(new double[1], values.evaluate(Jet2.collapsed(Ops.scale(u, 5), u, u)));
    }

    @Test
    void rulesThatSimplifyAcrossTheirOperandKeepTheirCurvature() {
        Node u = values.input("u", Shape.of(1, 1), 0.3);
        Node one = values.graph.constant(1);
        assertEquals(2, values.evaluate(Jet2.collapsed(Ops.square(Ops.negate(u)), u, one))[0]);
        double sigmoid = 1 / (1 + Math.exp(0.3));
        double bend = sigmoid * (1 - sigmoid) * (1 - 2 * sigmoid);
        assertEquals(bend, values.evaluate(Jet2.collapsed(Ops.sigmoid(Ops.negate(u)), u, one))[0], 1e-16);
    }

    @Test
    void perturbationsAreNotConfused() {
        Node u = values.input("u", Shape.of(1, 1), 1);
        Node v = values.input("v", Shape.of(1, 1), 1);
        Node one = values.graph.constant(1);
        Node inner = Forward.jvp(Ops.add(u, v), v, one);
        Node outer = Forward.jvp(Ops.multiply(u, inner), u, one);
        assertEquals(1, values.evaluate(outer)[0]);
        // d/du [u · d/dv (u + v)²/2 at v = 1] = d/du u(u + 1) = 2u + 1, and with v held to u it is d/du 2u² = 4u.
        Node bent = Ops.scale(Ops.square(Ops.add(u, v)), 0.5);
        Node reverse = Reverse.gradient(Ops.multiply(u, Reverse.gradient(bent, v)), u);
        assertEquals(3, values.evaluate(reverse)[0]);
        Node mixed = Forward.jvp(Ops.multiply(u, Reverse.gradient(bent, v)), u, one);
        assertEquals(3, values.evaluate(mixed)[0]);
        Node held = Vmap.map(Reverse.gradient(bent, v), v, u);
        assertEquals(4, values.evaluate(Reverse.gradient(Ops.multiply(u, held), u))[0]);
        // Σ_j over a jet within a jet: D²_u [D²_v (u²v³)] = 2 · 6v.
        Node power = Ops.multiply(Ops.square(u), Ops.power(v, 3));
        Node jets = Jet2.collapsed(Jet2.collapsed(power, v, one), u, one);
        assertEquals(12, values.evaluate(jets)[0]);
    }

    @Test
    @Tag("once")
    void aChainOfAHundredThousandNodesIsNoDeeperThanOneOfTen() {
        Node u = values.input("u", Shape.of(1, 1), 0.5);
        Node chain = u;
        for (int i = 0; i < 100_000; i++) {
            chain = Ops.add(Ops.scale(chain, 0.999), u);
        }
        double geometric = (1 - Math.pow(0.999, 100_000)) / 0.001 + Math.pow(0.999, 100_000);
        assertEquals(geometric, values.evaluate(Reverse.gradient(chain, u))[0], 1e-9);
        assertEquals(geometric, values.evaluate(Forward.jvp(chain, u, values.graph.constant(1)))[0], 1e-9);
    }

    @Test
    void errorsNameTheTransformTheNodesAndTheRule() {
        Node f = Models.mlp(2, 4, 1).predict(theta, x);
        IllegalArgumentException notScalar =
                assertThrows(IllegalArgumentException.class, () -> Reverse.gradient(f, theta));
        assertTrue(notScalar.getMessage().startsWith("gradient: "), notScalar.getMessage());
        assertTrue(notScalar.getMessage().contains("4×1"), notScalar.getMessage());
        Node stranger = new Graph().input("stranger", Shape.of(P, 1));
        IllegalArgumentException foreign =
                assertThrows(IllegalArgumentException.class, () -> Forward.jvp(f, theta, stranger));
        assertTrue(foreign.getMessage().contains("another graph"), foreign.getMessage());
        IllegalArgumentException shape =
                assertThrows(IllegalArgumentException.class, () -> Jet2.collapsed(f, theta, x));
        assertTrue(shape.getMessage().contains("stacked on the group axis"), shape.getMessage());
    }

    private static double[] identity() {
        double[] eye = new double[P * P];
        for (int i = 0; i < P; i++) {
            eye[i * P + i] = 1;
        }
        return eye;
    }
}
