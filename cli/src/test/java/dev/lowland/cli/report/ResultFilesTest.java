package dev.lowland.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
