package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What other programs print, and what is said when they are not there. */
class SourcesTest {

    private static final Javas JAVAS = new Javas(Path.of("nowhere"), List.of(2, 3));

    @Test
    void thePythonScript() throws IOException {
        String text = "{\"versions\": {\"python\": \"3.11\", \"torch\": \"1.13\"}, \"missing\": [],"
                + " \"nanoseconds\": {\"conv-16\": 2.5e7, \"mlp-small-1\": 74000}}";
        assertEquals(Map.of("python/conv-16", 2.5e7, "python/mlp-small-1", 74000.0), PythonSource.parse(text));
        assertEquals(List.of("python 3.11", "torch 1.13"), PythonSource.versions(text));
    }

    @Test
    void thePythonScriptWithoutPyTorchSaysHowToInstallIt() {
        String text =
                "{\"versions\": {}, \"missing\": [\"torch: apt-get install python3-torch\"], \"nanoseconds\": {}}";
        IOException e = assertThrows(IOException.class, () -> PythonSource.parse(text));
        assertTrue(e.getMessage().contains("apt-get install python3-torch"), e.getMessage());
    }

    @Test
    void theFastestLineOfACProgram() throws IOException {
        assertEquals(
                1e3 / 149,
                LimitSource.nanoseconds(
                        "C ensemble: 120.5 M replica-steps/s (0.7)\nC ensemble: 149.0 M" + " replica-steps/s (0.7)\n"),
                1e-12);
        assertEquals(
                1e3 / 9.25, LimitSource.nanoseconds("C tiny B=1: median 9.25 M steps/s, max 9.300 (0.1)\n"), 1e-12);
        assertThrows(IOException.class, () -> LimitSource.nanoseconds("Segmentation fault"));
    }

    @Test
    void aMissingCProgramSaysHowToNameIt() {
        LimitSource source =
                new LimitSource(Path.of("nowhere", "tiny_step.c"), List.of("1"), "c/x", Path.of("nowhere"), JAVAS);
        IOException e = assertThrows(IOException.class, source::measure);
        assertTrue(e.getMessage().contains("--limits"), e.getMessage());
    }

    @Test
    void aCommandThatIsNotThereOrFails() {
        assertThrows(IOException.class, () -> Commands.output(List.of("no-such-program-as-this")));
        IOException e = assertThrows(
                IOException.class, () -> Commands.output(List.of("sh", "-c", "echo first >&2; echo why >&2; exit 4")));
        assertEquals("sh ended with 4: why", e.getMessage());
    }

    @Test
    void theLastProcessorsAreTaken() {
        assertEquals(List.of("taskset", "-c", "3"), JAVAS.pin(1));
        assertEquals(List.of("taskset", "-c", "2,3"), JAVAS.pin(2));
        assertEquals(List.of(), new Javas(Path.of("nowhere"), List.of()).pin(1));
        assertThrows(IOException.class, () -> JAVAS.launcher(Javas.MAIN, 3));
        assertThrows(IOException.class, () -> JAVAS.launcher(Javas.OLD, 1));
    }

    @Test
    void listsOfProcessors() {
        assertEquals(List.of(0, 1, 2, 5), Machine.parseList("0-2,5"));
        assertEquals(List.of(), Machine.parseList(""));
    }
}
