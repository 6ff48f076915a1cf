package dev.lowland.cli.rows;

import dev.lowland.theory.claims.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the rows of the claims into the documents.
 *
 * <pre>
 * WriteRows ROOT [PRINTED]
 * </pre>
 *
 * PRINTED is a file with what {@code ./lowland verify} printed, for README.md.
 */
final class WriteRows {

    private WriteRows() {}

    public static void main(String[] args) throws IOException {
        Path paper = Path.of(args[0], "PAPER.md");
        Files.writeString(paper, ClaimRows.paper(Files.readString(paper), Claims.all()));
        if (args.length > 1) {
            Path readme = Path.of(args[0], "README.md");
            Files.writeString(readme, ClaimRows.readme(Files.readString(readme), Files.readString(Path.of(args[1]))));
        }
    }
}
