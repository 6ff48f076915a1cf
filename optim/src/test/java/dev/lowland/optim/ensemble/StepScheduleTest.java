package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StepScheduleTest {

    @Test
    void countsOn() {
        StepSchedule every = StepSchedule.every(3, 4, 12);
        assertEquals(3, every.count());
        assertEquals(3, every.step(0));
        assertEquals(11, every.last());
        assertEquals(1, StepSchedule.every(5, 10, 5).count());
    }

    @Test
    void listsAsGiven() {
        StepSchedule at = StepSchedule.at(0, 7);
        assertEquals(2, at.count());
        assertEquals(7, at.step(1));
    }

    /** Counts that have no room in an int, or not even in a long. */
    @Test
    void countsAsFarAsAnIntGoes() {
        StepSchedule most = StepSchedule.every(1, 2, 2L * Integer.MAX_VALUE - 1);
        assertEquals(Integer.MAX_VALUE, most.count());
        assertEquals(2L * Integer.MAX_VALUE - 1, most.last());
        for (long last : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertEquals(
                    "StepSchedule.every: number of steps after the first is " + last + ", must be at most 2147483646",
                    assertThrows(IllegalArgumentException.class, () -> StepSchedule.every(0, 1, last))
                            .getMessage());
        }
        assertEquals(
                "StepSchedule.step: i is 2, must be in [0, 2)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StepSchedule.at(0, 7).step(2))
                        .getMessage());
        assertEquals(
                "StepSchedule.at: steps is null, must be given",
                assertThrows(NullPointerException.class, () -> StepSchedule.at((long[]) null))
                        .getMessage());
    }

    @Test
    void refusesWhatDoesNotGrow() {
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.at());
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.at(-1));
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.at(2, 2));
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.every(-1, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.every(0, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> StepSchedule.every(4, 1, 3));
    }
}
