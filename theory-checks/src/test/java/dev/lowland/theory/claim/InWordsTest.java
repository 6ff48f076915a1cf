package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Constants in prose read as somebody would write them. */
class InWordsTest {

    @Test
    void numbersAreDecimalsUnlessTheyAreSmall() {
        assertEquals("0.2", InWords.number(0.2));
        assertEquals("1", InWords.number(1.0));
        assertEquals("131072", InWords.number(1 << 17));
        assertEquals("0.01", InWords.number(1e-2));
        assertEquals("1.6e-3", InWords.number(1.6e-3));
        assertEquals("4e-4", InWords.number(4e-4));
        assertEquals("-1e-9", InWords.number(-1e-9));
        assertEquals("0", InWords.number(0));
    }

    @Test
    void sharesListsAndColumns() {
        assertEquals("5 %", InWords.percent(0.05));
        assertEquals("0.2 %", InWords.percent(0.002));
        assertEquals("0.2, 1 and 1.6", InWords.list(0.2, 1.0, 1.6));
        assertEquals("0.5 and 0.9", InWords.column(new double[][] {{0.5, 1}, {0.5, 2}, {0.9, 3}}, 0));
    }
}
