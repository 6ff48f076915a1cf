package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowFlowTest {

    private final Problems problem = Problems.unfitted(Models.quadratic(2), 3, 1);
    private final LabelNoiseSgd sgd = LabelNoiseSgd.of(0.02).withLabelNoise(0.5).withMomentum(0.4);

    @Test
    void isTheHeavyBallOnTheRegularizedLoss() {
        double lambda = sgd.regularizationStrength(problem.objective());
        Regularizer regularizer = Regularizer.of(problem.objective(), sgd);
        DMatrixRMaj theta = problem.theta().copy();
        double[] before = theta.data.clone();
        for (int k = 0; k < 3; k++) {
            DMatrixRMaj gradient = new DMatrixRMaj(4, 1);
            DMatrixRMaj drift = new DMatrixRMaj(4, 1);
            problem.objective().gradient(theta, gradient);
            regularizer.gradient(theta, drift);
            double[] now = theta.data.clone();
            for (int i = 0; i < 4; i++) {
                theta.data[i] += 0.4 * (now[i] - before[i]) - 0.02 * (gradient.data[i] + lambda * drift.data[i]);
            }
            before = now;
        }
        SlowFlowResult result = SlowFlow.of(problem.objective(), sgd).run(problem.theta(), 3);
        assertEquals(FlowStatus.FINISHED, result.status());
        assertEquals(3, result.steps());
        Close.check("theta", theta, result.parameters(), 1e-14);
    }

    @Test
    void withoutPotentialItIsTheRunWithoutNoise() {
        DMatrixRMaj calm = sgd.withNoiseLaw(NoiseLaw.NONE)
                .run(problem.objective(), problem.theta(), 50)
                .parameters();
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        Close.check(
                "zero strength",
                calm,
                flow.withStrength(0).run(problem.theta(), 50).parameters(),
                1e-12);
        Close.check(
                "no potential",
                calm,
                flow.withDrift(new NoPotential()).run(problem.theta(), 50).parameters(),
                1e-12);
        assertTrue(Close.distance(calm, flow.run(problem.theta(), 50).parameters()) > 1e-6);
    }

    @Test
    void strengthAndFactorAreTheSame() {
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        DMatrixRMaj stronger =
                flow.withStrength(2 * flow.strength()).run(problem.theta(), 30).parameters();
        DMatrixRMaj scaled = flow.withDrift(new ScaledPotential(flow.potential().orElseThrow(), 2))
                .run(problem.theta(), 30)
                .parameters();
        Close.check("twice", stronger, scaled, 1e-13);
    }

    @Test
    void keepsTheStatesAtCheckpoints() {
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        SlowFlowResult result = flow.run(problem.theta(), new long[] {0, 4, 9});
        assertEquals(3, result.path().size());
        assertArrayEquals(problem.theta().data, result.path().get(0).parameters().data);
        assertEquals(4, result.path().get(1).step());
        assertArrayEquals(
                flow.run(problem.theta(), 4).parameters().data,
                result.path().get(1).parameters().data);
        assertArrayEquals(result.parameters().data, result.path().get(2).parameters().data);
    }

    @Test
    void stopsWhereThePotentialEnds() {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        LabelNoiseSgd large = LabelNoiseSgd.of(2.5 / top).withLabelNoise(0.1);
        SlowFlowResult result = SlowFlow.of(problem.objective(), large).run(problem.theta(), 10);
        assertEquals(FlowStatus.UNDEFINED, result.status());
        assertEquals(0, result.steps());
        assertArrayEquals(problem.theta().data, result.parameters().data);
        assertTrue(result.path().isEmpty());
    }

    @Test
    void reportsDivergence() {
        LabelNoiseSgd large = LabelNoiseSgd.of(1e6);
        SlowFlowResult result = SlowFlow.of(problem.objective(), large)
                .withDrift(new NoPotential())
                .run(problem.theta(), 1000);
        assertEquals(FlowStatus.DIVERGED, result.status());
        for (double parameter : result.parameters().data) {
            assertTrue(Math.abs(parameter) <= LabelNoiseSgd.LARGEST_PARAMETER);
        }
        assertEquals(
                FlowStatus.FINISHED,
                SlowFlow.of(problem.objective(), large)
                        .withDrift(new NoPotential())
                        .run(problem.theta(), result.steps())
                        .status());
    }

    @Test
    @Tag("once")
    void stepsAllocateNothing() {
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        flow.run(problem.theta(), 5000);
        long few = Allocation.bytes(() -> flow.run(problem.theta(), 10));
        long many = Allocation.bytes(() -> flow.run(problem.theta(), 5010));
        assertTrue(many - few < 5000, () -> "5000 steps allocate " + (many - few) + " bytes");
    }

    @Test
    void refusesBadInput() {
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        DMatrixRMaj theta = problem.theta();
        assertThrows(IllegalArgumentException.class, () -> flow.run(new DMatrixRMaj(3, 1), 1));
        assertThrows(IllegalArgumentException.class, () -> flow.run(theta, -1));
        assertThrows(IllegalArgumentException.class, () -> flow.run(theta, new long[0]));
        assertThrows(IllegalArgumentException.class, () -> flow.run(theta, new long[] {3, 3}));
        assertThrows(IllegalArgumentException.class, () -> flow.withStrength(Double.NaN));
        DMatrixRMaj nan = new DMatrixRMaj(4, 1, true, 0, 0, 0, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> flow.run(nan, 1));
    }

    /** Ascending to 1, in plain steps and in long ones, and no number changes. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6})
    void progressIsToldAndChangesNothing(double tolerance) {
        Problems problem = Problems.table(5);
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        LabelNoiseSgd sgd = LabelNoiseSgd.of(1 / top).withLabelNoise(Math.sqrt(2e-4 * 3 * top));
        SlowFlow plain = SlowFlow.of(problem.objective(), sgd);
        SlowFlow flow = tolerance > 0 ? plain.withLongSteps(tolerance) : plain;
        List<Double> told = new ArrayList<>();
        SlowFlowResult expected = flow.run(problem.theta(), 5_000);
        SlowFlowResult found = flow.withProgress(told::add).run(problem.theta(), 5_000);
        assertArrayEquals(expected.parameters().data, found.parameters().data);
        assertTrue(told.size() > 10 && told.size() <= 512, told.size() + " times");
        assertEquals(told.stream().sorted().distinct().toList(), told);
        assertTrue(told.get(0) > 0 && told.get(told.size() - 1) == 1, told::toString);
    }
}
