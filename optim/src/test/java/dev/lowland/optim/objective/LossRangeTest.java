package dev.lowland.optim.objective;

import static dev.lowland.optim.support.DecimalExponential.DIGITS;
import static dev.lowland.optim.support.DecimalExponential.exp;
import static dev.lowland.optim.support.DecimalExponential.log1p;
import static dev.lowland.optim.support.DecimalExponential.ulps;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.linalg.SymmetricEigen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loss over all predictions at which it is a number: value, and derivatives to order 3, against decimal
 * arithmetic, in units of the last place of the exact number however small it is; next to a zero of a derivative in
 * those of what it is at a quarter away.
 */
@Tag("slow")
class LossRangeTest {
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final double[] ALLOWED = {4, 16, 16, 64};

    /** l, l′, l″, l‴ of a number. */
    private interface Exact {
        BigDecimal[] at(double s);
    }

    private record Row(String name, Loss loss, boolean smoothed, Exact exact) {
        @Override
        public String toString() {
            return name + (smoothed ? ", smoothed" : "") + ", " + loss;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(0.02, 0.3).flatMap(p -> {
            Loss logistic = Losses.logistic(p);
            Loss exponential = Losses.exponential(p);
            Loss margin = Losses.squareMargin(p);
            return Stream.of(
                    new Row("logistic", logistic, false, LossRangeTest::logistic),
                    new Row("logistic", logistic, true, s -> smoothedLogistic(s, p)),
                    new Row("exponential", exponential, false, LossRangeTest::exponential),
                    new Row("exponential", exponential, true, s -> smoothedExponential(s, exponential)),
                    new Row("square margin", margin, false, s -> halfSquare(s - 1)),
                    new Row("square margin", margin, true, s -> halfSquare(s - margin.minimiser())),
                    new Row("square", Losses.square(), false, s -> halfSquare(s - 1)));
        });
    }

    private static BigDecimal[] logistic(double s) {
        BigDecimal e = exp(new BigDecimal(-Math.abs(s)));
        BigDecimal rest = e.divide(e.add(ONE), DIGITS);
        BigDecimal most = ONE.divide(e.add(ONE), DIGITS);
        BigDecimal up = s > 0 ? most : rest;
        BigDecimal down = s > 0 ? rest : most;
        BigDecimal second = up.multiply(down, DIGITS);
        BigDecimal value = s > 0 ? log1p(e) : log1p(e).subtract(new BigDecimal(s));
        return new BigDecimal[] {value, down.negate(), second, second.multiply(down.subtract(up))};
    }

    /** l̄ − min l̄ in the derivatives alone; its value near the minimum is that of smoothedValue. */
    private static BigDecimal[] smoothedLogistic(double s, double p) {
        BigDecimal[] raw = logistic(s);
        raw[1] = raw[1].add(new BigDecimal(p));
        return raw;
    }

    private static BigDecimal[] exponential(double s) {
        BigDecimal e = exp(new BigDecimal(-s));
        return new BigDecimal[] {e, e.negate(), e, e.negate()};
    }

    /** α(cosh d − 1) of the difference d = s − c as a double, with the square of 2 sinh(d/2). */
    private static BigDecimal[] smoothedExponential(double s, Loss loss) {
        BigDecimal d = new BigDecimal(s - loss.minimiser());
        BigDecimal half = new BigDecimal(loss.curvature()).divide(BigDecimal.valueOf(2));
        BigDecimal up = exp(d).multiply(half);
        BigDecimal down = exp(d.negate()).multiply(half);
        BigDecimal root = exp(d.divide(BigDecimal.valueOf(2))).subtract(exp(d.divide(BigDecimal.valueOf(-2))));
        return new BigDecimal[] {root.multiply(root).multiply(half), up.subtract(down), up.add(down), up.subtract(down)
        };
    }

    private static BigDecimal[] halfSquare(double d) {
        BigDecimal exact = new BigDecimal(d);
        return new BigDecimal[] {exact.multiply(exact).divide(BigDecimal.valueOf(2)), exact, ONE, BigDecimal.ZERO};
    }

    private static double[] margins(boolean exponents) {
        List<Double> margins = new ArrayList<>();
        double[][] stretches = {{-300, -4, 5}, {-4, 1, 24}, {1, 2.84, 24}, {2.84, 150, exponents ? 0 : 6}};
        for (double[] stretch : stretches) {
            for (int i = 0; i < stretch[2]; i++) {
                double turn = (i + 1) * 0.6180339887498949;
                double s = Math.pow(10, stretch[0] + (stretch[1] - stretch[0]) * (turn - Math.floor(turn)));
                margins.add(s);
                margins.add(-s);
            }
        }
        return margins.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void lossesOfOneNumberHaveTheirDigitsEverywhere(Row row) {
        double[] s = margins(!row.name.startsWith("square"));
        int n = s.length;
        Graph graph = new Graph();
        Node f = graph.input("f", Shape.of(n, 1));
        Node target = graph.filled(Shape.of(n, 1), 1);
        Node value = row.smoothed ? row.loss.smoothed(f, target) : row.loss.perSample(f, target);
        Node ones = Ops.ones(f);
        Node gradient = Reverse.gradient(Ops.sum(value), f);
        Node hessian = Forward.jvp(gradient, f, ones);
        Node curvature = Jet2.collapsed(value, f, ones);
        List<Node> nodes = List.of(
                value,
                gradient,
                Forward.jvp(value, f, ones),
                hessian,
                curvature,
                Forward.jvp(hessian, f, ones),
                Reverse.gradient(Ops.sum(curvature), f));
        int[] orders = {0, 1, 1, 2, 2, 3, 3};
        Program program = Program.compile(List.of(f), nodes);
        double[][] out = new double[nodes.size()][n];
        program.run(program.newWorkspace(), new double[][] {s}, out);
        for (int i = 0; i < n; i++) {
            BigDecimal[] exact = row.exact.at(s[i]);
            for (int k = row.smoothed ? 1 : 0; k < orders.length; k++) {
                check(row, orders[k], s[i], exact[orders[k]], out[k][i]);
            }
        }
    }

    private static void check(Row row, int order, double s, BigDecimal exact, double found) {
        if (ulps(found, exact, exact.doubleValue()) <= ALLOWED[order]) {
            return;
        }
        String what = row + ", order " + order + " at " + s + ": " + found + " for " + exact.doubleValue();
        BigDecimal below = row.exact.at(0.8 * s)[order];
        BigDecimal above = row.exact.at(1.25 * s)[order];
        assertTrue(below.signum() * above.signum() < 0, what);
        double near = below.abs().max(above.abs()).doubleValue();
        assertTrue(ulps(found, exact, near) <= ALLOWED[order], what + ", also next to its zero");
    }

    /** The curvature of cross-entropy is diag(p) − ppᵀ for every target, and nowhere negative. */
    @ParameterizedTest
    @MethodSource("leaders")
    void crossEntropyHasItsDigitsWhicheverClassLeads(int leader, double gap) {
        int classes = 3;
        double[] logits = {-0.75, -1.5, 0.25};
        logits[leader] = gap;
        BigDecimal[] p = new BigDecimal[classes];
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = 0; j < classes; j++) {
            p[j] = exp(new BigDecimal(logits[j] - gap));
            sum = sum.add(p[j]);
        }
        for (int j = 0; j < classes; j++) {
            p[j] = p[j].divide(sum, DIGITS);
        }
        for (int label = 0; label < classes; label++) {
            for (boolean smoothed : new boolean[] {false, true}) {
                Loss loss = Losses.crossEntropy(classes, 0.125);
                Graph graph = new Graph();
                Node f = graph.input("f", Shape.of(1, classes));
                Node target = unit(graph, classes, label);
                Node value = smoothed ? loss.smoothed(f, target) : loss.perSample(f, target);
                Node gradient = Reverse.gradient(value, f);
                List<Node> nodes = new ArrayList<>(List.of(gradient));
                for (int j = 0; j < classes; j++) {
                    nodes.add(Forward.jvp(gradient, f, unit(graph, classes, j)));
                    nodes.add(Reverse.gradient(Jet2.collapsed(value, f, unit(graph, classes, j)), f));
                }
                Program program = Program.compile(List.of(f), nodes);
                double[][] out = new double[nodes.size()][classes];
                program.run(program.newWorkspace(), new double[][] {logits}, out);
                String what = "label " + label + (smoothed ? " smoothed" : "") + " where " + leader + " has " + gap;
                DMatrixRMaj hessian = new DMatrixRMaj(classes, classes);
                for (int i = 0; i < classes; i++) {
                    BigDecimal weight = new BigDecimal(i == label ? smoothed ? 0.875 : 1 : smoothed ? 0.0625 : 0);
                    close(p[i].subtract(weight), out[0][i], 16, "gradient " + i + " at " + what);
                    for (int j = 0; j < classes; j++) {
                        close(second(p, i, j), out[1 + 2 * j][i], 16, "Hessian " + i + " " + j + " at " + what);
                        close(third(p, i, j, j), out[2 + 2 * j][i], 64, "third " + i + " " + j + " at " + what);
                        hessian.set(i, j, out[1 + 2 * j][i]);
                    }
                }
                double[] values = SymmetricEigen.of(hessian).values();
                double largest = Arrays.stream(values).max().orElseThrow();
                assertTrue(Arrays.stream(values).allMatch(v -> v >= -1e-15 * largest), what + " is indefinite");
            }
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> leaders() {
        return Stream.of(2.0, 5.0, 30.0, 36.0, 40.0, 200.0, 600.0)
                .flatMap(gap ->
                        Stream.of(0, 1, 2).map(leader -> org.junit.jupiter.params.provider.Arguments.of(leader, gap)));
    }

    private static Node unit(Graph graph, int classes, int at) {
        double[] unit = new double[classes];
        unit[at] = 1;
        return graph.constant(Shape.of(1, classes), unit);
    }

    private static BigDecimal delta(int i, int j) {
        return i == j ? ONE : BigDecimal.ZERO;
    }

    private static BigDecimal second(BigDecimal[] p, int i, int j) {
        return p[i].multiply(delta(i, j).subtract(p[j]));
    }

    private static BigDecimal third(BigDecimal[] p, int i, int j, int k) {
        return second(p, i, k).multiply(delta(i, j).subtract(p[j])).subtract(p[i].multiply(second(p, j, k)));
    }

    private static void close(BigDecimal exact, double found, double allowed, String what) {
        double off = ulps(found, exact, exact.doubleValue());
        assertTrue(off <= allowed, what + ": " + found + " for " + exact.doubleValue() + ", off by " + off + " ulp");
    }
}
