package dev.lowland.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.part.PartKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rates worked out by hand. */
class SchedulesTest {

    private static void rates(Schedule schedule, double... expected) {
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], schedule.at(k), 4 * Math.ulp(Math.max(expected[k], 0.5)), schedule + " at " + k);
        }
    }

    @Test
    void ratesByHand() {
        rates(Schedules.constant(0.5), 0.5, 0.5, 0.5);
        rates(Schedules.steps(8, 0.5, 2), 8, 8, 4, 4, 2, 2, 1);
        rates(Schedules.exponential(16, 1, 4), 16, 8, 4, 2, 1, 1, 1);
        double third = 0.5 * (1 + Math.cos(Math.PI / 4));
        rates(Schedules.cosine(1, 0, 4), 1, third, 0.5, 1 - third, 0, 0, 0);
        rates(Schedules.cosine(3, 1, 2), 3, 2, 1, 1);
        rates(Schedules.constant(0.5).withWarmUp(4), 0.125, 0.25, 0.375, 0.5, 0.5, 0.5);
        rates(Schedules.exponential(16, 1, 4).withWarmUp(2), 8, 16, 16, 8, 4, 2, 1, 1);
        rates(Schedule.of("halves", k -> 1.0 / (k + 1)), 1, 0.5, 1.0 / 3);
    }

    @Test
    void asFilesHaveThem() {
        rates(
                kind("exponential", Map.of("peak", 16.0, "final", 1.0, "steps", 6.0, "warmUp", 2.0)),
                8,
                16,
                16,
                8,
                4,
                2,
                1,
                1);
        rates(kind("cosine", Map.of("peak", 1.0, "steps", 2.0)), 1, 0.5, 0, 0);
        rates(kind("steps", Map.of("peak", 1.0, "factor", 0.5, "every", 1.0)), 1, 0.5, 0.25);
        rates(kind("constant", Map.of("peak", 2.0)), 2, 2);
        assertTrue(kind("constant", Map.of("peak", 2.0)).constant().isPresent());
        assertTrue(
                kind("constant", Map.of("peak", 2.0, "warmUp", 3.0)).constant().isEmpty());
    }

    private static Schedule kind(String name, Map<String, Double> given) {
        for (PartKind<Schedule> kind : Schedules.kinds()) {
            if (kind.name().equals(name)) {
                return kind.make(given);
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void whatIsNoRateIsRefusedByName() {
        refused("Schedule: learningRate is 0.0, must be positive and finite", () -> Schedules.constant(0));
        refused("cosine: steps is 0, must be at least 1", () -> Schedules.cosine(1, 0, 0));
        refused("exponential: final is 0.0, must be positive and finite", () -> Schedules.exponential(1, 0, 3));
        refused(
                "Schedule: warmUp is 3, must be at most 2",
                () -> kind("cosine", Map.of("peak", 1.0, "steps", 3.0, "warmUp", 3.0)));
        refused(
                "mine: learning rate of step 2 is NaN, must be ≥ 0 and finite",
                () -> Schedule.of("mine", k -> Double.NaN).at(2));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
