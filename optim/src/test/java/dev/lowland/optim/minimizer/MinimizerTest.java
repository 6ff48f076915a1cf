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
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
        Minimizer minimizer = Minimizer.of(Rules.heavyBall(0.6), 0.1).withSteps(50);
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

    /** SAM looks at another point first; weight decay adds γx to the gradient. */
    @Test
    void takesTheStepsOfRulesThatLookAhead() {
        double[] x = START.data.clone();
        for (int k = 0; k < 30; k++) {
            double square = 0;
            for (int i = 0; i < 4; i++) {
                square += CURVATURES[i] * x[i] * CURVATURES[i] * x[i];
            }
            double rate = 0.1 / (k < 5 ? 1 : 2);
            for (int i = 0; i < 4; i++) {
                double ahead = x[i] + 0.2 * CURVATURES[i] * x[i] / Math.sqrt(square);
                x[i] -= rate * (CURVATURES[i] * ahead + 0.3 * x[i]);
            }
        }
        Minimizer minimizer = Minimizer.of(Rules.sam(0.2), Schedule.of("halved", k -> k < 5 ? 0.1 : 0.05))
                .withRegularization(Regularization.none().withWeightDecay(0.3))
                .withSteps(30);
        assertArrayEquals(x, minimizer.minimize(bowl(), START).point().data, 1e-13);
    }

    @Test
    void everyRuleGoesDown() {
        List<UpdateRule> rules = List.of(
                Rules.plain(),
                Rules.heavyBall(0.5),
                Rules.nesterov(0.5),
                Rules.rmsprop(),
                Rules.adam(),
                Rules.adamw(0.01),
                Rules.normalised(),
                Rules.sam(0.05),
                Rules.sign());
        double start = bowl().value(START);
        for (UpdateRule rule : rules) {
            MinimizerResult found =
                    Minimizer.of(rule, Schedules.constant(0.02)).withSteps(300).minimize(bowl(), START);
            assertTrue(found.value() < 0.1 * start, rule.name() + ": " + found);
        }
    }

    @Test
    void endsWhereTheGradientIsSmall() {
        MinimizerResult found =
                Minimizer.of(Rules.plain(), 0.3).withGradientTolerance(1e-6).minimize(bowl(), START);
        assertEquals(MinimizerStatus.GRADIENT, found.status());
        assertTrue(found.gradientNorm() <= 1e-6);
        MinimizerResult before =
                Minimizer.of(Rules.plain(), 0.3).withSteps(found.steps() - 1).minimize(bowl(), START);
        assertTrue(before.gradientNorm() > 1e-6);
        DMatrixRMaj bottom = new DMatrixRMaj(2, 2);
        assertEquals(
                0, Minimizer.of(Rules.plain(), 0.3).minimize(bowl(), bottom).steps());
    }

    @Test
    void endsWhereTheValueIsSmall() {
        MinimizerResult found =
                Minimizer.of(Rules.plain(), 0.3).withTargetValue(0.01).minimize(bowl(), START);
        assertEquals(MinimizerStatus.VALUE, found.status());
        assertTrue(found.value() <= 0.01);
        MinimizerResult before =
                Minimizer.of(Rules.plain(), 0.3).withSteps(found.steps() - 1).minimize(bowl(), START);
        assertTrue(before.value() > 0.01);
    }

    @Test
    void keepsTheLastPointOfARunThatDiverges() {
        MinimizerResult found = Minimizer.of(Rules.plain(), 10).minimize(bowl(), START);
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
        MinimizerResult found =
                Minimizer.of(Rules.plain(), 1e-12).withSteps(Long.MAX_VALUE).minimize(bowl(), START);
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
        Minimizer minimizer = Minimizer.of(Rules.heavyBall(0.5), 0.1)
                .withNoise(ParameterNoise.ofFactor(0.7, factor))
                .withSeed(9)
                .withSteps(20);
        assertArrayEquals(x, minimizer.minimize(bowl(), START).point().data, 1e-13);
        Minimizer other = minimizer.withSeed(8);
        assertTrue(Math.abs(x[0] - other.minimize(bowl(), START).point().data[0]) > 1e-3);
    }

    /**
     * In two parts, the second after a way through bytes, with the bits of one; every rule, with noise and schedule.
     */
    @Test
    void goesOnAsIfItHadNeverStopped() throws IOException {
        for (PartKind<UpdateRule> kind : Rules.kinds()) {
            UpdateRule rule = kind.make(kind.name().equals("heavy-ball") ? Map.of("momentum", 0.7) : Map.of());
            Minimizer whole = Minimizer.of(
                            rule, Schedules.cosine(0.02, 0.001, 60).withWarmUp(5))
                    .withNoise(ParameterNoise.ofFactor(0.1, new DMatrixRMaj(4, 1, true, 1, 2, 3, 4)))
                    .withSeed(5)
                    .withSteps(70);
            StateSettings settings = StateSettings.of(whole).with("function", "bowl");
            OptimiserState half = whole.withSteps(23).minimize(bowl(), START).state();
            assertEquals(23, half.step());
            SavedState saved = SavedState.of(States.of(half, settings).toBytes());
            MinimizerResult resumed = whole.resume(bowl(), States.state(saved, settings));
            MinimizerResult undisturbed = whole.minimize(bowl(), START);
            assertArrayEquals(undisturbed.point().data, resumed.point().data, rule.name());
            assertEquals(70, resumed.steps());
            for (String name : rule.memory()) {
                assertArrayEquals(
                        undisturbed.state().memory(name), resumed.state().memory(name), name);
            }
        }
    }

    @Test
    void refusesStatesOfOthers() {
        Minimizer minimizer = Minimizer.of(Rules.heavyBall(0.5), 0.1).withSteps(10);
        OptimiserState state = minimizer.minimize(bowl(), START).state();
        refused(
                "resume: steps of from is 10, must be at most 9",
                () -> minimizer.withSteps(9).resume(bowl(), state));
        refused(
                "resume: seed of from is 0, must be 3",
                () -> minimizer.withSeed(3).resume(bowl(), state));
        refused(
                "resume: what from remembers is [velocity], must be []",
                () -> Minimizer.of(Rules.plain(), 0.1).resume(bowl(), state));
        OptimiserState other = OptimiserState.of(1, 0, 0, 1, new double[3], Map.of("velocity", new double[3]));
        refused(
                "resume: from is " + other + ", must be of 4 parameters in 1 lane",
                () -> minimizer.resume(bowl(), other));
        StateSettings settings = StateSettings.of(minimizer);
        assertEquals(
                "resume: learning rate in the saved state is 0.1, must be 0.2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> States.state(
                                        States.of(state, settings),
                                        StateSettings.of(Minimizer.of(Rules.heavyBall(0.5), 0.2))))
                        .getMessage());
        assertEquals(
                "MinimizerResult.state: the minimisation is DIVERGED, must be not diverged",
                assertThrows(
                                IllegalStateException.class,
                                () -> Minimizer.of(Rules.plain(), 10)
                                        .minimize(bowl(), START)
                                        .state())
                        .getMessage());
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refused("Minimizer: learningRate is 0.0, must be positive and finite", () -> Minimizer.of(Rules.plain(), 0));
        Minimizer minimizer = Minimizer.of(Rules.plain(), 0.1);
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
