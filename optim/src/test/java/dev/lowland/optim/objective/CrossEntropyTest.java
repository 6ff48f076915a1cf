package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.support.Close;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

    private static final double FLIP = 0.3;
    private final Loss loss = Losses.crossEntropy(3, FLIP);

    @Test
    void isMinusLogSoftmax() {
        double[] logits = {0.3, -1.2, 2.0};
        double total = Math.log(Math.exp(0.3) + Math.exp(-1.2) + Math.exp(2));
        assertEquals(total + 1.2, graph(false, logits, 0, 1, 0)[0], 1e-14);
        double expected = 0.7 * (total + 1.2)
                + 0.15 * (total - 0.3)
                + 0.15 * (total - 2)
                + 0.7 * Math.log(0.7)
                + 0.3 * Math.log(0.15);
        assertEquals(expected, graph(true, logits, 0, 1, 0)[0], 1e-14);
        assertEquals(expected, loss.smoothedValue(logits, new double[] {0, 1, 0}, 0, 3), 1e-14);
    }

    @Test
    void survivesHugeLogits() {
        assertEquals(2000, graph(false, new double[] {1000, -1000, 0}, 0, 1, 0)[0], 1e-9);
    }

    @Test
    void isSmallestAtItsMinimiserAndKeepsItsDigitsThere() {
        double c = loss.minimiser();
        double[] best = {0.4, 0.4 + c, 0.4};
        double[] target = {0, 1, 0};
        assertEquals(0, loss.smoothedValue(best, target, 0, 3), 1e-30);
        assertArrayEquals(
                new double[3], java.util.Arrays.copyOfRange(graph(true, best, target), 1, 4), 1e-15, "gradient");
        double d = 1e-6;
        double[] near = {0.4, 0.4 + c + d, 0.4};
        double leading = 0.5 * FLIP * (1 - FLIP) * Math.pow(near[1] - best[1], 2);
        Close.check("near", leading, loss.smoothedValue(near, target, 0, 3), 1e-5);
    }

    /** The covariance of the step's noise at the minimiser is the Hessian there, whence σ² = α = 1. */
    @Test
    void noiseCovarianceIsTheHessianAtTheMinimiser() {
        double c = loss.minimiser();
        double[] best = {0.1, 0.1 + c, 0.1};
        double[] chances = {FLIP / 2, 1 - FLIP, FLIP / 2};
        double[][] covariance = new double[3][3];
        for (int label = 0; label < 3; label++) {
            double[] target = new double[3];
            target[label] = 1;
            double[] gradient = graph(false, best, target);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    covariance[i][j] += chances[label] * gradient[1 + i] * gradient[1 + j];
                }
            }
        }
        double h = 1e-5;
        for (int j = 0; j < 3; j++) {
            double[] up = best.clone();
            up[j] += h;
            double[] down = best.clone();
            down[j] -= h;
            for (int i = 0; i < 3; i++) {
                double hessian = (graph(true, up, 0, 1, 0)[1 + i] - graph(true, down, 0, 1, 0)[1 + i]) / (2 * h);
                assertEquals(hessian, covariance[i][j], 1e-9);
            }
        }
        assertEquals(1, loss.noiseVariance(5) / loss.curvature());
    }

    @Test
    void movesALabelToEachOtherClassAlike() {
        int[] counts = new int[3];
        double[] noisy = new double[3];
        int draws = 10_000;
        for (int i = 0; i < draws; i++) {
            loss.flipTarget((i + 0.5) / draws, new double[] {0, 1, 0}, 0, 3, noisy, 0, 1);
            assertEquals(1, noisy[0] + noisy[1] + noisy[2]);
            for (int k = 0; k < 3; k++) {
                counts[k] += (int) noisy[k];
            }
        }
        assertArrayEquals(new int[] {1500, 7000, 1500}, counts);
    }

    @Test
    void refusesTargetsThatAreNotOneHot() {
        for (double[] row : new double[][] {{0, 0, 0}, {1, 1, 0}, {0.5, 0.5, 0}, {2, 0, 0}}) {
            Data data = Data.of(new DMatrixRMaj(1, 1), new DMatrixRMaj(1, 3, true, row));
            assertThrows(IllegalArgumentException.class, () -> loss.checkTargets(data));
        }
        Data narrow = Data.ofClasses(new DMatrixRMaj(1, 1), new int[] {0}, 2);
        assertThrows(IllegalArgumentException.class, () -> loss.checkTargets(narrow));
        loss.checkTargets(Data.ofClasses(new DMatrixRMaj(1, 1), new int[] {2}, 3));
    }

    /** Value, then the gradient in the logits. */
    private double[] graph(boolean smoothed, double[] logits, double... targets) {
        Graph graph = new Graph();
        Node f = graph.input("f", Shape.of(1, 3));
        Node y = graph.input("y", Shape.of(1, 3));
        Node value = smoothed ? loss.smoothed(f, y) : loss.perSample(f, y);
        Program program = Program.compile(List.of(f, y), List.of(value, Reverse.gradient(value, f)));
        double[][] out = {new double[1], new double[3]};
        program.run(program.newWorkspace(), new double[][] {logits, targets}, out);
        return new double[] {out[0][0], out[1][0], out[1][1], out[1][2]};
    }
}
