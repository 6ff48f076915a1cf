package dev.lowland.cli.report;

import dev.lowland.cli.report.view.TrainingView;
import dev.lowland.cli.train.TrainingRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a training as JSON Lines, one as soon as it is there. A file that is taken up again is first made to have
 * the rows that were kept, and no others, so that none is lost and none is there twice. For one thread.
 */
public final class TrainingLog {
    private final Path file;
    private int written;
    private boolean begun;

    /**
     * A log.
     *
     * @param file where to
     */
    public TrainingLog(Path file) {
        this.file = file;
    }

    /**
     * Writes the rows that are not written yet.
     *
     * @param rows all rows so far
     * @throws IOException if the file cannot be written
     */
    public void write(List<TrainingRow> rows) throws IOException {
        if (!begun) {
            ResultFiles.write(file, text(rows));
            begun = true;
        } else {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                out.write(text(rows.subList(written, rows.size())).getBytes(StandardCharsets.UTF_8));
            }
        }
        written = rows.size();
    }

    private static String text(List<TrainingRow> rows) {
        return rows.stream().map(row -> TrainingView.line(row) + "\n").collect(Collectors.joining());
    }
}
