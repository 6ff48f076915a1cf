package dev.lowland.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A refusal is a sentence of {@link dev.lowland.core.check.Checks}, in the main sources of every module. */
class RefusalsTest {

    private static final Path MAKER =
            Path.of("core", "src", "main", "java", "dev", "lowland", "core", "check", "Checks.java");

    /** What only {@link #MAKER} may say: the exception itself, and the form that sentences had before. */
    private static final List<String> KEPT = List.of("new IllegalArgumentException(", "; rule: ");

    @Test
    void onlyTheChecksMakeRefusals() throws IOException {
        Path root = Path.of("..");
        List<String> found = new ArrayList<>();
        for (Path source : sources(root)) {
            String text = Files.readString(source);
            Path file = root.relativize(source);
            for (String words : KEPT) {
                if (!file.equals(MAKER) && text.contains(words)) {
                    found.add(file + ": " + words);
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> out = new ArrayList<>();
        List<String> modules = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path module : folders) {
                Path main = module.resolve("src").resolve("main").resolve("java");
                if (Files.isDirectory(main)) {
                    modules.add(module.getFileName().toString());
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(f -> f.toString().endsWith(".java")).forEach(out::add);
                    }
                }
            }
        }
        List<String> all = List.of("core", "autodiff", "optim", "theory-checks", "cli", "jmh", "examples");
        assertTrue(modules.containsAll(all), modules::toString);
        assertTrue(out.contains(root.resolve(MAKER)), "the maker of refusals is not where it is looked for");
        return out;
    }
}
