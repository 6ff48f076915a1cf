package dev.lowland.optim.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedStateTest {

    private static final StateSettings SETTINGS =
            StateSettings.empty().with("optimiser", "plain, η = 0.1").with("seed", "7");

    @TempDir
    private Path folder;

    private static SavedState state(int length) {
        double[] parameters = new Random(1).doubles(length, -1, 1).toArray();
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("parameters", parameters);
        arrays.put("odd numbers", new double[] {Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY});
        arrays.put("none", new double[0]);
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("steps", 12_345_678_901L);
        numbers.put("seed", Long.MIN_VALUE);
        return SavedState.of("run", SETTINGS, numbers, arrays);
    }

    private static void assertSame(SavedState expected, SavedState found) {
        assertEquals(expected.kind(), found.kind());
        assertEquals(expected.settings().values(), found.settings().values());
        assertEquals(expected.numbers(), found.numbers());
        assertEquals(expected.arrays().keySet(), found.arrays().keySet());
        expected.arrays().forEach((name, array) -> assertArrayEquals(bits(array), bits(found.array(name))));
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /** More numbers than are written at once, with every bit. */
    @Test
    void comesBackAsItWas() throws IOException {
        SavedState state = state(3000);
        byte[] bytes = state.toBytes();
        assertSame(state, SavedState.of(bytes));
        Path file = folder.resolve("state");
        state(5).save(file);
        state.save(file);
        assertSame(state, SavedState.load(file));
        assertArrayEquals(bytes, Files.readAllBytes(file));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void severalFollowEachOtherInAStream() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        state(2).write(out);
        state(4).write(out);
        InputStream in = new ByteArrayInputStream(out.toByteArray());
        assertEquals(2, SavedState.read(in).array("parameters").length);
        assertEquals(4, SavedState.read(in).array("parameters").length);
        assertEquals(
                "read a saved state: the beginning is foreign, must be LOWLANDS", fault(() -> SavedState.read(in)));
    }

    /** The format is fixed: these are the bytes of version 1, put together by hand. */
    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        SavedState small = SavedState.of(
                "k", StateSettings.empty().with("a", "ö"), Map.of("n", 258L), Map.of("x", new double[] {1}));
        ByteBuffer expected = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        expected.put("LOWLANDS".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(58);
        expected.putInt(checksum(expected.array()));
        expected.putInt(1).put((byte) 'k');
        expected.putInt(1).putInt(1).put((byte) 'a').putInt(2).put("ö".getBytes(StandardCharsets.UTF_8));
        expected.putInt(1).putInt(1).put((byte) 'n').putLong(258);
        expected.putInt(1).putInt(1).put((byte) 'x').putInt(1).putDouble(1);
        byte[] body = Arrays.copyOf(expected.array(), expected.position());
        byte[] found = small.toBytes();
        assertArrayEquals(body, Arrays.copyOf(found, body.length));
        assertArrayEquals(StateSettings.sha256().digest(body), Arrays.copyOfRange(found, body.length, found.length));
    }

    private static int checksum(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header, 0, 20);
        return (int) sum.getValue();
    }

    @Test
    void anyByteThatIsAlteredIsNoticed() {
        byte[] bytes = state(6).toBytes();
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] altered = bytes.clone();
                altered[i] ^= (byte) (1 << bit);
                String text = fault(() -> SavedState.of(altered));
                assertTrue(
                        text.contains("altered") || text.contains("foreign") || text.contains("cut short"),
                        text + " for bit " + bit + " of byte " + i);
            }
        }
    }

    @Test
    void anyEndThatIsMissingIsNoticed() {
        byte[] bytes = state(6).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            String rule = length < 8 ? "is foreign, must be LOWLANDS" : "is cut short, must be as it was written";
            assertTrue(fault(() -> SavedState.of(cut)).endsWith(rule));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertEquals(
                "read a saved state: the state is longer than it says, must be as it was written",
                fault(() -> SavedState.of(longer)));
    }

    @Test
    void refusesWhatOthersWrote() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "{\"kind\": \"something else altogether\"}");
        assertEquals(
                "read a saved state: the beginning is foreign, must be LOWLANDS", fault(() -> SavedState.load(file)));
        byte[] newer = state(2).toBytes();
        ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2).putInt(20, versioned(newer));
        assertEquals(
                "read a saved state: the state is of version 2, written by a newer Lowland, must be of version 1",
                fault(() -> SavedState.of(newer)));
        assertThrows(NoSuchFileException.class, () -> SavedState.load(folder.resolve("none")));
    }

    private static int versioned(byte[] bytes) {
        byte[] header = bytes.clone();
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2);
        return checksum(header);
    }

    /** A length that is no length asks for no memory. */
    @Test
    void hugeLengthsAskForNoMemory() {
        byte[] bytes = state(2).toBytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, Integer.MAX_VALUE);
        assertEquals(
                "read a saved state: the state is altered since it was written, must be as it was written",
                fault(() -> SavedState.of(bytes)));
    }

    @Test
    void saysWhatDiffers() {
        SavedState state = state(2);
        state.require("resume", "run", SETTINGS);
        refused("resume: the saved state is of kind run, must be of kind ensemble", "ensemble", SETTINGS);
        refused("resume: seed in the saved state is 7, must be 8", "run", SETTINGS.with("seed", "8"));
        refused(
                "resume: momentum in the saved state is not said, must be 0.5",
                "run",
                SETTINGS.with("momentum", "0.5"));
        refused(
                "resume: settings in the saved state is [optimiser, seed], must be those of the run, []",
                "run",
                StateSettings.empty());
        assertEquals(12_345_678_901L, state.number("steps"));
        String message = assertThrows(IllegalArgumentException.class, () -> state.array("θ"))
                .getMessage();
        assertEquals("SavedState: array θ is not there, must be one of [parameters, odd numbers, none]", message);
    }

    /** Where one name ends and its value begins is part of it. */
    @Test
    void theHashIsThatOfNamesAndValues() {
        String hash = StateSettings.empty().with("a", "bc").hash();
        assertEquals(64, hash.length());
        assertEquals(hash, StateSettings.empty().with("a", "bc").hash());
        assertTrue(!hash.equals(StateSettings.empty().with("ab", "c").hash()));
        assertTrue(!hash.equals(StateSettings.empty().with("a", "bd").hash()));
    }

    private static void refused(String text, String kind, StateSettings settings) {
        assertEquals(
                text,
                assertThrows(IllegalArgumentException.class, () -> state(2).require("resume", kind, settings))
                        .getMessage());
    }

    private interface Action {
        void run() throws IOException;
    }

    private static String fault(Action action) {
        return assertThrows(IOException.class, action::run).getMessage();
    }
}
