package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void oddAndEvenNumbersOfValues() {
        assertEquals(new Spread(3, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0)).orElseThrow());
        assertEquals(new Spread(4, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0, 5.0)).orElseThrow());
        assertEquals(new Spread(2, 2, 2), Spread.of(List.of(2.0)).orElseThrow());
    }

    @Test
    void nothingHasNoSpread() {
        assertTrue(Spread.of(List.of()).isEmpty());
    }
}
