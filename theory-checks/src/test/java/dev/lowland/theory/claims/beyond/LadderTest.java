package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.theory.claim.Estimate;
import org.junit.jupiter.api.Test;

/** The extrapolation is exact where it says so, and its error is what it estimates. */
class LadderTest {

    private static final double SMALL = 1e-2;

    private static Estimate rung(int ratio, int rung, double first, double second) {
        double size = SMALL * Math.pow(ratio, rung);
        return new Estimate(7 + first * size + second * size * size, 0, 10, 3);
    }

    @Test
    void aTermOfFirstOrderLeavesNothing() {
        Ladder ladder = new Ladder(4, 2);
        Estimate found = ladder.combined(rung(4, 0, 5, 0), rung(4, 1, 5, 0));
        assertEquals(7, found.value(), 1e-14);
        assertEquals(3, found.seed());
        assertEquals(0, ladder.allowance(rung(4, 0, 5, 0), rung(4, 1, 5, 0), rung(4, 2, 5, 0)), 1e-12);
    }

    @Test
    void theAllowanceIsTheTermOfSecondOrder() {
        for (int ratio : new int[] {2, 4}) {
            Ladder ladder = new Ladder(ratio, 2);
            double error = Math.abs(
                    ladder.combined(rung(ratio, 0, 5, 3), rung(ratio, 1, 5, 3)).value() - 7);
            double allowance = ladder.allowance(rung(ratio, 0, 5, 3), rung(ratio, 1, 5, 3), rung(ratio, 2, 5, 3));
            assertEquals(error, allowance, 1e-12);
        }
    }

    @Test
    void scatterIsAllowedFor() {
        Estimate still = new Estimate(7, 0, 10, 3);
        Estimate fine = new Estimate(7, 0.1, 10, 3);
        assertEquals(4 * 0.1 * 4 / 3 / 15, new Ladder(4, 2).allowance(fine, still, still), 1e-14);
        assertEquals(4 * 0.1 * 5 / 3 / 15, new Ladder(4, 2).allowance(still, fine, still), 1e-14);
        assertEquals(4 * 0.1 / 3 / 15, new Ladder(4, 2).allowance(still, still, fine), 1e-14);
    }

    @Test
    void allRungsEndAtOneSlowTime() {
        assertEquals(1280, Ladder.steps(1500));
        assertEquals(640, Ladder.steps(1));
        for (int rung = 0; rung < Ladder.RUNGS; rung++) {
            long[] looks = Ladder.looks(640, rung);
            assertEquals(640 >> 2 * rung, looks[looks.length - 1]);
            assertEquals(640 / 20 >> 2 * rung, looks[0]);
        }
        assertArrayEquals(new long[] {2, 4, 6}, java.util.Arrays.copyOf(Ladder.looks(640, 2), 3));
    }
}
