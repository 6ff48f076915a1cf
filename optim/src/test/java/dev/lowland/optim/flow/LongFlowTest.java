package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long steps against the plain steps that they stand for. */
@Tag("slow")
@Tag("once")
class LongFlowTest {

    private static LabelNoiseSgd optimiser(Problems problem, double sharpness, double momentum, double lambda) {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        int n = problem.objective().sampleCount();
        return LabelNoiseSgd.of(eta)
                .withMomentum(momentum)
                .withLabelNoise(Math.sqrt(lambda * n * (1 - momentum) / eta));
    }

    private static void checkAgainstPlain(SlowFlow flow, DMatrixRMaj theta, long steps, double tolerance) {
        long[] checkpoints = {steps / 7, steps / 2, steps};
        SlowFlowResult plain = flow.run(theta, checkpoints);
        SlowFlowResult quick = flow.withLongSteps(tolerance).run(theta, checkpoints);
        assertEquals(FlowStatus.FINISHED, quick.status());
        assertEquals(steps, quick.steps());
        for (int i = 0; i < 3; i++) {
            DMatrixRMaj expected = plain.path().get(i).parameters();
            double error = Close.distance(expected, quick.path().get(i).parameters());
            double stated = quick.path().get(i).errorEstimate();
            String what = "after " + checkpoints[i] + " steps: error " + error + ", stated " + stated + ", moved "
                    + Close.distance(expected, theta) + ", long " + quick.longSteps() + ", plain " + quick.plainSteps();
            assertTrue(error <= stated, what);
            assertTrue(error <= tolerance, what);
            assertTrue(stated <= 10 * tolerance, what);
            assertTrue(Close.distance(expected, theta) > 100 * tolerance, what);
        }
        assertEquals(quick.errorEstimate(), quick.path().get(2).errorEstimate());
        assertTrue(quick.longSteps() > 4, () -> quick.longSteps() + " long steps");
        assertEquals(0, plain.errorEstimate());
        assertEquals(0, plain.longSteps());
        assertEquals(steps, plain.plainSteps());
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0, 1e-5, 1e-4", "1.5, 0, 1e-4, 1e-5", "1.0, 0.9, 1e-4, 1e-5", "1.0, 0, 1e-5, 1e-7"})
    void agreeWithPlainStepsWithinTheStatedError(double sharpness, double momentum, double lambda, double tolerance) {
        Problems problem = Problems.table(5);
        SlowFlow flow = SlowFlow.of(problem.objective(), optimiser(problem, sharpness, momentum, lambda));
        checkAgainstPlain(flow, problem.theta(), 100_000, tolerance);
    }

    @Test
    void agreeOnANetwork() {
        Problems mlp = Problems.interpolated(Models.mlp(2, 4, 1).withActivation(Activation.TANH), 4, 5);
        SlowFlow flow = SlowFlow.of(mlp.objective(), optimiser(mlp, 0.8, 0, 2e-5));
        checkAgainstPlain(flow, mlp.theta(), 60_000, 1e-4);
    }

    @Test
    void followDriftsWithoutAPotential() {
        Problems problem = Problems.table(5);
        LabelNoiseSgd sgd = optimiser(problem, 0.3, 0, 1e-4).withBatchSize(1);
        checkAgainstPlain(Fluctuations.of(problem.objective(), sgd).slowFlow(), problem.theta(), 20_000, 1e-5);
    }

    /** A start off the floor takes plain steps until it has settled. */
    @Test
    void startAnywhereInTheBasin() {
        Problems problem = Problems.table(5);
        DMatrixRMaj theta = problem.theta().copy();
        for (int i = 0; i < 6; i++) {
            theta.data[i] += 0.05 * (i % 2 == 0 ? 1 : -1);
        }
        SlowFlow flow = SlowFlow.of(problem.objective(), optimiser(problem, 1.0, 0.5, 1e-4));
        checkAgainstPlain(flow, theta, 100_000, 1e-5);
    }

    @Test
    void saySoWhereTheDriftEnds() {
        Problems problem = Problems.table(5);
        LabelNoiseSgd sgd = optimiser(problem, 1.5, 0, 1e-4);
        SlowFlow flow = SlowFlow.of(problem.objective(), sgd);
        DriftPotential uphill = new ScaledPotential(flow.potential().orElseThrow(), -1);
        SlowFlowResult plain = flow.withDrift(uphill).run(problem.theta(), 200_000);
        SlowFlowResult quick = flow.withDrift(uphill).withLongSteps(1e-5).run(problem.theta(), 200_000);
        assertTrue(plain.status() != FlowStatus.FINISHED, plain.status()::toString);
        assertEquals(plain.status(), quick.status());
        assertEquals(plain.steps(), quick.steps(), 0.02 * plain.steps());
    }

    @Test
    void tooSmallATolerancePaysInPlainSteps() {
        Problems problem = Problems.table(5);
        SlowFlow flow = SlowFlow.of(problem.objective(), optimiser(problem, 1.0, 0, 1e-4));
        SlowFlowResult quick = flow.withLongSteps(1e-300).run(problem.theta(), 2_000);
        assertEquals(0, quick.longSteps());
        assertEquals(0, Close.distance(flow.run(problem.theta(), 2_000).parameters(), quick.parameters()));
    }

    @Test
    void refuseBadTolerances() {
        Objective objective = Problems.table(5).objective();
        SlowFlow flow = SlowFlow.of(objective, LabelNoiseSgd.of(0.1).withLabelNoise(0.1));
        assertThrows(IllegalArgumentException.class, () -> flow.withLongSteps(0));
        assertThrows(IllegalArgumentException.class, () -> flow.withLongSteps(Double.NaN));
    }
}
