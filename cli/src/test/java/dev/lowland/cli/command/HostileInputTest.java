package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.ModelKind;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.cli.report.Samples;
import dev.lowland.optim.objective.LossKind;
import dev.lowland.optim.objective.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Values that nobody means: each is refused with status 2 and one line, before anything is computed or written, and no
 * file is lost.
 *
 * <p>In the tables {@code F} is a folder with {@code good.json}, {@code old.json} (a result that must stay),
 * {@code folder}, {@code empty}, {@code broken} (a link to nothing in a folder that is not there) and {@code loop} (a
 * link to itself); {@code ␀} is NUL, {@code ␛} the escape character, and {@code LONG} a name of 300 letters. {@code …}
 * in a message is what the system says, and {@code MODELS} and {@code LOSSES} are the names that files know.
 */
@DisabledOnOs(OS.WINDOWS)
class HostileInputTest {
    private static final String PROBLEM = """
            {"model": {"kind": "linear"}, "loss": "square",
             "data": {"inputs": [[0.5, 0.25], [1, 2]], "targets": [1, -1]}, "theta": [0.25, 0.5],
             "sgd": {"learningRate": 0.1, "momentum": 0.5, "batchSize": 2, "labelNoise": 0.5}}
            """;
    private static final String LONG = "x".repeat(300);

    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(folder.resolve("good.json"), PROBLEM);
        Files.writeString(folder.resolve("old.json"), "kept");
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("empty"), "");
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("no/where"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    }

    private String meant(String text) {
        return text.replace("F/", folder + "/")
                .replace("F:", folder + ":")
                .replace("BAD:", folder.resolve("bad.json") + ":")
                .replace('␀', '\0')
                .replace('␛', '\u001b')
                .replace("LONG", LONG)
                .replace("MODELS", names(Models.kinds().stream().map(ModelKind::name)))
                .replace("LOSSES", names(Losses.kinds().stream().map(LossKind::name)));
    }

    private static String names(Stream<String> names) {
        return names.collect(Collectors.joining(", "));
    }

    private void refuses(String message, String... args) throws IOException {
        CommandRun run = CommandRun.of(Samples.ledger(), args);
        String pattern = Arrays.stream(("lowland " + meant(message) + System.lineSeparator()).split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^\\n]*"));
        assertTrue(run.err().matches(pattern), run.err());
        assertEquals("", run.out());
        assertEquals(2, run.status());
        assertEquals("kept", Files.readString(folder.resolve("old.json")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    6, files.filter(file -> !file.endsWith("bad.json")).count(), "a file too many, or one too few");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hostile/options.csv", delimiter = '|', quoteCharacter = '`')
    void ofOptions(String command, String message) throws IOException {
        String[] args = Arrays.stream(command.split(" "))
                .map(word -> word.equals("''") ? "" : meant(word))
                .toArray(String[]::new);
        refuses(message, args);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvFileSource(resources = "/hostile/fields.csv", delimiter = '|', quoteCharacter = '`')
    void ofFields(String from, String to, String message) throws IOException {
        String found = from.replace("DATA", "{\"inputs\": [[0.5, 0.25], [1, 2]], \"targets\": [1, -1]}");
        assertTrue(PROBLEM.contains(found), found);
        Path bad = Files.writeString(folder.resolve("bad.json"), PROBLEM.replace(found, meant(to)));
        refuses("inspect: " + message, "inspect", bad.toString());
    }

    @Test
    void whatOnlyLooksHostileIsTaken() throws IOException {
        Path odd = Files.writeString(folder.resolve("@odd é.json"), PROBLEM.replace("0.5}", "-0.0}"));
        Path out = folder.resolve("@" + "y".repeat(249) + ".json");
        CommandRun run = CommandRun.of("predict", odd.toString(), "--steps", "3", "--json", out.toString());
        assertEquals(0, run.status(), run.err());
        assertTrue(Files.readString(out).contains("\"theta\""));
        assertEquals("", run.err());
    }
}
