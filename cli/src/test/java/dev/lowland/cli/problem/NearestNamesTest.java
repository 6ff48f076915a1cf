package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    private static final List<String> LEGAL = List.of("drift", "descent", "momentum", "loss-floor", "kl-exponents");

    @Test
    void findsASlipOfThePen() {
        assertEquals(List.of("drift"), NearestNames.nearest("drfit", LEGAL));
        assertEquals(List.of("drift"), NearestNames.nearest("Drift", LEGAL));
        assertEquals(List.of("kl-exponents"), NearestNames.nearest("kl-exponant", LEGAL));
    }

    @Test
    void completesABeginning() {
        assertEquals(List.of("momentum"), NearestNames.nearest("mom", LEGAL));
    }

    @Test
    void saysNothingWhereNothingIsNear() {
        assertEquals(List.of(), NearestNames.nearest("xyz", LEGAL));
        assertEquals(List.of(), NearestNames.nearest("", LEGAL));
        assertEquals(List.of(), NearestNames.nearest("anything", List.of()));
    }

    @Test
    void listsWhatIsLegal() {
        assertEquals("one of drift, descent; did you mean 'drift'?", NearestNames.rule("drif", LEGAL.subList(0, 2)));
        assertEquals("one of drift, descent", NearestNames.rule("wave", LEGAL.subList(0, 2)));
    }
}
