package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {

    private static Measurements rounds(double[]... oursAndTheirs) {
        Measurements measured = new Measurements();
        for (double[] round : oursAndTheirs) {
            measured.beginRound();
            measured.add(Map.of("ours", round[0], "theirs", round[1]));
        }
        return measured;
    }

    @Test
    void theRatioIsThatOfEachRoundAndNotOfTheMedians() {
        Measurements measured = rounds(new double[] {10, 30}, new double[] {20, 40}, new double[] {1, 100});
        Row row = Row.faster("step", "peer", 2.5, "ours", "theirs");

        assertEquals(new Spread(3, 2, 100), row.spread(measured).orElseThrow());
        assertEquals(Row.Verdict.REACHED, row.verdict(measured));
        assertEquals(
                Row.Verdict.NOT_REACHED,
                Row.faster("step", "peer", 3.1, "ours", "theirs").verdict(measured));
    }

    @Test
    void aCostMustNotBeLarger() {
        Measurements measured = rounds(new double[] {20, 10});

        Row row = Row.slower("HVP", "G", "G", 2, "ours", "theirs");
        assertEquals(Row.Verdict.REACHED, row.verdict(measured));
        assertEquals("≤ 2.00 G", row.goalText());
        assertEquals(
                Row.Verdict.NOT_REACHED,
                Row.slower("HVP", "G", "G", 1.9, "ours", "theirs").verdict(measured));
        assertEquals(
                Row.Verdict.NOT_REACHED, Row.atMost("step", "ns", 19, "ours").verdict(measured));
        assertEquals(Row.Verdict.REACHED, Row.atMost("step", "ns", 20, "ours").verdict(measured));
    }

    @Test
    void whatIsMissingIsNotMeasured() {
        Measurements measured = rounds(new double[] {20, 10});

        Row row = Row.faster("step", "peer", 1, "ours", "somebody");
        assertTrue(row.spread(measured).isEmpty());
        assertEquals(Row.Verdict.NOT_MEASURED, row.verdict(measured));
        assertEquals(
                Row.Verdict.NOT_MEASURED, Row.atMost("step", "ns", 1, "nobody").verdict(measured));
    }

    @Test
    void aRoundThatLacksOneOfTheTwoDoesNotCount() {
        Measurements measured = rounds(new double[] {10, 30});
        measured.beginRound();
        measured.add(Map.of("ours", 1.0));

        Row row = Row.faster("step", "peer", 2.5, "ours", "theirs");
        assertEquals(new Spread(3, 3, 3), row.spread(measured).orElseThrow());
    }

    @Test
    void whereNothingIsAskedNothingIsReached() {
        Row row = Row.beside("step", "peer", "ours", "theirs");
        assertEquals(Row.Verdict.NO_GOAL, row.verdict(rounds(new double[] {10, 30})));
        assertEquals("", row.goalText());
        assertEquals(Row.Verdict.NOT_MEASURED, row.verdict(new Measurements()));
    }

    @Test
    void numbersHaveThreeDigits() {
        assertEquals("0", Row.number(0));
        assertEquals("0.0123", Row.number(0.0123));
        assertEquals("0.95", Row.number(0.95));
        assertEquals("1.23", Row.number(1.2345));
        assertEquals("12.3", Row.number(12.345));
        assertEquals("123", Row.number(123.45));
        assertEquals("1.23e+06", Row.number(1_234_500));
        assertEquals("1.00e-04", Row.number(1e-4));
    }
}
