package dev.lowland.jmh.results;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs other programs. */
final class Commands {
    private Commands() {}

    /**
     * What a command prints on standard output.
     *
     * @throws IOException if it cannot start or does not end with 0; with the last line it printed
     */
    static String output(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("lowland", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(errors.toFile())
                    .start();
            String text;
            try (InputStream out = process.getInputStream()) {
                text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            int status = process.waitFor();
            if (status != 0) {
                String said = Files.readString(errors).strip();
                throw new IOException(
                        command.get(0) + " ended with " + status + ": " + said.substring(said.lastIndexOf('\n') + 1));
            }
            return text;
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
