package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real fork, as short as can be. */
@Tag("slow")
class JmhSourceTest {
    private static final Timing BLINK = new Timing(5, 60, 2, 20);
    private static final Javas JAVAS = new Javas(Path.of("nowhere"), List.of());

    private static Cell cell(String benchmark, Map<String, String> parameters) {
        return Cell.of("x", benchmark, parameters, BLINK, Work.UNKNOWN).withKernels("scalar");
    }

    @Test
    void aForkGivesItsTimeAndItsMemory() throws IOException {
        String before = System.getProperty("java.class.path");
        Cell cell = cell("StepBenchmark.lowland", Map.of("problem", "quadratic all"))
                .withLibraries("nowhere/*");
        Map<String, Double> numbers = new JmhSource(cell, JAVAS).measure();

        // So short a measurement may be unsteady, and then says so.
        Set<String> names = new HashSet<>(numbers.keySet());
        names.remove("x" + Measurements.UNSTEADY);
        assertEquals(Set.of("x", "x" + Measurements.BYTES), names);
        assertTrue(numbers.get("x") > 10 && numbers.get("x") < 1e7, numbers.toString());
        assertTrue(numbers.get("x" + Measurements.BYTES) >= 0, numbers.toString());
        assertEquals(before, System.getProperty("java.class.path"));
    }

    @Test
    void whatIsNotInTheBuildSaysSo() {
        Cell cell = cell("peers.NobodyBenchmark.step", Map.of());
        IOException e = assertThrows(IOException.class, () -> new JmhSource(cell, JAVAS).measure());
        assertTrue(e.getMessage().contains("-Ppeers"), e.getMessage());
    }

    @Test
    void aForkThatFailsIsNoMeasurement() {
        Cell cell = cell("StepBenchmark.lowland", Map.of("problem", "nonsense 1"));
        IOException e = assertThrows(IOException.class, () -> new JmhSource(cell, JAVAS).measure());
        assertTrue(e.getMessage().startsWith("failed: "), e.getMessage());
    }
}
