package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.linalg.SymmetricEigen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The functions of rows where one class leads by a gap, in every place, against decimal arithmetic: value, gradient,
 * Hessian and third derivatives entry by entry, each relative to itself.
 */
@Tag("slow")
class RowsTest {
    private static final int K = 4;
    private static final Decimals NUMBERS = new Decimals(380);

    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(1, K));

    /**
     * Scores of which the one at a place leads the next by a gap, the others being a little apart. Their differences
     * are exact: one that is rounded is as good as a score with another last digit.
     */
    private static double[] scores(int leader, double gap) {
        double[] scores = {0.3125, -0.5625, 0.125, -1.5};
        double largest = 0.3125;
        if (leader == 0) {
            largest = 0.125;
        }
        scores[leader] = largest + gap;
        return scores;
    }

    private static BigDecimal[] probabilities(double[] scores) {
        BigDecimal[] p = new BigDecimal[K];
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = 0; j < K; j++) {
            p[j] = NUMBERS.exp(new BigDecimal(scores[j]).subtract(new BigDecimal(scores[0])));
            sum = sum.add(p[j]);
        }
        for (int j = 0; j < K; j++) {
            p[j] = p[j].divide(sum, NUMBERS.digits());
        }
        return p;
    }

    private static BigDecimal delta(int i, int j) {
        return i == j ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private static BigDecimal hessian(BigDecimal[] p, int i, int j) {
        return p[i].multiply(delta(i, j).subtract(p[j]));
    }

    /** ∂/∂x_k of p_i(δ_ij − p_j). */
    private static BigDecimal third(BigDecimal[] p, int i, int j, int k) {
        return hessian(p, i, k).multiply(delta(i, j).subtract(p[j])).subtract(p[i].multiply(hessian(p, j, k)));
    }

    private double[] evaluate(Node node, double[] scores) {
        return run(Program.compile(List.of(x), List.of(node)), scores)[0];
    }

    private static double[][] run(Program program, double[] scores) {
        double[][] out = program.outputs().stream()
                .map(output -> new double[output.shape().size()])
                .toArray(double[][]::new);
        program.run(program.newWorkspace(), new double[][] {scores}, out);
        return out;
    }

    private static void close(BigDecimal exact, double found, double allowed, String what) {
        double ulps = Decimals.ulps(found, exact, exact.doubleValue());
        assertTrue(ulps <= allowed, what + ": " + found + " for " + exact.doubleValue() + ", off by " + ulps + " ulp");
    }

    private Node unit(int j) {
        double[] e = new double[K];
        e[j] = 1;
        return graph.constant(Shape.of(1, K), e);
    }

    private Node entry(Node row, int j) {
        return Ops.sliceColumns(row, j, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1.5, 3, 12, 30, 36, 40, 100, 300, 700})
    void theCurvatureHasItsDigitsWhicheverClassLeads(double gap) {
        List<UnaryOperator<Node>> convex = new ArrayList<>(List.of(Rows::logSumExp));
        for (int label = 0; label < K; label++) {
            Node position = graph.constant(label);
            Node oneHot = unit(label);
            convex.add(n -> Rows.crossEntropy(n, position));
            if (label == 0) {
                convex.add(n -> Rows.crossEntropyOf(n, oneHot));
            }
        }
        for (UnaryOperator<Node> function : convex) {
            Node f = function.apply(x);
            Node gradient = Reverse.gradient(f, x);
            List<Node> forward = new ArrayList<>();
            List<Node> reverse = new ArrayList<>();
            List<Node> thirds = new ArrayList<>();
            List<Node> jets = new ArrayList<>();
            for (int j = 0; j < K; j++) {
                forward.add(Forward.jvp(gradient, x, unit(j)));
                reverse.add(Reverse.gradient(entry(gradient, j), x));
                jets.add(Reverse.gradient(Jet2.collapsed(f, x, unit(j)), x));
                for (int k = 0; k < K; k++) {
                    thirds.add(Forward.jvp(forward.get(j), x, unit(k)));
                }
            }
            Node hessian = Axes.concat(Axis.ROWS, forward.toArray(new Node[0]));
            Node hessianByReverse = Axes.concat(Axis.ROWS, reverse.toArray(new Node[0]));
            Node third = Axes.concat(Axis.ROWS, thirds.toArray(new Node[0]));
            Node jet = Axes.concat(Axis.ROWS, jets.toArray(new Node[0]));
            Program program = Program.compile(List.of(x), List.of(hessian, hessianByReverse, third, jet));
            for (int leader = 0; leader < K; leader++) {
                double[] scores = scores(leader, gap);
                BigDecimal[] p = probabilities(scores);
                String what = f + " where " + leader + " leads by " + gap;
                double[][] found = run(program, scores);
                double[] h = found[0];
                double[] r = found[1];
                double[] t = found[2];
                double[] d = found[3];
                for (int i = 0; i < K; i++) {
                    for (int j = 0; j < K; j++) {
                        close(hessian(p, i, j), h[j * K + i], 16, what + ", FR " + i + " " + j);
                        close(hessian(p, i, j), r[j * K + i], 16, what + ", RR " + i + " " + j);
                        close(third(p, i, j, j), d[j * K + i], 64, what + ", RJ " + i + " " + j);
                        for (int k = 0; k < K; k++) {
                            close(third(p, i, j, k), t[(j * K + k) * K + i], 64, what + ", FFR " + i + j + k);
                        }
                    }
                }
                double[] values =
                        SymmetricEigen.of(new DMatrixRMaj(K, K, true, h)).values();
                double largest = Arrays.stream(values).max().orElseThrow();
                double smallest = Arrays.stream(values).min().orElseThrow();
                assertTrue(smallest >= -1e-15 * largest, what + ": eigenvalues " + Arrays.toString(values));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1.5, 3, 12, 30, 36, 40, 100, 300, 700})
    void valuesAndGradientsHaveTheirDigitsWhicheverClassLeads(double gap) {
        for (int leader = 0; leader < K; leader++) {
            double[] scores = scores(leader, gap);
            BigDecimal[] p = probabilities(scores);
            double[] softmax = evaluate(Rows.softmax(x), scores);
            double[] logSoftmax = evaluate(Rows.logSoftmax(x), scores);
            double[] slope = evaluate(Reverse.gradient(Rows.logSumExp(x), x), scores);
            for (int j = 0; j < K; j++) {
                String what = "class " + j + " where " + leader + " leads by " + gap;
                close(p[j], softmax[j], 8, "softmax of " + what);
                close(p[j], slope[j], 16, "slope of logSumExp in " + what);
                close(NUMBERS.log(p[j]), logSoftmax[j], 4, "logSoftmax of " + what);
                double[] gradient = evaluate(Reverse.gradient(Rows.crossEntropy(x, graph.constant(j)), x), scores);
                for (int i = 0; i < K; i++) {
                    close(p[i].subtract(delta(i, j)), gradient[i], 16, "slope of crossEntropy at " + what + ", " + i);
                }
            }
        }
    }

    @Test
    void aGapBeyondTheRangeOfNumbersLeavesNothing() {
        double[] scores = {-1e308, 5e307, 0, -3};
        double loss = evaluate(Rows.crossEntropy(x, graph.constant(1)), scores)[0];
        assertTrue(loss == 0, "found " + loss);
        Node third = Reverse.gradient(Jet2.collapsed(Rows.logSumExp(x), x, Ops.ones(x)), x);
        for (double entry : evaluate(third, scores)) {
            assertTrue(entry == 0, "found " + entry);
        }
    }
}
