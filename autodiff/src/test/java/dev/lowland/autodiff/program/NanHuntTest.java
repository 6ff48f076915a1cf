package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Reverse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NanHuntTest {
    private final NanHunt hunt = new NanHunt();

    @Test
    void theFirstNodeThatMakesANaNIsNamedWithEntryOperandsAndPlace() {
        Graph graph = Graph.recordingOrigins();
        Node x = graph.input("x", Shape.of(2, 3));
        Node shifted = Ops.subtract(x, graph.constant(1));
        Node log = Ops.log(shifted);
        Node loss = Ops.sum(Ops.square(log));
        Map<Node, double[]> inputs = Map.of(x, new double[] {2, 3, 4, 5, 0.25, 7});
        NonFinite found = hunt.first(List.of(loss), inputs).orElseThrow();
        assertEquals(log, found.node());
        assertEquals(4, found.entry());
        assertTrue(Double.isNaN(found.value()));
        String text = found.toString();
        assertTrue(text.startsWith(log + " makes NaN at row 1, column 1"), text);
        assertTrue(text.contains("op LOG of " + shifted + ", there -0.75"), text);
        assertTrue(text.contains("made at dev.lowland.autodiff.program.NanHuntTest.the"), text);
        assertEquals("NanHuntTest.java", found.node().origin().get(0).getFileName());
        assertTrue(found.node().origin().size() <= 8);
    }

    @Test
    void whatATransformMadeCameFromTheCallOfTheTransform() {
        Graph graph = Graph.recordingOrigins();
        Node x = graph.input("x", Shape.of(1, 2));
        Node gradient = gradient(x);
        NonFinite found =
                hunt.first(List.of(gradient), Map.of(x, new double[] {4, 0})).orElseThrow();
        assertEquals(1, found.entry());
        assertEquals(Double.POSITIVE_INFINITY, found.value());
        assertEquals("gradient", found.node().origin().get(0).getMethodName());
    }

    private static Node gradient(Node x) {
        return Reverse.gradient(Ops.sum(Ops.sqrt(x)), x);
    }

    @Test
    void withoutRecordingThePlaceIsNotKnownAndTheMessageSaysHowToKnowIt() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(2, 1, 2));
        Node y = Ops.reciprocal(x);
        NonFinite found =
                hunt.first(List.of(y), Map.of(x, new double[] {1, 2, 3, 0})).orElseThrow();
        assertEquals(List.of(), found.node().origin());
        assertTrue(found.toString().contains("makes Infinity at group 1, row 0, column 1"), found.toString());
        assertTrue(found.toString().contains("Graph.recordingOrigins()"), found.toString());
    }

    @Test
    void inputsAndConstantsThatAreNotFiniteAreNamedAsSuch() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(1, 2));
        Node c = graph.constant(Double.NEGATIVE_INFINITY);
        Node sum = Ops.add(Ops.tanh(x), Ops.broadcast(c, Shape.of(1, 2)));
        NonFinite constant =
                hunt.first(List.of(sum), Map.of(x, new double[] {1, 2})).orElseThrow();
        assertTrue(constant.toString().contains("holds -Infinity"), constant.toString());
        NonFinite input = hunt.first(List.of(Ops.tanh(x)), Map.of(x, new double[] {1, Double.NaN}))
                .orElseThrow();
        assertTrue(input.toString().startsWith("x (1×2) holds NaN at row 0, column 1"), input.toString());
    }

    @Test
    void infinitiesMayBeInOrder() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(1, 1));
        Node sigmoid = Ops.reciprocal(Ops.add(Ops.exp(x), Ops.ones(x)));
        Map<Node, double[]> inputs = Map.of(x, new double[] {1000});
        assertTrue(hunt.first(List.of(sigmoid), inputs).isPresent());
        assertTrue(hunt.firstNaN(List.of(sigmoid), inputs).isEmpty());
        Node bad = Ops.subtract(Ops.exp(x), Ops.exp(Ops.scale(x, 2)));
        assertEquals(bad, hunt.firstNaN(List.of(bad), inputs).orElseThrow().node());
    }

    @Test
    void productsTellHowLargeTheirOperandsWere() {
        Graph graph = new Graph();
        Node a = graph.input("a", Shape.of(2, 3));
        Node b = graph.input("b", Shape.of(3, 1));
        Node product = Ops.matmul(a, b);
        NonFinite found = hunt.first(
                        List.of(product),
                        Map.of(a, new double[] {1, 2, 3, -1e200, 5, 6}, b, new double[] {1e200, 0, 0}))
                .orElseThrow();
        assertEquals(1, found.entry());
        assertTrue(found.toString().contains("a (2×3), largest size 1.0E200"), found.toString());
    }

    @Test
    void programsHuntInTheirOwnInputsLaneByLane() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(1, 2));
        Node s = graph.input("s", Shape.of(1, 2));
        Program program = Program.compile(List.of(x, s), List.of(Ops.log(Ops.multiply(x, s))));
        assertTrue(program.firstNonFinite(new double[][] {{1, 2}, {1, 1}}).isEmpty());
        assertEquals(
                1,
                program.firstNonFinite(new double[][] {{1, -2}, {1, 1}})
                        .orElseThrow()
                        .entry());
        Program wide = program.forLanes(3, false, true);
        double[] lanes = {1, 1, 1, 1, 1, -1};
        NonFinite found = wide.firstNonFinite(new double[][] {lanes, {1, 2}}).orElseThrow();
        assertEquals(1, found.entry());
        assertTrue(found.toString().contains("there -2.0"), found.toString());
        assertTrue(wide.firstNonFinite(new double[][] {{1, 1, 1, 1, 1, 1}, {1, 2}})
                .isEmpty());
    }
}
