package dev.lowland.optim.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChunkedRunTest {

    private static final Problems PROBLEM = Problems.unfitted(Models.mlp(2, 3, 1), 23, 3);
    private static final int SIZE = PROBLEM.theta().numRows;
    private static final double[] DIRECTION = Problems.gaussian(SIZE, 1, new Random(4)).data;

    private static ChunkedProgram program() {
        return new CurvaturePrograms(PROBLEM.objective(), 2).products(CurvatureMatrix.HESSIAN, 1);
    }

    /** Twelve chunks in eight strips, the last chunk smaller: at two points, to and fro. */
    private static double[] products(ChunkedRun run) {
        double[] out = new double[3 * SIZE];
        double[] product = new double[SIZE];
        for (int i = 0; i < 3; i++) {
            double[] theta = PROBLEM.theta().data.clone();
            theta[0] += i % 2;
            run.at(theta);
            run.run(DIRECTION, 0.5, product);
            System.arraycopy(product, 0, out, i * SIZE, SIZE);
        }
        return out;
    }

    @Test
    void neitherThreadsNorWhatIsKeptChangesABit() {
        double[] expected = products(new ChunkedRun(program(), 1, SIZE));
        assertEquals(expected[0], expected[2 * SIZE]);
        for (int threads = 1; threads <= 4; threads++) {
            assertArrayEquals(expected, products(new ChunkedRun(program(), threads, SIZE)));
            assertArrayEquals(expected, products(new ChunkedRun(program(), threads, 0L, SIZE)));
        }
    }

    @Test
    void theResultMayTakeThePlaceOfTheDirections() {
        ChunkedRun run = new ChunkedRun(program(), 2, SIZE);
        run.at(PROBLEM.theta().data);
        double[] product = new double[SIZE];
        run.run(DIRECTION, 0.5, product);
        for (int i = 0; i < 2; i++) {
            double[] place = DIRECTION.clone();
            run.run(place, 0.5, place);
            assertArrayEquals(product, place);
        }
    }

    /** A thread that waits for its turn does not wait for one that has failed. */
    @Test
    @Timeout(60)
    void aFailureReachesTheCallerAndTheNextRunIsSound() {
        double[] expected = products(new ChunkedRun(program(), 1, SIZE));
        ChunkedRun run = new ChunkedRun(program(), 3, SIZE);
        for (int attempt = 0; attempt < 20; attempt++) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> run.run(new double[1], 1, new double[SIZE]))
                    .getMessage();
            assertTrue(message.contains("an array of length 1, must be of length at least " + SIZE), message);
        }
        assertArrayEquals(expected, products(run));
    }

    @Test
    @Timeout(60)
    void anInterruptEndsIt() {
        ChunkedRun run = new ChunkedRun(program(), 3, SIZE);
        run.at(PROBLEM.theta().data);
        Thread.currentThread().interrupt();
        try {
            run.run(DIRECTION, 1, new double[SIZE]);
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains(": the thread is interrupted, must be left alone"), e.getMessage());
        }
        assertTrue(Thread.interrupted());
        assertArrayEquals(products(new ChunkedRun(program(), 1, SIZE)), products(run));
    }
}
