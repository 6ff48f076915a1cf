package dev.lowland.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file is there as a whole or not at all. */
class ResultFilesTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void replacesAFile() throws IOException {
        Path file = folder.resolve("a.json");
        ResultFiles.write(file, "first, and longer");
        ResultFiles.write(file, "zweitens ½");
        assertEquals("zweitens ½", Files.readString(file));
        assertEquals(List.of("a.json"), names());
    }

    @Test
    void followsALink() throws IOException {
        Path file = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        ResultFiles.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void makesTheFileThatALinkNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("not yet"));
        ResultFiles.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(folder.resolve("not yet")));
        assertEquals(List.of("link", "not yet"), names());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsTheModeOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        for (String mode : List.of("rw-------", "rw-rw-rw-", "rw-r-----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            ResultFiles.write(file, mode);
            assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(mode, Files.readString(file));
        }
    }

    @Test
    void refusesAFileThatMayNotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        assumeTrue(file.toFile().setReadOnly() && !Files.isWritable(file), "the superuser may write anything");
        FileSystemException e = assertThrows(FileSystemException.class, () -> ResultFiles.write(file, "new"));
        assertEquals("it may not be written", e.getReason());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void anInterruptLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, () -> ResultFiles.write(file, "new"));
        assertTrue(Thread.interrupted());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.json"), names());
    }

    /** As {@code --json >(…)} is, and {@code --json /dev/fd/3 3>>file}: the names of what is open already. */
    @Test
    void writesToPipesAndDescriptors() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "before\n");
        String script = "exec 3>>'" + log + "'; exec \"$@\" /dev/fd/3 /dev/fd/63 63> >(cat >&2)";
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) && Files.exists(Path.of("/proc/self/fd")));
        Process process = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        script,
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("new\n", said);
        assertEquals("before\nnew\n", Files.readString(log));
    }

    /** Writes a line to each of the files named. */
    static final class Writer {
        public static void main(String[] files) throws IOException {
            for (String file : files) {
                ResultFiles.write(Path.of(file), "new\n");
            }
        }
    }

    @Test
    void leavesADeviceWhereItIs() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        ResultFiles.write(device, "gone");
        assertTrue(Files.exists(device) && !Files.isRegularFile(device));
    }

    @Test
    void leavesNothingWhereTheFileCannotBe() throws IOException {
        assertThrows(IOException.class, () -> ResultFiles.write(folder.resolve("no/a.json"), "x"));
        assertEquals(List.of(), names());
    }
}
