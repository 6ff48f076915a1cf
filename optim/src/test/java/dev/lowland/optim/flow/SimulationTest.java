package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.fluctuation.StationaryCovariance;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions against runs: the two share the objective and nothing else. */
class SimulationTest {

    @ParameterizedTest
    @CsvSource({"1.0, 0, 1500", "1.6, 0, 800", "1.2, 0.6, 600"})
    void ensemblesDriftAsTheSlowFlowSays(double sharpness, double momentum, long steps) {
        drift(sharpness, momentum, steps, 768);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0, 15000", "1.0, 0, 2100", "1.6, 0, 900"})
    @Tag("long")
    @Tag("once")
    void ensemblesOfFourThousandDriftAsTheSlowFlowSays(double sharpness, double momentum, long steps) {
        drift(sharpness, momentum, steps, 4000);
    }

    /** The table in the notes on the theory: λ = 2e-4, f = ⟨x, u²⟩, full batch, from a point of zero loss. */
    private static void drift(double sharpness, double momentum, long steps, int replicas) {
        Problems problem = Problems.table(5);
        Objective objective = problem.objective();
        double top = QuarterTrace.of(objective).at(problem.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        double lambda = 2e-4;
        LabelNoiseSgd sgd = LabelNoiseSgd.of(eta)
                .withMomentum(momentum)
                .withLabelNoise(Math.sqrt(lambda * 3 * (1 - momentum) / eta));
        assertEquals(lambda, sgd.regularizationStrength(objective), 1e-16);
        SlowFlow flow = SlowFlow.of(objective, sgd);
        DMatrixRMaj direction = minus(flow.run(problem.theta(), steps).parameters(), problem.theta());
        double displacement = Math.sqrt(CommonOps_DDRM.dot(direction, direction));
        CommonOps_DDRM.divide(direction, displacement);
        EnsembleResult result = Ensemble.of(objective, sgd)
                .withReplicas(replicas)
                .withThreads(2)
                .run(problem.theta(), steps);
        assertEquals(RunStatus.FINISHED, result.status());
        Moments moments = result.last();
        double measured = CommonOps_DDRM.dot(direction, minus(moments.mean(), problem.theta()));
        double error = moments.standardErrorAlong(direction);
        assertTrue(4 * error < 0.02 * displacement, () -> "too few replicas: " + error + " of " + displacement);
        assertEquals(displacement, measured, 4 * error + 0.005 * displacement);
        refused("no drift", 0, measured, error);
        refused("strength + 10 %", along(flow.withStrength(1.1 * lambda), problem, steps, direction), measured, error);
        DriftPotential half = new ScaledPotential(flow.potential().orElseThrow(), 0.5);
        refused("half of R", along(flow.withDrift(half), problem, steps, direction), measured, error);
        if (sharpness > 0.5) {
            QuarterTrace quarter = QuarterTrace.of(objective);
            refused("tr H/4", along(flow.withDrift(quarter), problem, steps, direction), measured, error);
        }
    }

    private static double along(SlowFlow flow, Problems problem, long steps, DMatrixRMaj direction) {
        DMatrixRMaj end = flow.run(problem.theta(), steps).parameters();
        return CommonOps_DDRM.dot(direction, minus(end, problem.theta()));
    }

    private static void refused(String theory, double predicted, double measured, double error) {
        double distance = Math.abs(predicted - measured) / error;
        assertTrue(distance > 6, () -> theory + " is only " + distance + " standard errors away");
    }

    /** A linear model's fluctuations are exactly the recursion's, at every step and for every law of the noise. */
    @Tag("slow")
    @Test
    void linearModelsFluctuateAsTheRecursionSays() {
        Problems problem = Problems.interpolated(Models.linear(3), 2, 3);
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        for (double momentum : new double[] {0, 0.7}) {
            for (NoiseLaw law : new NoiseLaw[] {NoiseLaw.RADEMACHER, NoiseLaw.GAUSSIAN}) {
                LabelNoiseSgd sgd = LabelNoiseSgd.of(1.4 * (1 + momentum) / top)
                        .withMomentum(momentum)
                        .withLabelNoise(0.3)
                        .withNoiseLaw(law);
                int replicas = 20_000;
                EnsembleResult result = Ensemble.of(problem.objective(), sgd)
                        .withReplicas(replicas)
                        .withThreads(2)
                        .run(problem.theta(), new long[] {3, 60});
                for (Moments moments : result.checkpoints()) {
                    DMatrixRMaj predicted = new DMatrixRMaj(3, 3);
                    StationaryCovariance.of(problem.objective(), sgd)
                            .afterSteps(problem.theta(), moments.step(), predicted);
                    Close.check(
                            "covariance", predicted, moments.covariance().orElseThrow(), 5 * Math.sqrt(2.0 / replicas));
                    assertTrue(Close.distance(problem.theta(), moments.mean())
                            < 5 * Math.sqrt(CommonOps_DDRM.trace(predicted) / replicas));
                }
            }
        }
    }

    private static DMatrixRMaj minus(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(a.numRows, 1);
        CommonOps_DDRM.subtract(a, b, difference);
        return difference;
    }
}
