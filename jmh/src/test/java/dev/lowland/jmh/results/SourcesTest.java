package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void theLeastTimeOfEachNameThatACProgramPrints() {
        assertEquals(
                Map.of("step-1", 88.5, "step-8", 5.72e2),
                NativeSource.nanoseconds("step-1 90\nstep-1 88.5\nstep-8 5.72e2\nstep-1 91\nnot a time\n"));
    }

    /** What stands in the project compiles, runs, and prints what the plan asks of it, where there is a compiler. */
    @Tag("slow")
    @Test
    void theProgramsInCPrintWhatIsAskedOfThem(@TempDir Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(hasCompiler(), "no gcc");
        Javas javas = new Javas(folder, List.of());
        Peers peers = new Peers("python3", Path.of("peers").toAbsolutePath(), "", folder, javas);
        for (Source source : List.of(peers.step("1"), peers.ensemble(), peers.ensembleOfNetworks("8"))) {
            Map<String, Double> times = source.measure();
            assertEquals(Set.copyOf(source.names()), times.keySet());
            times.values().forEach(time -> assertTrue(time > 0 && time < 1e6, times.toString()));
        }
    }

    private static boolean hasCompiler() throws InterruptedException {
        try {
            Commands.output(List.of("gcc", "--version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aMissingCProgramIsNamed() {
        Source source = new Peers("python3", Path.of("nowhere"), "", Path.of("nowhere"), JAVAS).step("1");
        IOException e = assertThrows(IOException.class, source::measure);
        assertTrue(e.getMessage().endsWith("step.c"), e.getMessage());
        assertEquals("c/step-1", source.label());
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
