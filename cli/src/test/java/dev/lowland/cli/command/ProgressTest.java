package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static String display(int columns) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (Progress progress = new Progress(new Console(stream, stream, columns), "verify")) {
            progress.advance(0.5, "half of it");
            progress.advance(0.25, "late news");
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isSilentWithoutATerminal() {
        assertEquals("", display(0));
    }

    @Test
    void goesAwayAtTheEnd() {
        String shown = display(60);
        assertTrue(shown.contains("\r"), shown);
        assertTrue(shown.substring(shown.lastIndexOf('\r') + 1).isBlank(), shown);
    }

    @Test
    void fitsTheTerminal() {
        assertEquals(
                "verify [============            ]  50 %  1:05  drift: mlp",
                Progress.line("verify", 0.5, 65, "drift: mlp", 80));
        assertEquals("verify [====", Progress.line("verify", 0.5, 65, "drift: mlp", 12));
    }
}
