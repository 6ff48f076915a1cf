package dev.lowland.optim.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.support.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that saves its run again and again is killed at a random moment, and the next one goes on. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KilledRunTest {

    private static final long END = 10_000;
    private static final long BETWEEN_SAVES = 100;
    /** After a save, so that a run takes longer than the latest kill even where files are memory. */
    private static final int PAUSE_MILLIS = 1;

    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    @Tag("once")
    void aRunThatIsKilledThreeTimesEndsAsIfNothingHadHappened() throws IOException, InterruptedException {
        Path file = folder.resolve("state");
        Random random = new Random(1);
        for (int kill = 0; kill < 3; kill++) {
            kill(file, random.nextInt(25));
        }
        assertEndsAlike(file);
    }

    @Test
    @Tag("long")
    @Tag("once")
    void fiftyRunsThatAreKilledEndAlike() throws IOException, InterruptedException {
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            Path file = folder.resolve("state " + i);
            kill(file, random.nextInt(80));
            assertEndsAlike(file);
        }
    }

    /** So many milliseconds after it has said that it has begun to save. */
    private void kill(Path file, int milliseconds) throws IOException, InterruptedException {
        Process process = start(file);
        assertEquals('s', process.getInputStream().read());
        Thread.sleep(milliseconds);
        process.destroyForcibly();
        assertEquals(KILLED, process.waitFor(), "it had ended before it was killed");
        long steps = SavedState.load(file).number("step");
        assertTrue(steps > 0 && steps < END, steps + " steps");
    }

    private void assertEndsAlike(Path file) throws IOException, InterruptedException {
        Process process = start(file);
        process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());
        Problems problem = problem();
        Run undisturbed = sgd().run(problem.objective(), problem.theta(), END);
        SavedState saved = SavedState.load(file);
        assertEquals(END, saved.number("step"));
        assertArrayEquals(undisturbed.parameters().data, saved.array("parameters"));
        assertArrayEquals(undisturbed.velocity().data, saved.array("memory velocity"));
    }

    private static Process start(Path file) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlowland.simd=" + System.getProperty("lowland.simd", "scalar"),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRunTest.class.getName(),
                file.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Problems problem() {
        return Problems.interpolated(Models.mlp(3, 5, 1), 8, 1);
    }

    private static LabelNoiseSgd sgd() {
        return LabelNoiseSgd.of(0.01).withLabelNoise(0.2).withMomentum(0.6).withBatchSize(2);
    }

    /** Goes on with the run in a file, or begins it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        Problems problem = problem();
        StateSettings settings = StateSettings.of(sgd(), problem.objective());
        Run run = Files.exists(file)
                ? Run.of(States.state(SavedState.load(file), settings))
                : sgd().run(problem.objective(), problem.theta(), 0);
        boolean said = false;
        while (run.steps() < END) {
            run = sgd().resume(problem.objective(), run, Math.min(BETWEEN_SAVES, END - run.steps()));
            States.of(run, settings).save(file);
            Thread.sleep(PAUSE_MILLIS);
            if (!said) {
                System.out.print('s');
                System.out.flush();
                said = true;
            }
        }
    }
}
