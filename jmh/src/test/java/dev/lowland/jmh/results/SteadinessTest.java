package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times that are made up. */
class SteadinessTest {
    private static final List<Double> STEADY = List.of(100.0, 103.0, 99.0, 101.0);

    /** As the product that took 426 µs once, and 130 ns when it was compiled. */
    private static final List<Double> COMPILED_LATE = List.of(426_000.0, 425_000.0, 400_000.0, 130.0);

    @Test
    void codeThatIsCompiledHalfwayIsNoticed() {
        assertFalse(Steadiness.holds(List.of(426_000.0, 425_000.0, 131.0, 130.0)));
        assertFalse(Steadiness.holds(COMPILED_LATE));
        assertFalse(Steadiness.holds(List.of(110.0, 108.0, 105.0, 101.0, 100.0)));
    }

    @Test
    void codeThatBecomesSlowerIsNoticedToo() {
        assertFalse(Steadiness.holds(List.of(100.0, 101.0, 120.0, 121.0)));
    }

    @Test
    void noiseIsNot() {
        assertTrue(Steadiness.holds(STEADY));
        assertTrue(Steadiness.holds(List.of(100.0, 101.0, 104.0, 105.0)), "4 % are within the tolerance");
        assertTrue(Steadiness.holds(List.of(100.0, 140.0, 101.0, 160.0)), "within the spread");
        assertTrue(Steadiness.holds(List.of(426_000.0)), "one time has no halves");
    }

    @Test
    void whatIsNotSteadyIsMeasuredAgainAndThenKept() throws IOException {
        assertEquals(List.of(1), attempts(List.of(STEADY)));
        assertEquals(List.of(1, 2), attempts(List.of(COMPILED_LATE, STEADY)));
        assertEquals(List.of(1, 2, 3), attempts(List.of(COMPILED_LATE, COMPILED_LATE, COMPILED_LATE)));
    }

    /** The attempts that were made where these times come one after the other; the last of them is the result. */
    private static List<Integer> attempts(List<List<Double>> times) throws IOException {
        List<Integer> attempts = new ArrayList<>();
        List<Double> result = Steadiness.settled(
                attempt -> {
                    attempts.add(attempt);
                    return times.get(attempt - 1);
                },
                found -> found);
        assertEquals(times.get(times.size() - 1), result);
        return attempts;
    }
}
