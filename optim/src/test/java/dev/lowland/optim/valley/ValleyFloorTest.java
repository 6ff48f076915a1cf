package dev.lowland.optim.valley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a relaxation spends where it comes no nearer to an end. */
class ValleyFloorTest {

    /** Every step leads a little further down, and none is short. */
    private static final class Endless implements Across {
        private final double work;
        private int looks;

        Endless(double work) {
            this.work = work;
        }

        @Override
        public boolean compute(DMatrixRMaj theta) {
            looks++;
            return true;
        }

        @Override
        public double descend(DMatrixRMaj g, DMatrixRMaj step) {
            step.fill(1e-3);
            return 1.0 / looks;
        }

        @Override
        public void removeNormal(DMatrixRMaj g) {}

        @Override
        public double work() {
            return work;
        }
    }

    private static int looks(double work) {
        Problems problem = Problems.table(5);
        Endless across = new Endless(work);
        ValleyFloor floor = new ValleyFloor(problem.objective(), new NoPotential(), 0.1, across);
        assertEquals(ValleyFloor.End.STALLED, floor.relax(problem.theta(), 1e-12));
        return across.looks;
    }

    @Test
    void looksAgainAsOftenAsTheWorkAllows() {
        assertEquals(61, looks(1));
        // the last look is the one back where the last step began
        assertEquals(21, looks(5e9));
        assertEquals(13, looks(1e15));
    }
}
