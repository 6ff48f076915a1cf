package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * States that are no states of the training, each refused with status 2 and one line that says what is wrong; the file
 * stays as it was.
 */
@Tag("slow")
class MalformedCheckpointTest {
    private static final int HEADER = 24;

    @TempDir
    Path folder;

    private Path problem = Path.of("");
    private Path state = Path.of("");
    private byte[] good = {};

    @BeforeEach
    void keepAGoodState() throws IOException {
        problem = Files.writeString(folder.resolve("problem.json"), TrainCommandTest.PROBLEM);
        state = folder.resolve("state");
        CommandRun run = train();
        assertEquals(0, run.status(), run.err());
        good = Files.readAllBytes(state);
    }

    private CommandRun train(String... options) {
        List<String> all = new ArrayList<>(List.of(
                "train",
                problem.toString(),
                "--checkpoint",
                state.toString(),
                "--resume",
                "--regularizer",
                "never",
                "--every",
                "10",
                "--steps",
                "20"));
        all.addAll(Arrays.asList(options));
        return CommandRun.of(all.toArray(new String[0]));
    }

    private void assertRefused(String message, String... options) throws IOException {
        byte[] before = Files.readAllBytes(state);
        CommandRun run = train(options);
        assertEquals(2, run.status(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        String start = "lowland train: --checkpoint is '" + state + "' (";
        assertTrue(run.err().startsWith(start), run.err());
        String said = run.err().strip().substring(start.length());
        assertEquals(message + "), must be a state of this training", said);
        assertArrayEquals(before, Files.readAllBytes(state));
    }

    @ParameterizedTest(name = "{0} bytes of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0   | 1 | nothing
            7   | 1 | the magic number
            20  | 1 | the header
            24  | 1 | the header alone
            60  | 1 | the settings
            0.5 | 0 | half
            0.9 | 0 | the arrays
            -1  | 1 | the digest
            """)
    void refusesWhatIsCutShort(double length, int whole, String place) throws IOException {
        int bytes = whole == 0 ? (int) (length * good.length) : length < 0 ? good.length - 1 : (int) length;
        Files.write(state, Arrays.copyOf(good, bytes));
        byte[] before = Files.readAllBytes(state);
        CommandRun run = train();
        assertEquals(2, run.status(), place);
        assertTrue(run.err().contains("read a saved state: "), run.err());
        assertTrue(run.err().endsWith("must be a state of this training" + System.lineSeparator()), run.err());
        assertEquals(1, run.err().lines().count());
        assertArrayEquals(before, Files.readAllBytes(state));
    }

    @Test
    void refusesWhatIsAlteredAnywhere() throws IOException {
        for (int place : new int[] {0, 5, 9, 13, 21, HEADER, 100, good.length / 2, good.length - 40, good.length - 1}) {
            byte[] bytes = good.clone();
            bytes[place] ^= 4;
            Files.write(state, bytes);
            CommandRun run = train();
            assertEquals(2, run.status(), "byte " + place);
            assertTrue(run.err().contains("read a saved state: "), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }

    @Test
    void refusesANewerVersionAndALongerFile() throws IOException {
        byte[] newer = good.clone();
        ByteBuffer header = ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(8, 2);
        CRC32C sum = new CRC32C();
        sum.update(newer, 0, HEADER - 4);
        header.putInt(HEADER - 4, (int) sum.getValue());
        Files.write(state, newer);
        assertRefused(
                "read a saved state: the state is of version 2, written by a newer Lowland, must be of version 1");
        Files.write(state, Arrays.copyOf(good, good.length + 3));
        assertRefused("read a saved state: the state is longer than it says, must be as it was written");
    }

    @Test
    void refusesAStateOfAnotherTraining() throws IOException {
        assertRefused("resume: seed in the saved state is 1, must be 2", "--seed", "2");
        assertRefused(
                "resume: start in the saved state is given, must be Start[kind=FULL_BATCH, learningRate=0.2, steps=100000,"
                        + " loss=0.01, copies=10]",
                "--start",
                "full-batch");
        assertRefused(
                "resume: looks in the saved state is LookPlan[every=10, curvatureEvery=1, regularizer=NEVER, products=12,"
                        + " batches=16], must be LookPlan[every=10, curvatureEvery=2, regularizer=NEVER, products=12,"
                        + " batches=16]",
                "--curvature-every",
                "2");
        problemWith("\"learningRate\": 0.2", "\"learningRate\": 0.3");
        assertRefused("resume: learning rate in the saved state is 0.2, must be 0.3");
        problemWith("\"batchSize\": 5", "\"batchSize\": 6");
        assertRefused("resume: batches in the saved state is 5 in epochs, must be 6 in epochs");
        problemWith("\"flipProbability\": 0.2", "\"flipProbability\": 0.1");
        assertRefused("resume: loss in the saved state is cross-entropy with flips of probability 0.2, must be"
                + " cross-entropy with flips of probability 0.1");
        problemWith("\"flipProbability\": 0.2", "\"flipProbability\": 0.2, \"rule\": \"sign\"");
        assertRefused("resume: rule in the saved state is plain [], must be sign []");
        problemWith("\"flipProbability\": 0.2", "\"flipProbability\": 0.2, \"clipNorm\": 1");
        assertRefused("resume: regularization in the saved state is none, must be clipNorm=1.0");
    }

    private void problemWith(String from, String to) throws IOException {
        assertTrue(TrainCommandTest.PROBLEM.contains(from));
        Files.writeString(problem, TrainCommandTest.PROBLEM.replace(from, to));
    }

    @Test
    void refusesStatesOfOtherKinds() throws IOException {
        Problem read = ProblemReader.read(problem);
        StateSettings settings = StateSettings.of(read.optimiser(1), read.objective());
        States.of(read.optimiser(1).run(read.objective(), read.theta(), 3), settings)
                .save(state);
        assertRefused("resume: start in the saved state is not said, must be given");
        SavedState.of("else", settings, Map.of(), Map.of()).save(state);
        assertRefused("resume: the saved state is of kind else, must be of kind optimiser");
    }
}
