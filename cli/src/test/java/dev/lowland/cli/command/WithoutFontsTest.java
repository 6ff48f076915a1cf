package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report has its pictures also where no font is installed. */
@Tag("slow")
class WithoutFontsTest {
    @TempDir
    private Path folder;

    @Test
    void theReportHasItsPictures() throws Exception {
        Path none = Files.createDirectories(folder.resolve("none"));
        Path fonts =
                Files.writeString(folder.resolve("fonts.conf"), "<fontconfig><dir>" + none + "</dir></fontconfig>");
        Path problem = Problems.write(folder, "linear");
        Path report = folder.resolve("report");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lowland.cli.Main",
                "predict",
                problem.toString(),
                "--steps",
                "10",
                "--report",
                report.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FONTCONFIG_FILE", fonts.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("<svg class=\"chart\""), page);
        try (var files = Files.list(report.resolve("figures/study"))) {
            assertTrue(files.anyMatch(file -> file.toString().endsWith(".svg")));
        }
    }
}
