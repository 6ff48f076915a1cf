package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.support.Problems;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which optimisers there is a theory for, and S of those that are new against simulation of a linear model. */
class OptimiserTheoryTest {

    private static final double RATE = 0.3;
    private static final int REPLICAS = 40_000;
    private static final int STEPS = 300;

    /** f = x·W with two outputs, at zero loss; samples of very different sizes, so that drawing them matters. */
    private static Objective linear(int outputs) {
        Random random = new Random(8);
        DMatrixRMaj inputs = Problems.gaussian(5, 2, random);
        inputs.data[0] *= 2;
        return Objective.of(
                Models.deepLinear(2, outputs), Losses.square(), Data.of(inputs, new DMatrixRMaj(5, outputs)));
    }

    static Stream<Optimiser> optimisers() {
        Optimiser base = Optimiser.of(Rules.plain(), RATE).withNoise(Noise.gaussian(1));
        return Stream.of(
                base.withBatches(Batches.distinct(4)).withRule(Rules.heavyBall(0.4)),
                base.withBatches(Batches.withoutReplacement(5)),
                base.withNoise(Noise.gaussian(1).withDeviations(0.5, 2)).withBatches(Batches.distinct(3)),
                base.withRegularization(decay(0.4)).withBatches(Batches.distinct(2)),
                base.withNoise(Noise.antiCorrelated(0.3)).withRule(Rules.heavyBall(0.6)));
    }

    private static Regularization decay(double decay) {
        return Regularization.none().withWeightDecay(decay);
    }

    /** The second moments of a linear model are exact: every variance within five standard errors of its own. */
    @ParameterizedTest
    @MethodSource("optimisers")
    @Tag("slow")
    void theCovarianceIsThatOfTheRuns(Optimiser optimiser) {
        Objective objective = linear(2);
        int size = objective.parameterCount();
        DMatrixRMaj start = new DMatrixRMaj(size, 1);
        PointFluctuations at = Fluctuations.of(objective, optimiser).at(start);
        assertEquals(LyapunovStatus.STABLE, at.status());
        DMatrixRMaj expected = new DMatrixRMaj(size, size);
        at.covariance(expected);
        DMatrixRMaj states = Ensemble.of(objective, optimiser.withSeed(3))
                .withReplicas(REPLICAS)
                .withStates(true)
                .run(start, STEPS)
                .states()
                .get(0);
        for (int i = 0; i < size; i++) {
            double square = 0;
            double fourth = 0;
            for (int r = 0; r < REPLICAS; r++) {
                double deviation = states.get(r, i);
                square += deviation * deviation / REPLICAS;
                fourth += Math.pow(deviation, 4) / REPLICAS;
            }
            double error = Math.sqrt((fourth - square * square) / REPLICAS);
            assertEquals(expected.get(i, i), square, 5 * error, optimiser + " entry " + i);
        }
    }

    /** Every law of batches with every kind of noise, momentum and weight decay. */
    @Test
    void theCovarianceIsThatOfAllBatchesOneByOne() {
        Objective objective = linear(1);
        for (BatchLaw law : List.of(Batches.full(), Batches.withReplacement(3), Batches.distinct(2))) {
            for (double momentum : new double[] {0, 0.3}) {
                for (double decay : new double[] {0, 0.7}) {
                    for (double taken : new double[] {0, 0.4}) {
                        if (decay > 0 && taken > 0) {
                            continue;
                        }
                        Optimiser optimiser = Optimiser.of(Rules.heavyBall(momentum), RATE / 2)
                                .withBatches(law)
                                .withNoise(taken > 0 ? Noise.antiCorrelated(taken) : Noise.gaussian(1))
                                .withRegularization(decay(decay));
                        PointFluctuations at =
                                Fluctuations.of(objective, optimiser).at(new DMatrixRMaj(2, 1));
                        assertEquals(LyapunovStatus.STABLE, at.status(), optimiser.toString());
                        DMatrixRMaj found = new DMatrixRMaj(2, 2);
                        at.covariance(found);
                        double[] expected =
                                new EveryBatch(objective.data(), law, RATE / 2, momentum, decay, taken).covariance();
                        assertArrayEquals(expected, found.data, 1e-10 * expected[0], optimiser.toString());
                    }
                }
            }
        }
    }

    /** 1/B in place of (n − B)/(B(n − 1)) is seen. */
    @Test
    void theFactorOfDistinctBatchesIsNotThatOfDrawnOnes() {
        Objective objective = linear(2);
        Optimiser distinct =
                Optimiser.of(Rules.plain(), RATE).withNoise(Noise.gaussian(1)).withBatches(Batches.distinct(2));
        double anew = trace(objective, distinct);
        double drawn = trace(objective, distinct.withBatches(Batches.withReplacement(2)));
        double full = trace(objective, distinct.withBatches(Batches.full())) * 5 / 2;
        assertTrue(full < 0.98 * anew && anew < 0.98 * drawn, full + " < " + anew + " < " + drawn);
    }

    private static double trace(Objective objective, Optimiser optimiser) {
        return Fluctuations.of(objective, optimiser)
                .at(new DMatrixRMaj(objective.parameterCount(), 1))
                .trace();
    }

    /** One σ given twice is one σ. */
    @Test
    void evenNoiseIsTheLimitOfUnevenNoise() {
        Objective objective = linear(2);
        Optimiser even = Optimiser.of(Rules.heavyBall(0.3), RATE).withNoise(Noise.gaussian(0.7));
        Optimiser nearly = even.withNoise(Noise.gaussian(0.7).withDeviations(0.7, Math.nextUp(0.7)));
        DMatrixRMaj a = new DMatrixRMaj(4, 4);
        DMatrixRMaj b = new DMatrixRMaj(4, 4);
        Fluctuations.of(objective, even).at(new DMatrixRMaj(4, 1)).covariance(a);
        Fluctuations.of(objective, nearly).at(new DMatrixRMaj(4, 1)).covariance(b);
        assertArrayEquals(a.data, b.data, 1e-12);
    }

    static Stream<BatchLaw> without() {
        return Stream.of(Batches.withoutReplacement(2), Batches.given(new int[][] {{0, 1}}));
    }

    @ParameterizedTest
    @MethodSource("without")
    void batchesThatDependOnEachOtherAreUnsupported(BatchLaw law) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Fluctuations.of(
                                linear(1),
                                Optimiser.of(Rules.plain(), RATE)
                                        .withNoise(Noise.gaussian(1))
                                        .withBatches(law)))
                .getMessage();
        assertTrue(
                message.startsWith("fluctuations: batches is " + law + ", UNSUPPORTED since ")
                        && message.endsWith(", must be full, with-replacement or distinct"),
                message);
    }

    @Test
    void otherPartsAreRefusedByName() {
        Objective objective = linear(1);
        Optimiser plain = Optimiser.of(Rules.plain(), RATE).withNoise(Noise.gaussian(1));
        refused(
                "regularizer: rule is adam, must be plain or heavy-ball, which it has a theory for",
                () -> Regularizer.of(objective, plain.withRule(Rules.adam())));
        refused(
                "regularizer: learningRate is 0.3 after a warm-up of 9, must be constant, which it has a theory for",
                () -> Stationarity.of(
                        objective, plain.withSchedule(Schedules.constant(RATE).withWarmUp(9))));
        refused(
                "fluctuations: regularization is clipNorm=1.0, must be none, coupled weight decay, or decoupled beside"
                        + " plain, which it has a theory for",
                () -> Fluctuations.of(
                        objective,
                        plain.withRegularization(Regularization.none().withClipNorm(1))));
        Regularization apart = Regularization.none().withDecoupledWeightDecay(0.1);
        refused(
                "SlowFlow: regularization is decoupled weightDecay=0.1, must be none, coupled weight decay, or decoupled"
                        + " beside plain, which it has a theory for",
                () -> SlowFlow.along(
                        objective, plain.withRule(Rules.heavyBall(0.5)).withRegularization(apart), new NoPotential()));
        refused(
                "SlowFlow.of: noiseLaw is EXPLICIT, which has no regularizer, must be that of labels, or anti-correlated;"
                        + " SlowFlow.along takes the drift of any noise",
                () -> SlowFlow.of(objective, plain.withNoise(Noise.explicit(isotropic()))));
        refused(
                "fluctuations: weightDecay beside noise on the parameters is 0.1, must be 0; it has a theory of weight"
                        + " decay beside noise of labels, none of which is along the valley",
                () -> Fluctuations.of(
                        objective, plain.withNoise(Noise.antiCorrelated(1)).withRegularization(apart)));
        refused(
                "PointFluctuations.afterSteps: the noise is anti-correlated, must be independent from step to step",
                () -> Fluctuations.of(objective, plain.withNoise(Noise.antiCorrelated(1)))
                        .at(new DMatrixRMaj(2, 1))
                        .afterSteps(3, new DMatrixRMaj(2, 2)));
        refused(
                "regularizationStrength: the noise is labelNoise=[1.0, 2.0], noiseLaw=GAUSSIAN, must be label noise of"
                        + " one size, flips with the probability of the loss, or anti-correlated",
                () -> SlowFlow.of(linear(2), plain.withNoise(Noise.gaussian(1).withDeviations(1, 2))));
    }

    private static ParameterNoise isotropic() {
        return ParameterNoise.ofCovariance(1, CommonOps_DDRM.identity(2));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
