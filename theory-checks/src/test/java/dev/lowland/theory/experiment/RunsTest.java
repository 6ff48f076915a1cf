package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Estimate;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Estimates over replicas: their values, and that they are functions of the seed alone. */
class RunsTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, 0);

    private static LabelNoiseSgd sgd(long seed) {
        return sgd(seed, 0.2);
    }

    private static LabelNoiseSgd sgd(long seed, double sharpness) {
        return LabelNoiseSgd.of(SETTING.learningRate(sharpness))
                .withLabelNoise(0.1)
                .withSeed(seed);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        DMatrixRMaj top = SETTING.eigenvector(0);
        Runs one = Runs.states(SETTING, sgd(5), 500, 1, 3, 30);
        Runs three = Runs.states(SETTING, sgd(5), 500, 3, 3, 30);
        for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
            assertEquals(one.meanAlong(checkpoint, top, 0.5), three.meanAlong(checkpoint, top, 0.5));
            assertEquals(one.variance(checkpoint, List.of(top)), three.variance(checkpoint, List.of(top)));
        }
        assertNotEquals(
                one.meanAlong(1, top, 0.5).value(),
                Runs.moments(SETTING, sgd(6), 500, 1, 3, 30)
                        .meanAlong(1, top, 0.5)
                        .value());
    }

    @Test
    void estimatesAreMeansOverStates() {
        DMatrixRMaj top = SETTING.eigenvector(0);
        Runs runs = Runs.states(SETTING, sgd(5), 200, 2, 10);
        DMatrixRMaj states = runs.states(0);
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < states.numRows; r++) {
            double value = 0;
            for (int i = 0; i < states.numCols; i++) {
                value += states.get(r, i) * top.data[i];
            }
            sum += value;
            squares += value * value;
        }
        double mean = sum / 200;
        double variance = (squares - 200 * mean * mean) / 199;
        Estimate along = runs.meanAlong(0, top, 0.25);
        assertEquals(mean - 0.25, along.value(), 1e-12);
        assertEquals(Math.sqrt(variance / 200), along.standardError(), 1e-9 * along.standardError() + 1e-12);
        assertEquals(200, along.samples());
        assertEquals(variance, runs.variance(0, List.of(top)).value(), 1e-9 * variance + 1e-12);
    }

    @Test
    void runsThatDivergeGiveNoNumbers() {
        Runs runs = Runs.moments(SETTING, sgd(5, 40), 64, 1, 5000);
        assertFalse(runs.finished());
        assertTrue(Double.isNaN(runs.meanAlong(0, SETTING.eigenvector(0), 0).value()));
    }

    @Test
    void statesThatWereNotKeptAreSaidToBeMissing() {
        Runs runs = Runs.moments(SETTING, sgd(5), 64, 1, 3);
        DMatrixRMaj top = SETTING.eigenvector(0);
        String message = assertThrows(IllegalStateException.class, () -> runs.varianceAlong(0, top))
                .getMessage();
        assertEquals(
                "states of runs: the measurement is one of moments, must be one by Runs.states, which keeps the states",
                message);
    }
}
