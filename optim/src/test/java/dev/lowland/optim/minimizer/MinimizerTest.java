package dev.lowland.optim.minimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.sgd.ParameterNoise;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MinimizerTest {

    private static final double[] CURVATURES = {1, 2, 0.5, 4};
    private static final DMatrixRMaj START = new DMatrixRMaj(2, 2, true, 3, -1, 0.5, 2);

    /** ½ Σ h_i x_i² of a 2×2 matrix, whose steps are a recursion in each entry. */
    private static ScalarFunction bowl() {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(2, 2));
        Node h = graph.constant(new DMatrixRMaj(2, 2, true, CURVATURES));
        return ScalarFunction.of(Ops.scale(Ops.sum(Ops.multiply(h, Ops.square(x))), 0.5), x);
    }

    @Test
    void takesTheStepsOfTheFormula() {
        double[] x = START.data.clone();
        double[] v = new double[4];
        for (int k = 0; k < 50; k++) {
            for (int i = 0; i < 4; i++) {
                v[i] = 0.6 * v[i] - 0.1 * CURVATURES[i] * x[i];
                x[i] += v[i];
            }
        }
        Minimizer minimizer = Minimizer.of(0.1).withMomentum(0.6).withSteps(50);
        MinimizerResult found = minimizer.minimize(bowl(), START);
        assertArrayEquals(x, found.point().data, 1e-14);
        assertEquals(MinimizerStatus.STEPS, found.status());
        assertEquals(50, found.steps());
        double value = 0;
        for (int i = 0; i < 4; i++) {
            value += CURVATURES[i] * x[i] * x[i] / 2;
        }
        assertEquals(value, found.value(), 1e-14);
        assertArrayEquals(new double[] {3, -1, 0.5, 2}, START.data);
    }

    @Test
    void endsWhereTheGradientIsSmall() {
        MinimizerResult found = Minimizer.of(0.3).withGradientTolerance(1e-6).minimize(bowl(), START);
        assertEquals(MinimizerStatus.GRADIENT, found.status());
        assertTrue(found.gradientNorm() <= 1e-6);
        MinimizerResult before = Minimizer.of(0.3).withSteps(found.steps() - 1).minimize(bowl(), START);
        assertTrue(before.gradientNorm() > 1e-6);
        DMatrixRMaj bottom = new DMatrixRMaj(2, 2);
        assertEquals(0, Minimizer.of(0.3).minimize(bowl(), bottom).steps());
    }

    @Test
    void endsWhereTheValueIsSmall() {
        MinimizerResult found = Minimizer.of(0.3).withTargetValue(0.01).minimize(bowl(), START);
        assertEquals(MinimizerStatus.VALUE, found.status());
        assertTrue(found.value() <= 0.01);
        MinimizerResult before = Minimizer.of(0.3).withSteps(found.steps() - 1).minimize(bowl(), START);
        assertTrue(before.value() > 0.01);
    }

    @Test
    void keepsTheLastPointOfARunThatDiverges() {
        MinimizerResult found = Minimizer.of(10).minimize(bowl(), START);
        assertEquals(MinimizerStatus.DIVERGED, found.status());
        double largest = 0;
        for (double entry : found.point().data) {
            largest = Math.max(largest, Math.abs(entry));
        }
        assertTrue(largest <= 1e150 && largest > 1e148, largest + " after " + found.steps());
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        MinimizerResult found = Minimizer.of(1e-12).withSteps(Long.MAX_VALUE).minimize(bowl(), START);
        assertTrue(Thread.interrupted());
        assertEquals(MinimizerStatus.STOPPED, found.status());
    }

    /** √(ηλ)·C·z on x and on its last change, of numbers that have their positions. */
    @Test
    void noiseIsAddedToThePointAndItsLastChange() {
        DMatrixRMaj factor = new DMatrixRMaj(4, 2, true, 1, 0, 0.5, -1, 0, 2, 0.3, 0.3);
        RandomStream stream = RandomStream.of(9, 0, Purpose.PARAMETER_NOISE);
        double scale = Math.sqrt(0.1 * 0.7);
        double[] x = START.data.clone();
        double[] v = new double[4];
        double[] z = new double[2];
        for (int k = 0; k < 20; k++) {
            stream.fillGaussian(2L * k, 2, z, 0, 1);
            for (int i = 0; i < 4; i++) {
                double kick = scale * (factor.get(i, 0) * z[0] + factor.get(i, 1) * z[1]);
                v[i] = 0.5 * v[i] - 0.1 * CURVATURES[i] * x[i] + kick;
                x[i] += v[i];
            }
        }
        Minimizer minimizer = Minimizer.of(0.1)
                .withMomentum(0.5)
                .withNoise(ParameterNoise.ofFactor(0.7, factor))
                .withSeed(9)
                .withSteps(20);
        assertArrayEquals(x, minimizer.minimize(bowl(), START).point().data, 1e-13);
        Minimizer other = minimizer.withSeed(8);
        assertTrue(Math.abs(x[0] - other.minimize(bowl(), START).point().data[0]) > 1e-3);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refused("Minimizer: learningRate is 0.0, must be positive and finite", () -> Minimizer.of(0));
        Minimizer minimizer = Minimizer.of(0.1);
        refused("Minimizer: momentum is 1.0, must be in [0.0, 1.0)", () -> minimizer.withMomentum(1));
        refused("Minimizer: steps is -1, must be at least 0", () -> minimizer.withSteps(-1));
        refused(
                "Minimizer: gradientTolerance is -1.0, must be ≥ 0 and finite",
                () -> minimizer.withGradientTolerance(-1));
        refused("Minimizer: targetValue is NaN, must be finite", () -> minimizer.withTargetValue(Double.NaN));
        refused("minimize: start is 4×1, must be 2×2", () -> minimizer.minimize(bowl(), new DMatrixRMaj(4, 1)));
        refused(
                "ParameterNoise: factor is 3×1, must be 4×m, a row a parameter",
                () -> minimizer
                        .withNoise(ParameterNoise.ofFactor(1, new DMatrixRMaj(3, 1)))
                        .minimize(bowl(), START));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
