package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.optim.ensemble.WatchRunner.Watch;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EnsembleMemoryTest {

    /** 19,210 parameters at two checkpoints, three sums at a time, 6 GB. */
    private final EnsembleMemory memory = new EnsembleMemory(19_210, 64, 2, 3, 6_000_000_000L);

    @Test
    void fullMomentsAreCountedInBytes() {
        refused(
                "Ensemble.run: memory for the full moments of 19210 parameters is 17714078880 bytes, must be at most"
                        + " 6000000000, what the process may have; MomentKind.diagonal() needs 1844160 bytes",
                () -> memory.checkMoments(MomentKind.full()));
        assertDoesNotThrow(() -> memory.checkMoments(MomentKind.diagonal()));
        EnsembleMemory fits = new EnsembleMemory(19_210, 64, 2, 3, 17_714_078_880L);
        assertDoesNotThrow(() -> fits.checkMoments(MomentKind.full()));
    }

    @Test
    void projectionsAreCountedToo() {
        MomentKind many = MomentKind.mean().withDirections(new DMatrixRMaj(3, 50_000));
        refused(
                "Ensemble.run: memory for the mean with 50000 directions moments of 3 parameters is"
                        + " 20000000000 bytes in one array, must be at most 17179869112",
                () -> new EnsembleMemory(3, 64, 1, 1, Long.MAX_VALUE).checkMoments(many));
    }

    @Test
    void statesAndStatisticsAreCountedToo() {
        refused(
                "Ensemble.run: memory for the states of 64 replicas of 19210 parameters is 19671040 bytes, must be at"
                        + " most 19671039, what the process may have",
                () -> new EnsembleMemory(19_210, 64, 2, 3, 19_671_039).checkStates());
        List<Watch> watches = List.of(new Watch(
                ReplicaStatistics.of("x", 4, theta -> 0), StepSchedule.every(0, 1, Integer.MAX_VALUE - 1L), false));
        refused(
                "Ensemble.run: memory for the statistics of 2147483647 scheduled steps is 103079215056 bytes, must be at"
                        + " most 6000000000, what the process may have",
                () -> memory.checkStatistics(watches));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
