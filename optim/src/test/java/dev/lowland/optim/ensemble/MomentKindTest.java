package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.sgd.SgdStepper;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MomentKindTest {

    private final Problems problem = Problems.unfitted(Models.quadratic(2), 4, 1);
    private final LabelNoiseSgd sgd =
            LabelNoiseSgd.of(0.02).withLabelNoise(0.3).withBatchSize(2).withMomentum(0.5);
    private final Ensemble ensemble = Ensemble.of(problem.objective(), sgd).withReplicas(150);

    @Test
    void everyKindHasTheNumbersOfTheFullOne() {
        Moments full = ensemble.run(problem.theta(), 40).last();
        Moments diagonal = ensemble.withMoments(MomentKind.diagonal())
                .withThreads(3)
                .run(problem.theta(), 40)
                .last();
        Moments mean =
                ensemble.withMoments(MomentKind.mean()).run(problem.theta(), 40).last();
        assertArrayEquals(full.mean().data, diagonal.mean().data);
        assertArrayEquals(full.mean().data, mean.mean().data);
        assertArrayEquals(
                full.variance().orElseThrow().data, diagonal.variance().orElseThrow().data);
        assertTrue(full.covariance().isPresent());
        assertTrue(diagonal.covariance().isEmpty());
        assertTrue(mean.variance().isEmpty());
        assertTrue(full.projections().isEmpty());
    }

    @Test
    void directionsGiveTheMomentsOfTheirProjections() {
        DMatrixRMaj directions = Problems.gaussian(4, 3, new Random(3));
        DMatrixRMaj given = directions.copy();
        MomentKind kind = MomentKind.mean().withDirections(given);
        given.zero();
        Ensemble along = ensemble.withMoments(kind);
        Moments moments = along.run(problem.theta(), 40).last();
        Moments projected = moments.projections().orElseThrow();
        Moments full = ensemble.run(problem.theta(), 40).last();
        assertArrayEquals(full.mean().data, moments.mean().data);
        assertEquals(150, projected.count());
        assertEquals(40, projected.step());
        DMatrixRMaj mean = new DMatrixRMaj(3, 1);
        CommonOps_DDRM.multTransA(directions, full.mean(), mean);
        Close.check("mean", mean, projected.mean(), 1e-14);
        DMatrixRMaj half = new DMatrixRMaj(3, 4);
        DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransA(directions, full.covariance().orElseThrow(), half);
        CommonOps_DDRM.mult(half, directions, covariance);
        Close.check("covariance", covariance, projected.covariance().orElseThrow(), 1e-12);
        DMatrixRMaj second = CommonOps_DDRM.extractColumn(directions, 1, null);
        assertEquals(full.standardErrorAlong(second), projected.standardError(1), 1e-13);
        Moments threads = along.withThreads(3).run(problem.theta(), 40).last();
        assertArrayEquals(
                projected.covariance().orElseThrow().data,
                threads.projections().orElseThrow().covariance().orElseThrow().data);
    }

    @Test
    void theCheapKindIsTakenBeyondAStatedSize() {
        assertEquals("full", MomentKind.suiting(MomentKind.LARGEST_FULL).toString());
        assertEquals("diagonal", MomentKind.suiting(MomentKind.LARGEST_FULL + 1).toString());
        Problems large = Problems.unfitted(Models.linear(MomentKind.LARGEST_FULL + 1), 3, 2);
        Moments moments = Ensemble.of(large.objective(), LabelNoiseSgd.of(1e-4).withLabelNoise(0.1))
                .withReplicas(2)
                .run(large.theta(), 1)
                .last();
        assertTrue(moments.covariance().isEmpty());
        assertEquals(MomentKind.LARGEST_FULL + 1, moments.variance().orElseThrow().numRows);
    }

    /** 64 replicas of a network of 305,290 parameters, beside single runs of some of them. */
    @Test
    @Tag("slow")
    void meanAndVarianceOfALargeNetwork() {
        Problems network = Problems.unfitted(Models.mlp(784, 384, 10).withActivation(Activation.TANH), 40, 3);
        int size = network.theta().numRows;
        assertEquals(305_290, size);
        LabelNoiseSgd steps = LabelNoiseSgd.of(0.01).withLabelNoise(0.5).withBatchSize(4);
        EnsembleResult result =
                Ensemble.of(network.objective(), steps).withThreads(2).run(network.theta(), 2);
        assertEquals(RunStatus.FINISHED, result.status());
        Moments moments = result.last();
        assertEquals(64, moments.count());
        double[] mean = new double[size];
        double[] squares = new double[size];
        SgdStepper single = steps.compile(network.objective(), 1).newStepper();
        for (int replica = 0; replica < 64; replica++) {
            single.start(network.theta().data, replica);
            single.step();
            single.step();
            for (int i = 0; i < size; i++) {
                double moved = single.parameters()[i] - network.theta().data[i];
                mean[i] += moved / 64;
                squares[i] += moved * moved;
            }
        }
        double[] found = moments.mean().data;
        double[] variance = moments.variance().orElseThrow().data;
        for (int i = 0; i < size; i++) {
            assertEquals(network.theta().data[i] + mean[i], found[i], 1e-12);
            assertEquals((squares[i] - 64 * mean[i] * mean[i]) / 63, variance[i], 1e-12);
        }
        assertTrue(variance[size - 1] > 1e-6, "there was noise: " + variance[size - 1]);
        assertEquals(
                "Ensemble.run: memory for the full moments of 305290 parameters is 745615872800 bytes in one array, must"
                        + " be at most 17179869112; MomentKind.diagonal() needs 4884640 bytes",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ensemble.of(network.objective(), steps)
                                        .withMoments(MomentKind.full())
                                        .withThreads(2)
                                        .run(network.theta(), 2))
                        .getMessage());
    }

    @Test
    void refusesBadDirections() {
        MomentKind kind = MomentKind.diagonal();
        assertEquals("diagonal", kind.toString());
        assertTrue(kind.directions().isEmpty());
        assertEquals(
                "diagonal with 2 directions",
                kind.withDirections(new DMatrixRMaj(4, 2)).toString());
        assertEquals(
                "MomentKind.withDirections: number of columns is 0, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> kind.withDirections(new DMatrixRMaj(4, 0)))
                        .getMessage());
        assertEquals(
                "MomentKind.withDirections: columns is NaN at (1, 0), must be finite",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> kind.withDirections(new DMatrixRMaj(2, 1, true, 1, Double.NaN)))
                        .getMessage());
        assertEquals(
                "MomentKind.withDirections: columns is null, must be given",
                assertThrows(NullPointerException.class, () -> kind.withDirections(null))
                        .getMessage());
    }
}
