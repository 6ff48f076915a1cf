package dev.lowland.cli.command;

import dev.lowland.cli.problem.FileReason;
import dev.lowland.cli.report.ReportFolder;
import dev.lowland.cli.report.ResultFiles;
import dev.lowland.cli.report.RunInfo;
import dev.lowland.cli.report.StudyText;
import dev.lowland.cli.report.view.StudyView;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has, and what they mean for its output. */
final class CommonOptions {
    private static final Set<String> STANDARD_OUTPUT = Set.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    /** More would only be in each other's way, and a system runs out of them. */
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result as JSON; - or /dev/stdout is standard output, in place of the table.")
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
     * @throws UsageException if there are no threads or too many, or a place for output is not usable
     */
    void check() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new UsageException("--threads", String.valueOf(threads), "in [1, " + MOST_THREADS + "]");
        }
        if (json != null && !toStandardOutput()) {
            try {
                ResultFiles.check(Path.of(json));
            } catch (IOException | InvalidPathException e) {
                throw refused("--json", json, e, "a file that can be written");
            }
        }
        if (report != null) {
            try {
                ReportFolder.check(report);
            } catch (IOException e) {
                throw refused("--report", report.toString(), e, "a folder that can be written to");
            }
        }
    }

    /** Whether the JSON takes the place of the table: {@code -}, and the names that the system has for the same. */
    private boolean toStandardOutput() {
        return json != null && STANDARD_OUTPUT.contains(json);
    }

    private static UsageException refused(String option, String value, Exception e, String rule) {
        return new UsageException(option, "'" + value + "' (" + FileReason.of(e) + ")", rule);
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
     * Writes the report of work that goes on, where one is wanted.
     *
     * @param study what was found so far
     * @param command what makes it
     * @throws UsageException if it cannot be written
     */
    void renew(StudyView study, String command) {
        if (report != null) {
            try {
                new ReportFolder(report).write(study, Version.describe(command), study.json());
            } catch (IOException e) {
                throw refused("--report", report.toString(), e, "a folder that can be written to");
            }
        }
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
                throw refused("--report", report.toString(), e, "a folder that can be written to");
            }
        }
        if (json != null && !toStandardOutput()) {
            try {
                ResultFiles.write(Path.of(json), jsonText);
            } catch (IOException e) {
                throw refused("--json", json, e, "a file that can be written");
            }
        }
        console.out().print(toStandardOutput() ? jsonText : text);
        console.out().flush();
        if (console.out().checkError()) {
            throw new UsageException("standard output", "closed or full", "one that can be written to");
        }
    }
}
