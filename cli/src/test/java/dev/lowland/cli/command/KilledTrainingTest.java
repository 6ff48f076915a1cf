package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training is killed at any moment, while it makes its start, while it trains, while it writes, and taken up again:
 * θ, the lines of its log and its pictures have the bytes of the training that nobody disturbed. The images a second
 * are left out, which are others each time.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KilledTrainingTest {
    private static final int KILLED = 128 + 9;
    private static final int LATEST_MILLIS = 2500;
    private static final List<String> FILES = List.of(
            "report/figures/study/loss.svg",
            "report/figures/study/accuracy.csv",
            "report/figures/study/trace.csv",
            "report/figures/study/top.svg");

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    @Tag("once")
    void aTrainingThatIsKilledTwiceEndsAsIfNothingHadHappened() throws IOException, InterruptedException {
        Path undisturbed = undisturbed();
        Random random = new Random(1);
        Path place = Files.createDirectory(folder.resolve("killed"));
        kill(place, random.nextInt(LATEST_MILLIS));
        kill(place, random.nextInt(LATEST_MILLIS));
        assertEndsAlike(undisturbed, place);
    }

    @Test
    @Tag("long")
    @Tag("once")
    void fiftyTrainingsThatAreKilledEndAlike() throws IOException, InterruptedException {
        Path undisturbed = undisturbed();
        Random random = new Random(2);
        int killed = 0;
        for (int i = 0; killed < 50; i++) {
            assertTrue(i < 100, "most ended before they were killed");
            Path place = Files.createDirectory(folder.resolve("killed " + i));
            killed += kill(place, random.nextInt(LATEST_MILLIS)) ? 1 : 0;
            assertEndsAlike(undisturbed, place);
        }
    }

    @Test
    @Tag("slow")
    @Tag("once")
    void aFullDiskLeavesTheLastGoodState() throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("full"));
        assertEquals(0, silent(command(place, 1, 20, "--steps", "100")).waitFor());
        byte[] good = Files.readAllBytes(place.resolve("state"));
        ProcessBuilder limited = command(place, 1, 20, "--steps", "2000");
        List<String> words = new ArrayList<>(List.of("bash", "-c", "ulimit -f 4; exec \"$@\"", "bash"));
        words.addAll(limited.command());
        Process process = new ProcessBuilder(words).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), said);
        String last = said.lines().reduce((a, b) -> b).orElse("");
        assertTrue(last.startsWith("lowland train: --checkpoint is '" + place.resolve("state") + "' ("), said);
        assertTrue(last.contains("must be a file that can be written"), said);
        assertFalse(Files.exists(place.resolve("state.saving")), "half a state is left");
        byte[] left = Files.readAllBytes(place.resolve("state"));
        assertTrue(left.length >= good.length);
        assertEquals(0, silent(command(place, 1, 20, "--steps", "2000")).waitFor(), "what is left is taken up");
    }

    private Path undisturbed() throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("undisturbed"));
        assertEquals(0, start(place).waitFor());
        return place;
    }

    /** So many milliseconds after its beginning; false if it had ended by then. */
    private boolean kill(Path place, int milliseconds) throws IOException, InterruptedException {
        Process process = start(place);
        boolean ended = process.waitFor(300 + milliseconds, TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        int status = process.waitFor();
        assertEquals(ended ? 0 : KILLED, status);
        return !ended;
    }

    private void assertEndsAlike(Path undisturbed, Path place) throws IOException, InterruptedException {
        assertEquals(0, start(place).waitFor());
        assertArrayEquals(
                Files.readAllBytes(undisturbed.resolve("theta.npy")), Files.readAllBytes(place.resolve("theta.npy")));
        assertEquals(lines(undisturbed), lines(place));
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(undisturbed.resolve(file)), Files.readAllBytes(place.resolve(file)), file);
        }
    }

    private static List<String> lines(Path place) throws IOException {
        return Files.readAllLines(place.resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll(",\"imagesPerSecond\":[^}]*", ""))
                .toList();
    }

    private static Process start(Path place) throws IOException {
        int threads = place.getFileName().toString().hashCode() % 2 == 0 ? 1 : 2;
        return silent(command(
                place,
                threads,
                150,
                "--steps",
                "3000",
                "--log",
                place.resolve("log.jsonl").toString(),
                "--report",
                place.resolve("report").toString(),
                "--theta-out",
                place.resolve("theta.npy").toString()));
    }

    private static Process silent(ProcessBuilder command) throws IOException {
        return command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder command(Path place, int threads, int every, String... more) throws IOException {
        Path problem = Files.writeString(place.resolve("problem.json"), TrainCommandTest.PROBLEM);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlowland.simd=" + System.getProperty("lowland.simd", "scalar"),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lowland.cli.Main",
                "train",
                problem.toString(),
                "--start",
                "full-batch",
                "--start-loss",
                "0.2",
                "--start-rate",
                "0.3",
                "--every",
                String.valueOf(every),
                "--regularizer",
                "never",
                "--checkpoint",
                place.resolve("state").toString(),
                "--checkpoint-every",
                "40",
                "--resume",
                "--threads",
                String.valueOf(threads)));
        command.addAll(List.of(more));
        return new ProcessBuilder(command);
    }
}
