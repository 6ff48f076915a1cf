package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.optim.support.Allocation;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of l(s) alone, against those that are written by hand. */
class DerivedMarginTest {

    static Stream<Arguments> twins() {
        return Stream.of(0.02, 0.2, 0.45)
                .flatMap(p -> Stream.of(
                        twin(Losses.logistic(p), p, s -> Ops.softplus(Ops.negate(s))),
                        twin(Losses.exponential(p), p, s -> Ops.exp(Ops.negate(s))),
                        twin(
                                Losses.squareMargin(p),
                                p,
                                s -> Ops.scale(
                                        Ops.square(Ops.subtract(s, s.graph().constant(1.0))), 0.5))));
    }

    private static Arguments twin(Loss written, double p, UnaryOperator<Node> loss) {
        return Arguments.of(written, Losses.ofMargin("derived", p, loss));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void constantsAndValuesAreThoseOfTheFormulas(Loss written, Loss derived) {
        assertEquals(written.flipProbability(), derived.flipProbability());
        assertEquals(written.minimiser(), derived.minimiser(), 1e-14 * (1 + written.minimiser()));
        assertEquals(written.curvature(), derived.curvature(), 1e-14);
        assertEquals(written.noiseVariance(3), derived.noiseVariance(3), 1e-14);
        for (double f : new double[] {-3, -0.4, 0, 0.7, 2.5}) {
            double expected = written.smoothedValue(new double[] {f}, new double[] {-1}, 0, 1);
            assertEquals(
                    expected, derived.smoothedValue(new double[] {f}, new double[] {-1}, 0, 1), 1e-14 * (1 + expected));
        }
        double c = derived.minimiser();
        assertEquals(0, derived.smoothedValue(new double[] {c}, new double[] {1}, 0, 1), 1e-16);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void objectivesAreTheSame(Loss written, Loss derived) {
        DMatrixRMaj inputs = new DMatrixRMaj(3, 2, true, 1, 2, -0.5, 0.3, 0.7, -1.1);
        Data data = Data.of(inputs, new DMatrixRMaj(3, 1, true, 1, -1, 1));
        DMatrixRMaj theta = new DMatrixRMaj(4, 1, true, 0.5, -0.3, 0.8, 0.1);
        Objective expected = Objective.of(Models.quadratic(2), written, data);
        Objective found = Objective.of(Models.quadratic(2), derived, data);
        assertEquals(expected.loss(theta), found.loss(theta), 1e-14);
        DMatrixRMaj a = new DMatrixRMaj(4, 4);
        DMatrixRMaj b = new DMatrixRMaj(4, 4);
        expected.hessian(theta, a);
        found.hessian(theta, b);
        assertArrayEquals(a.data, b.data, 1e-13);
    }

    @Test
    void refusesWhatHasNoMinimum() {
        refused(
                "linear loss: the slope of its expectation over flips is ",
                () -> Losses.ofMargin("linear", 0.2, Ops::negate));
        refused(
                "hinge loss: the second derivative of its expectation over flips at the minimum 1.0 is 0.0, must be"
                        + " positive and finite",
                () -> Losses.ofMargin(
                        "hinge", 0.2, s -> Ops.relu(Ops.subtract(s.graph().constant(1.0), s))));
        refused("sum loss: l(s) for s of 3×2 is 1×1, must be 3×2", () -> Losses.ofMargin("sum", 0.2, Ops::sum));
        refused(
                "half loss: flipProbability is 0.5, must be in (0.0, 0.5)",
                () -> Losses.ofMargin("half", 0.5, Ops::exp));
    }

    private static void refused(String start, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    @Test
    @Tag("once")
    void aValueAllocatesNothing() {
        Loss loss = Losses.ofMargin("own", 0.2, s -> Ops.softplus(Ops.negate(s)));
        double[] f = {0.3};
        double[] y = {1};
        Allocation.checkNone("the value of a derived loss", () -> loss.smoothedValue(f, y, 0, 1));
    }
}
