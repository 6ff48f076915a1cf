package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RooflineTest {

    private static Roofline roofline() {
        Measurements measured = new Measurements();
        measured.beginRound();
        measured.add(Map.of(Roofline.FMA, 20.0, Roofline.triad(1000), 10.0, Roofline.triad(1_000_000), 100_000.0));
        measured.beginRound();
        measured.add(Map.of(Roofline.FMA, 10.0, Roofline.triad(1000), 20.0));
        return Roofline.of(measured, name -> Work.UNKNOWN, 1000, 1000, 1_000_000)
                .orElseThrow();
    }

    @Test
    void theBestRoundIsTheLimit() {
        assertEquals(100, roofline().peak(), 1e-12);
        assertEquals(100, roofline().bandwidth().get(1000.0), 1e-12);
        assertEquals(10, roofline().bandwidth().get(1_000_000.0), 1e-12);
    }

    @Test
    void theLongerOfArithmeticAndMemory() {
        assertEquals(5, roofline().limit(new Work(500, 100, 100)).orElseThrow(), 1e-12);
        assertEquals(20, roofline().limit(new Work(500, 2000, 2000)).orElseThrow(), 1e-12);
        assertEquals(200, roofline().limit(new Work(500, 2000, 1e9)).orElseThrow(), 1e-12);
        assertTrue(roofline().limit(Work.UNKNOWN).isEmpty());
    }

    @Test
    void whatWorkHasReachedIsPossible() {
        Measurements measured = new Measurements();
        measured.beginRound();
        measured.add(Map.of(Roofline.FMA, 10.0, "product", 2.0, "unknown", 0.001));
        Roofline roofline = Roofline.of(
                        measured, name -> name.equals("product") ? new Work(300, 1, 1) : Work.UNKNOWN, 1000)
                .orElseThrow();
        assertEquals(150, roofline.peak(), 1e-12);
    }

    @Test
    void withoutMeasurementThereIsNoLimit() {
        assertTrue(Roofline.of(new Measurements(), name -> Work.UNKNOWN, 1000, 1000)
                .isEmpty());
    }

    @Test
    void countsOfWork() {
        assertEquals(new Work(48, 8 * (6 + 12 + 8), 8 * (6 + 12 + 8)), Work.product(2, 4, 3));
        double parameters = 10 * 20 + 20 + 20 + 1;
        assertEquals(
                8 * (4 * 200 + 6 * 20) + 2 * parameters, Work.step(8, 10, 20, 1).flops());
    }
}
