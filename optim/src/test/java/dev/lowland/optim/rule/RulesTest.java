package dev.lowland.optim.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules on L(x) = Σ_j (a_j x_j²/2 + x_j⁴/4), against the formulas written down anew, entry by entry and in other words,
 * and against a few steps worked out by hand.
 */
class RulesTest {

    private static final int STEPS = 1000;
    private static final int SIZE = 19;
    private static final double[] A = new double[SIZE];
    private static final double[] START = new double[SIZE];

    static {
        for (int j = 0; j < SIZE; j++) {
            A[j] = 0.3 + 0.1 * j;
            START[j] = Math.cos(1.7 * j) * 1.2;
        }
    }

    /** Formulas as the references have them. */
    private interface Reference {
        void step(int t, double rate, double[] x, double[] first, double[] second);
    }

    private record Case(UpdateRule rule, double rate, Reference reference) {
        @Override
        public String toString() {
            return rule.name();
        }
    }

    private static double slope(int j, double x) {
        return x * (A[j] + x * x);
    }

    private static double[] slopes(double[] x) {
        double[] g = new double[SIZE];
        for (int j = 0; j < SIZE; j++) {
            g[j] = slope(j, x[j]);
        }
        return g;
    }

    private static double norm(double[] g) {
        double sum = 0;
        for (int j = SIZE - 1; j >= 0; j--) {
            sum = Math.fma(g[j], g[j], sum);
        }
        return Math.sqrt(sum);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Rules.plain(), 0.05, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        x[j] = x[j] - r * slope(j, x[j]);
                    }
                }),
                new Case(Rules.heavyBall(0.8), 0.05, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        double before = t == 1 ? x[j] : m[j];
                        double next = x[j] - r * slope(j, x[j]) + 0.8 * (x[j] - before);
                        m[j] = x[j];
                        x[j] = next;
                    }
                }),
                new Case(Rules.nesterov(0.9), 0.02, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        double g = slope(j, x[j]);
                        m[j] = t == 1 ? g : 0.9 * m[j] + g;
                        x[j] = x[j] - r * g - r * 0.9 * m[j];
                    }
                }),
                new Case(Rules.rmsprop(), 0.01, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        double g = slope(j, x[j]);
                        v[j] = v[j] + (g * g - v[j]) * (1 - 0.99);
                        x[j] = x[j] - r * (g / (Math.sqrt(v[j]) + 1e-8));
                    }
                }),
                new Case(Rules.adam(), 0.01, RulesTest::adam),
                new Case(Rules.adamw(0.04), 0.01, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        m[SIZE + j] = x[j];
                    }
                    double[] g = slopes(x);
                    for (int j = 0; j < SIZE; j++) {
                        x[j] *= 1 - r * 0.04;
                    }
                    moments(t, r, g, x, m, v);
                }),
                new Case(Rules.normalised(), 0.003, (t, r, x, m, v) -> {
                    double[] g = slopes(x);
                    double length = norm(g);
                    for (int j = 0; j < SIZE; j++) {
                        x[j] = x[j] - r * g[j] / length;
                    }
                }),
                new Case(Rules.sam(0.1), 0.02, (t, r, x, m, v) -> {
                    double[] g = slopes(x);
                    double length = norm(g);
                    for (int j = 0; j < SIZE; j++) {
                        x[j] = x[j] - r * slope(j, x[j] + 0.1 * g[j] / length);
                    }
                }),
                new Case(Rules.sign(), 0.001, (t, r, x, m, v) -> {
                    for (int j = 0; j < SIZE; j++) {
                        double g = slope(j, x[j]);
                        x[j] = g > 0 ? x[j] - r : g < 0 ? x[j] + r : x[j];
                    }
                }));
    }

    private static void adam(int t, double r, double[] x, double[] m, double[] v) {
        moments(t, r, slopes(x), x, m, v);
    }

    /** Kingma's and Ba's algorithm 1, with the powers as products. */
    private static void moments(int t, double r, double[] g, double[] x, double[] m, double[] v) {
        double power1 = 1;
        double power2 = 1;
        for (int i = 0; i < t; i++) {
            power1 *= 0.9;
            power2 *= 0.999;
        }
        for (int j = 0; j < SIZE; j++) {
            m[j] = m[j] + (g[j] - m[j]) * (1 - 0.9);
            v[j] = v[j] + (g[j] * g[j] - v[j]) * (1 - 0.999);
            double mean = m[j] / (1 - power1);
            double square = v[j] / (1 - power2);
            x[j] = x[j] - r * mean / (Math.sqrt(square) + 1e-8);
        }
    }

    /** θ after some steps of a rule, in every lane. */
    private static double[] run(UpdateRule rule, Schedule schedule, Regularization shape, int steps, int lanes) {
        LanedUpdate update = LanedUpdate.of(rule, shape, SIZE, lanes);
        update.settle(0, lanes, rule, schedule, shape);
        double[] theta = new double[SIZE * lanes];
        double[][] memory = new double[rule.memory().size()][SIZE * lanes];
        for (int e = 0; e < theta.length; e++) {
            theta[e] = START[e / lanes];
        }
        double[] gradient = new double[SIZE * lanes];
        double[] kept = new double[SIZE * lanes];
        for (int k = 0; k < steps; k++) {
            fill(theta, gradient, lanes);
            if (rule.looksAhead()) {
                System.arraycopy(theta, 0, kept, 0, kept.length);
                update.lookAhead(k, gradient, theta);
                fill(theta, gradient, lanes);
                System.arraycopy(kept, 0, theta, 0, kept.length);
            }
            update.update(k, gradient, theta, memory);
        }
        return theta;
    }

    private static void fill(double[] theta, double[] gradient, int lanes) {
        for (int e = 0; e < theta.length; e++) {
            gradient[e] = slope(e / lanes, theta[e]);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aThousandStepsAreThoseOfTheReference(Case of) {
        double[] expected = START.clone();
        double[] first = new double[2 * SIZE];
        double[] second = new double[SIZE];
        for (int t = 1; t <= STEPS; t++) {
            of.reference.step(t, of.rate, expected, first, second);
            if (t <= 3 || t == 30 || t == 300 || t == STEPS) {
                double[] found = run(of.rule, Schedules.constant(of.rate), Regularization.none(), t, 1);
                assertArrayEquals(expected, found, 1e-12, "after " + t + " steps");
            }
        }
    }

    /** By hand, from θ = 1 with g = 2 and then g = −1, η = 0.1. */
    @Test
    void twoStepsByHand() {
        assertSteps(Rules.plain(), 0.8, 0.9);
        assertSteps(Rules.heavyBall(0.5), 0.8, 0.8);
        assertSteps(Rules.nesterov(0.5), 0.7, 0.8);
        assertSteps(Rules.rmsprop(0.75, 1), 1 - 0.1 * 2 / (1 + 1), 0.9 + 0.1 / (Math.sqrt(0.75 + 0.25) + 1));
        // m: 1, 0.25 over ½, ¾; v: 1, 1 over ¼, 7/16
        assertSteps(
                Rules.adam(0.5, 0.75, 1),
                1 - 0.1 * 2 / (2 + 1),
                1 - 0.1 * 2 / 3 - 0.1 * 0.0 / 0.75 / (Math.sqrt(1 / 0.4375) + 1));
        assertSteps(Rules.normalised(), 0.9, 1.0);
        assertSteps(Rules.sign(), 0.9, 1.0);
    }

    private static void assertSteps(UpdateRule rule, double first, double second) {
        LanedUpdate update = LanedUpdate.of(rule, Regularization.none(), 1, 1);
        update.settle(0, 1, rule, Schedules.constant(0.1), Regularization.none());
        double[] theta = {1};
        double[][] memory = new double[rule.memory().size()][1];
        update.update(0, new double[] {2}, theta, memory);
        assertEquals(first, theta[0], 1e-15, rule.name());
        update.update(1, new double[] {-1}, theta, memory);
        assertEquals(second, theta[0], 1e-15, rule.name());
    }

    /** Where the gradient is 0 nothing has a direction, and no rule moves; in lanes, others do. */
    @Test
    void aGradientOfZeroMovesNothing() {
        for (UpdateRule rule :
                List.of(Rules.normalised(), Rules.sign(), Rules.sam(0.3), Rules.adam(), Rules.rmsprop())) {
            LanedUpdate update = LanedUpdate.of(rule, Regularization.none(), 2, 2);
            update.settle(0, 2, rule, Schedules.constant(0.1), Regularization.none());
            double[] theta = {1, 2, 3, 4};
            double[] gradient = {0, 5, 0, 0};
            double[] ahead = theta.clone();
            if (rule.looksAhead()) {
                update.lookAhead(0, gradient, ahead);
                assertArrayEquals(new double[] {1, 2.3, 3, 4}, ahead, 1e-15);
            }
            update.update(0, gradient, theta, new double[rule.memory().size()][4]);
            assertArrayEquals(new double[] {1, 3, 4}, new double[] {theta[0], theta[2], theta[3]}, rule.name());
            assertTrue(theta[1] < 2, rule.name());
        }
    }

    /** Clipping by value, then by norm, then weight decay; and weight decay beside the gradient. */
    @Test
    void regularizationByHand() {
        double[] g = {30, 4, 0};
        assertShaped(Regularization.none().withClipValue(3), g, 1 - 0.3, 1 - 0.3, 1);
        assertShaped(Regularization.none().withClipNorm(5), new double[] {6, 8, 0}, 1 - 0.3, 1 - 0.4, 1);
        assertShaped(Regularization.none().withClipNorm(20), new double[] {6, 8, 0}, 1 - 0.6, 1 - 0.8, 1);
        assertShaped(
                Regularization.none().withClipValue(4).withClipNorm(2), g, 1 - Math.sqrt(0.02), 1 - Math.sqrt(0.02), 1);
        assertShaped(Regularization.none().withWeightDecay(0.5), new double[] {1, 2, 0}, 0.85, 0.75, 0.95);
        assertShaped(Regularization.none().withDecoupledWeightDecay(0.5), new double[] {1, 2, 0}, 0.85, 0.75, 0.95);
        assertShaped(
                Regularization.none().withWeightDecay(0.5).withClipNorm(1), new double[] {3, 0, 0}, 0.85, 0.95, 0.95);
    }

    private static void assertShaped(Regularization shape, double[] gradient, double... expected) {
        LanedUpdate update = LanedUpdate.of(Rules.plain(), shape, 3, 1);
        update.settle(0, 1, Rules.plain(), Schedules.constant(0.1), shape);
        double[] theta = {1, 1, 1};
        double[] given = gradient.clone();
        update.update(0, given, theta, new double[0][]);
        assertArrayEquals(expected, theta, 1e-15);
        assertArrayEquals(gradient, given, "the gradient is not modified");
    }

    static Stream<Regularization> shapes() {
        Regularization none = Regularization.none();
        return Stream.of(
                none,
                none.withClipNorm(0.4),
                none.withClipValue(0.2).withWeightDecay(0.1),
                none.withDecoupledWeightDecay(0.3));
    }

    /** The same bits, one lane or many. */
    @ParameterizedTest
    @MethodSource("shapes")
    void lanesAreSingleRuns(Regularization shape) {
        Schedule schedule = Schedules.cosine(0.01, 0.001, 60).withWarmUp(7);
        for (PartKind<UpdateRule> kind : Rules.kinds()) {
            if (kind.name().equals("adamw") && shape.weightDecay() > 0) {
                continue;
            }
            UpdateRule rule = kind.make(kind.name().equals("heavy-ball") ? Map.of("momentum", 0.7) : Map.of());
            double[] single = run(rule, schedule, shape, 90, 1);
            for (int lanes : new int[] {3, 64}) {
                double[] block = run(rule, schedule, shape, 90, lanes);
                for (int e = 0; e < block.length; e++) {
                    assertEquals(single[e / lanes], block[e], rule.name() + " in " + lanes + " lanes");
                }
            }
        }
    }

    /** Lanes with numbers of their own, against the single run of each. */
    @Test
    void lanesMayDiffer() {
        int lanes = 5;
        for (PartKind<UpdateRule> kind : Rules.kinds()) {
            Regularization first = Regularization.none().withClipNorm(0.5);
            UpdateRule any = made(kind, 0);
            LanedUpdate update = LanedUpdate.of(any, first, SIZE, lanes);
            double[] theta = new double[SIZE * lanes];
            double[][] memory = new double[any.memory().size()][SIZE * lanes];
            for (int e = 0; e < theta.length; e++) {
                theta[e] = START[e / lanes];
            }
            for (int l = 0; l < lanes; l++) {
                update.settle(l, 1, made(kind, l), Schedules.constant(0.01 + 0.001 * l), first.withClipNorm(0.5 + l));
            }
            double[] gradient = new double[theta.length];
            double[] kept = new double[theta.length];
            for (int k = 0; k < 50; k++) {
                fill(theta, gradient, lanes);
                if (any.looksAhead()) {
                    System.arraycopy(theta, 0, kept, 0, kept.length);
                    update.lookAhead(k, gradient, theta);
                    fill(theta, gradient, lanes);
                    System.arraycopy(kept, 0, theta, 0, kept.length);
                }
                update.update(k, gradient, theta, memory);
            }
            for (int l = 0; l < lanes; l++) {
                double[] single =
                        run(made(kind, l), Schedules.constant(0.01 + 0.001 * l), first.withClipNorm(0.5 + l), 50, 1);
                for (int i = 0; i < SIZE; i++) {
                    assertEquals(single[i], theta[i * lanes + l], kind.name());
                }
            }
        }
    }

    private static UpdateRule made(PartKind<UpdateRule> kind, int lane) {
        return switch (kind.name()) {
            case "heavy-ball", "nesterov" -> kind.make(Map.of("momentum", 0.5 + 0.05 * lane));
            case "adam", "adamw" -> kind.make(Map.of("beta1", 0.5 + 0.05 * lane, "epsilon", 0.01 * (1 + lane)));
            case "rmsprop" -> kind.make(Map.of("beta2", 0.9 + 0.01 * lane));
            case "sam" -> kind.make(Map.of("rho", 0.01 * (1 + lane)));
            default -> kind.make(Map.of());
        };
    }

    @Test
    void whatIsNoRuleIsRefusedByName() {
        refused("heavy-ball: momentum is 1.0, must be in [0.0, 1.0)", () -> Rules.heavyBall(1));
        refused("adam: beta2 is 1.0, must be in [0.0, 1.0)", () -> Rules.adam(0.9, 1, 1e-8));
        refused("rmsprop: epsilon is 0.0, must be positive and finite", () -> Rules.rmsprop(0.9, 0));
        refused("sam: base is sam, must be a rule that takes one gradient a step", () -> Rules.sam(1, Rules.sam(1)));
        refused("sam: rho is -1.0, must be ≥ 0 and finite", () -> Rules.sam(-1));
        refused(
                "adam: field is beta3, must be one of beta1, beta2, epsilon",
                () -> kind("adam").make(Map.of("beta3", 1.0)));
        refused(
                "heavy-ball: momentum is missing, must be given",
                () -> kind("heavy-ball").make(Map.of()));
        LanedUpdate update = LanedUpdate.of(Rules.adam(), Regularization.none(), 1, 2);
        refused(
                "LanedUpdate: rule of a lane is sign, must be adam, as that of the others",
                () -> update.settle(0, 1, Rules.sign(), Schedules.constant(1), Regularization.none()));
        update.settle(0, 1, Rules.adam(), Schedules.constant(1), Regularization.none());
        assertEquals(
                "LanedUpdate: lane 1 is without numbers, must be settled",
                assertThrows(
                                IllegalStateException.class,
                                () -> update.update(0, new double[2], new double[2], new double[2][2]))
                        .getMessage());
    }

    private static PartKind<UpdateRule> kind(String name) {
        return Rules.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    @Test
    void aRuleOfOnesOwn() {
        UpdateRule half = new UpdateRule() {
            @Override
            public String name() {
                return "half";
            }

            @Override
            public List<String> memory() {
                return List.of("count");
            }

            @Override
            public void update(RuleStep step) {
                for (int e = step.from(); e < step.from() + step.count(); e++) {
                    step.memory(0)[e]++;
                    step.parameters()[e] -= 0.5 * step.gradient()[e] / step.memory(0)[e];
                }
            }
        };
        LanedUpdate update = LanedUpdate.of(half, Regularization.none(), 1, 1);
        update.settle(0, 1, half, Schedules.constant(1), Regularization.none());
        double[] theta = {1};
        double[][] memory = {{0}};
        update.update(0, new double[] {1}, theta, memory);
        update.update(1, new double[] {1}, theta, memory);
        assertEquals(0.25, theta[0]);
    }

    /** Norms where squares leave the range of numbers. */
    @Test
    void normsOfAnySize() {
        for (int lanes : new int[] {1, 3}) {
            double[] g = new double[9 * lanes];
            for (double size : new double[] {1e-200, 1e200, 0, 1}) {
                java.util.Arrays.fill(g, size);
                double[] norms = new double[lanes];
                new LanedNorms(lanes).of(g, norms);
                for (double norm : norms) {
                    assertEquals(3 * size, norm, 1e-15 * 3 * size);
                }
            }
        }
    }
}
