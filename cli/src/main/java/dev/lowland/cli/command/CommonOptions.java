package dev.lowland.cli.command;

import dev.lowland.cli.report.ReportFolder;
import dev.lowland.cli.report.ResultFiles;
import dev.lowland.cli.report.RunInfo;
import dev.lowland.cli.report.StudyText;
import dev.lowland.cli.report.view.StudyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has, and what they mean for its output. */
final class CommonOptions {
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result as JSON; - is standard output, in place of the table.")
    private @Nullable String json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write a report: index.html with its pictures, results.json and CSV.")
    private @Nullable Path report;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random number (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads (default: the processors there are). No result depends on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Writes a report into its folder. */
    interface ReportWriter {
        void write(ReportFolder folder) throws IOException;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    /** Whether the result goes anywhere but to a table on standard output. */
    boolean wantsFiles() {
        return report != null || json != null;
    }

    /**
     * Refuses what cannot work before time is spent on it.
     *
     * @throws UsageException if there are no threads, or a place for output is not usable
     */
    void check() {
        if (threads < 1) {
            throw new UsageException("--threads is " + threads + ", must be at least 1");
        }
        if (json != null && !json.equals(STANDARD_OUTPUT)) {
            Path folder = Path.of(json).toAbsolutePath().getParent();
            if (Files.isDirectory(Path.of(json))) {
                throw new UsageException("--json " + json + " is a folder, must be a file");
            }
            if (folder == null || !Files.isDirectory(folder)) {
                throw new UsageException("--json " + json + ": its folder does not exist");
            }
            if (!Files.isWritable(folder)) {
                throw new UsageException("--json " + json + ": its folder cannot be written to");
            }
        }
        if (report != null) {
            Path existing = report.toAbsolutePath();
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
                throw new UsageException(
                        "--report " + report + ": " + existing + " is not a folder that can be written to");
            }
        }
    }

    /**
     * Delivers a study: first the files, then standard output.
     *
     * @param console where it is printed
     * @param study what was found
     * @param command what made it, as one would type it, without options for output
     * @throws UsageException if a file cannot be written
     */
    void deliver(Console console, StudyView study, String command) {
        String jsonText = study.json();
        RunInfo info = Version.describe(command);
        deliver(console, StudyText.text(study), jsonText, folder -> folder.write(study, info, jsonText));
    }

    /**
     * Delivers a result: first the files, then standard output.
     *
     * @param console where it is printed
     * @param text for people
     * @param jsonText for programs
     * @param reportWriter writes the report, where one is wanted
     * @throws UsageException if a file cannot be written
     */
    void deliver(Console console, String text, String jsonText, ReportWriter reportWriter) {
        if (report != null) {
            try {
                reportWriter.write(new ReportFolder(report));
            } catch (IOException e) {
                throw new UsageException("--report " + report + ": cannot be written: " + e);
            }
        }
        if (json != null && !json.equals(STANDARD_OUTPUT)) {
            try {
                ResultFiles.write(Path.of(json), jsonText);
            } catch (IOException e) {
                throw new UsageException("--json " + json + ": cannot be written: " + e);
            }
        }
        console.out().print(STANDARD_OUTPUT.equals(json) ? jsonText : text);
        console.out().flush();
        if (console.out().checkError()) {
            throw new UsageException("standard output: cannot be written");
        }
    }
}
