package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Covariances of mini-batch runs against ensembles, from a zero-loss point and with noise so weak that the runs stay
 * where the recursion is linear: the prediction is exact but for terms of order λ = 10⁻⁸. The sizes are fixed
 * beforehand so that four standard errors are below 1 %.
 */
@Tag("slow")
class FluctuationSimulationTest {

    private static final double LAMBDA = 1e-8;
    private static final Problems PROBLEM = Problems.table(5);

    private static LabelNoiseSgd optimiser(double sharpness, double momentum, int batch) {
        double top = QuarterTrace.of(PROBLEM.objective()).at(PROBLEM.theta()).topEigenvalue();
        double eta = sharpness * (1 + momentum) / top;
        return LabelNoiseSgd.of(eta)
                .withMomentum(momentum)
                .withBatchSize(batch)
                .withLabelNoise(Math.sqrt(LAMBDA * batch * (1 - momentum) / eta));
    }

    /** A measured mean of |ξ|² with its standard error. */
    private record Spread(double mean, double standardError) {}

    private static Spread measure(LabelNoiseSgd sgd, int replicas, long steps) {
        DMatrixRMaj states = Ensemble.of(PROBLEM.objective(), sgd)
                .withReplicas(replicas)
                .withStates(true)
                .run(PROBLEM.theta(), steps)
                .states()
                .get(0);
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < replicas; r++) {
            double size = 0;
            for (int i = 0; i < 6; i++) {
                double entry = states.get(r, i) - PROBLEM.theta().data[i];
                size += entry * entry;
            }
            sum += size;
            squares += size * size;
        }
        double mean = sum / replicas;
        return new Spread(mean, Math.sqrt((squares / replicas - mean * mean) / replicas));
    }

    private static double trace(Fluctuations fluctuations, long steps) {
        DMatrixRMaj s = new DMatrixRMaj(6, 6);
        PointFluctuations here = fluctuations.at(PROBLEM.theta());
        assertEquals(LyapunovStatus.STABLE, here.status(), here.reason());
        if (steps == Long.MAX_VALUE) {
            here.covariance(s);
        } else {
            here.afterSteps(steps, s);
        }
        return CommonOps_DDRM.trace(s);
    }

    private static void check(LabelNoiseSgd sgd, int replicas, long steps, boolean stationary) {
        long predictedFor = stationary ? Long.MAX_VALUE : steps;
        double exact = trace(Fluctuations.of(PROBLEM.objective(), sgd), predictedFor);
        double paper = trace(Fluctuations.inPaper(PROBLEM.objective(), sgd), predictedFor);
        Spread found = measure(sgd, replicas, steps);
        String what = sgd + ": measured " + found.mean() / exact + " ± " + found.standardError() / exact
                + " of the exact S, which is " + exact / paper + " of the paper's";
        assertTrue(4 * found.standardError() < 0.01 * exact, what);
        assertEquals(exact, found.mean(), 4 * found.standardError() + 1e-3 * exact, what);
        if (exact - paper > 0.03 * exact) {
            assertTrue(found.mean() - paper > 6 * found.standardError(), what);
        }
    }

    @Test
    void aFewStepsOfBatchesOfOneAndTwo() {
        check(optimiser(0.5, 0, 1), 400_000, 12, false);
        check(optimiser(0.5, 0.6, 2), 400_000, 12, false);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1", "0.2, 2", "0.2, 4", "0.2, 16", "0.5, 1", "0.5, 2", "0.5, 4", "0.5, 16"})
    @Tag("long")
    @Tag("once")
    void batchesOfEverySizeAtStationarity(double sharpness, int batch) {
        LabelNoiseSgd sgd = optimiser(sharpness, 0, batch);
        long steps = settled(sgd);
        check(sgd, batch == 1 ? 600_000 : 300_000, steps, true);
    }

    /** Steps after which the covariance is within 10⁻³ of its limit. */
    private static long settled(LabelNoiseSgd sgd) {
        Fluctuations fluctuations = Fluctuations.of(PROBLEM.objective(), sgd);
        double limit = trace(fluctuations, Long.MAX_VALUE);
        long steps = 16;
        while (trace(fluctuations, steps) < 0.9995 * limit) {
            steps *= 2;
        }
        return steps;
    }

    @Test
    @Tag("long")
    @Tag("once")
    void momentumWithDrawnBatchesAtStationarity() {
        LabelNoiseSgd sgd = optimiser(0.1, 0.8, 2);
        check(sgd, 300_000, settled(sgd), true);
    }
}
