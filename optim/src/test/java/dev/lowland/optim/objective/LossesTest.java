package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.support.Close;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {

    private record Row(Loss loss, DoubleUnaryOperator raw, DoubleUnaryOperator slope) {
        double smoothed(double margin) {
            double p = loss.flipProbability();
            return (1 - p) * raw.applyAsDouble(margin) + p * raw.applyAsDouble(-margin);
        }

        @Override
        public String toString() {
            return loss.toString();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(0.02, 0.2, 0.45)
                .flatMap(p -> Stream.of(
                        new Row(Losses.logistic(p), s -> Math.log1p(Math.exp(-s)), s -> -1 / (1 + Math.exp(s))),
                        new Row(Losses.exponential(p), s -> Math.exp(-s), s -> -Math.exp(-s)),
                        new Row(Losses.squareMargin(p), s -> 0.5 * (1 - s) * (1 - s), s -> s - 1)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void constantsFollowFromTheirDefinitions(Row row) {
        double p = row.loss.flipProbability();
        double c = row.loss.minimiser();
        double slope = (1 - p) * row.slope.applyAsDouble(c) - p * row.slope.applyAsDouble(-c);
        assertEquals(0, slope, 1e-14, "slope at c");
        double h = 1e-4;
        double curvature = (row.smoothed(c + h) - 2 * row.smoothed(c) + row.smoothed(c - h)) / (h * h);
        assertEquals(curvature, row.loss.curvature(), 1e-6 * curvature, "alpha");
        double jump = row.slope.applyAsDouble(c) + row.slope.applyAsDouble(-c);
        double variance = p * (1 - p) * jump * jump;
        assertEquals(variance, row.loss.noiseVariance(123), 1e-13 * variance, "sigma squared");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void valueAndGraphsAreTheFormulas(Row row) {
        for (double y : new double[] {1, -1}) {
            for (double f : new double[] {-3, -0.4, 0, 0.7, 2.5}) {
                double excess = row.smoothed(y * f) - row.smoothed(row.loss.minimiser());
                assertEquals(excess, value(row.loss, f, y), 1e-13 * (1 + excess), "value");
                assertEquals(excess, graph(row.loss, true, f, y)[0], 1e-13 * (1 + excess), "graph");
                assertEquals(row.raw.applyAsDouble(y * f), graph(row.loss, false, f, y)[0], 1e-13, "raw");
                assertEquals(y * row.slope.applyAsDouble(y * f), graph(row.loss, false, f, y)[1], 1e-13, "raw slope");
            }
        }
    }

    /** l̄(c + d) − l̄(c) = ½αd² + O(d³), whose next term is below d relative to it. */
    @ParameterizedTest
    @MethodSource("rows")
    void valueKeepsItsDigitsNearTheMinimum(Row row) {
        double c = row.loss.minimiser();
        for (double d : new double[] {1e-3, 1e-5, 1e-7}) {
            double exactD = (c + d) - c;
            double leading = 0.5 * row.loss.curvature() * exactD * exactD;
            Close.check("d = " + d, leading, value(row.loss, c + d, 1), d + 1e-13);
        }
        assertEquals(0, value(row.loss, c, 1));
    }

    @Test
    void logisticSurvivesHugeMargins() {
        Loss loss = Losses.logistic(0.2);
        assertEquals(0.2 * 5000, value(loss, 5000, 1), 1);
        assertEquals(0.8 * 5000, value(loss, -5000, 1), 1);
        double[] far = graph(loss, true, -5000, 1);
        assertEquals(0.8 * 5000, far[0], 1);
        assertEquals(-0.8, far[1], 1e-15);
    }

    @Test
    void squareLossOfSeveralOutputsIsTheirSum() {
        double[] predictions = {9, 1, 2, 3};
        double[] targets = {9, 0, 4, 3};
        assertEquals(2.5, Losses.square().smoothedValue(predictions, targets, 1, 3));
        assertEquals(0.09, Losses.square().noiseVariance(0.3), 1e-17);
        assertEquals(1, Losses.square().curvature());
    }

    @Test
    void flipsBelowTheProbability() {
        Loss loss = Losses.logistic(0.2);
        double[] out = {0, 0, 0};
        loss.flipTarget(0.1999, new double[] {5, -1}, 1, 1, out, 2, 7);
        assertEquals(1, out[2]);
        loss.flipTarget(0.2001, new double[] {5, -1}, 1, 1, out, 2, 7);
        assertEquals(-1, out[2]);
        assertThrows(
                IllegalArgumentException.class, () -> Losses.square().flipTarget(0.1, new double[1], 0, 1, out, 0, 1));
    }

    static Stream<LossKind> kinds() {
        return Losses.kinds().stream();
    }

    /** What files know of a loss before it is made is what it does. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aKindTellsOfItsLoss(LossKind kind) {
        OptionalDouble flip = kind.flipsLabels() ? OptionalDouble.of(0.2) : OptionalDouble.empty();
        int outputs = kind.readsClasses() ? 3 : 1;
        Loss loss = kind.of(flip, outputs);
        assertEquals(kind.name(), loss.name());
        assertEquals(kind.flipsLabels(), loss.flipsLabels());
        assertEquals(flip.orElse(0), loss.flipProbability());
        OptionalDouble wrong = kind.flipsLabels() ? OptionalDouble.empty() : OptionalDouble.of(0.2);
        assertThrows(IllegalArgumentException.class, () -> kind.of(wrong, outputs));
        if (kind.readsClasses()) {
            loss.checkTargets(Data.ofClasses(new DMatrixRMaj(2, 1), new int[] {0, 2}, 3));
            assertEquals(
                    List.of(true, true, false, false, false),
                    Stream.of(0.0, 2.0, -1.0, 0.5, Double.NaN).map(kind::reads).toList());
            assertThrows(IllegalArgumentException.class, () -> kind.of(flip, 1));
            return;
        }
        for (double target : new double[] {1, -1, 0, 0.5}) {
            Data data = Data.of(new DMatrixRMaj(1, 1), new DMatrixRMaj(1, 1, true, target));
            if (kind.reads(target)) {
                loss.checkTargets(data);
            } else {
                String message = assertThrows(IllegalArgumentException.class, () -> loss.checkTargets(data))
                        .getMessage();
                assertEquals(kind.name() + " loss: target 0 is " + target + ", must be " + kind.targetRule(), message);
            }
        }
    }

    @Test
    void filesKnowLossesByTheirNames() {
        assertEquals(
                List.of("square", "logistic", "exponential", "square-margin", "cross-entropy", "plain-cross-entropy"),
                kinds().map(LossKind::name).toList());
    }

    @Test
    void refusesProbabilitiesAndTargets() {
        for (double p : new double[] {0, 0.5, -0.1, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> Losses.logistic(p));
            assertThrows(IllegalArgumentException.class, () -> Losses.exponential(p));
            assertThrows(IllegalArgumentException.class, () -> Losses.squareMargin(p));
            assertThrows(IllegalArgumentException.class, () -> Losses.crossEntropy(3, p));
        }
        Data odd = Data.of(new DMatrixRMaj(2, 1), new DMatrixRMaj(2, 1, true, 1, 0));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Losses.logistic(0.1).checkTargets(odd))
                .getMessage();
        assertTrue(message.contains("logistic loss: target 1 is 0.0, must be 1 or -1"), message);
        Data wide = Data.of(new DMatrixRMaj(2, 1), new DMatrixRMaj(2, 2));
        assertThrows(
                IllegalArgumentException.class, () -> Losses.exponential(0.1).checkTargets(wide));
    }

    private static double value(Loss loss, double f, double y) {
        return loss.smoothedValue(new double[] {f}, new double[] {y}, 0, 1);
    }

    /** Value and derivative in f of the graph. */
    private static double[] graph(Loss loss, boolean smoothed, double f, double y) {
        Graph graph = new Graph();
        Node prediction = graph.input("f", Shape.of(1, 1));
        Node target = graph.input("y", Shape.of(1, 1));
        Node value = smoothed ? loss.smoothed(prediction, target) : loss.perSample(prediction, target);
        Program program =
                Program.compile(List.of(prediction, target), List.of(value, Reverse.gradient(value, prediction)));
        double[][] out = {new double[1], new double[1]};
        program.run(program.newWorkspace(), new double[][] {{f}, {y}}, out);
        return new double[] {out[0][0], out[1][0]};
    }
}
