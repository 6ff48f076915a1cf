package dev.lowland.jmh.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs end in the same bits on both twins, and a lane of an ensemble in those of the single run. */
@Tag("slow")
class SameBitsTest {

    @Test
    void bothTwinsAndEveryLane() throws Exception {
        List<String> scalar = digests("-Dlowland.simd=scalar");
        List<String> vector = digests("-Dlowland.simd=vector", "--add-modules=jdk.incubator.vector");
        assertEquals(String.join("\n", scalar), String.join("\n", vector));
        assertEquals(18, scalar.size());
        assertTrue(scalar.stream().noneMatch(line -> line.endsWith("false")), String.join("\n", scalar));
    }

    private static List<String> digests(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), RunDigests.class.getName(), "1000"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.strip().lines().toList();
    }
}
