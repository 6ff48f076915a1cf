package dev.lowland.jmh.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which kernels a fresh virtual machine chooses, by what it is told. */
@Tag("slow")
class SimdChoiceTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void scalarIsHonoured() throws Exception {
        assertEquals("scalar: asked for by -Dlowland.simd", chosen(MODULE, "-Dlowland.simd=scalar"));
    }

    @Test
    void vectorIsHonoured() throws Exception {
        String chosen = chosen(MODULE, "-Dlowland.simd=vector");
        assertTrue(chosen.matches("vector \\(\\d+ bits\\): asked for by -Dlowland.simd"), chosen);
    }

    @Test
    void vectorsAreTakenWhereTheyAreWide() throws Exception {
        String chosen = chosen(MODULE);
        assertTrue(chosen.startsWith("vector (") || chosen.matches("scalar: vectors have (64|128) bits only"), chosen);
    }

    @Test
    void vectorWithoutItsModuleFailsAndSaysWhatToDo() throws Exception {
        String text = chosen("-Dlowland.simd=vector");
        assertTrue(text.contains("--add-modules jdk.incubator.vector"), text);
    }

    @Test
    void scalarWithoutTheModule() throws Exception {
        assertEquals("scalar: module jdk.incubator.vector is not there", chosen());
    }

    private static String chosen(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ShowKernels.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.strip();
    }
}
