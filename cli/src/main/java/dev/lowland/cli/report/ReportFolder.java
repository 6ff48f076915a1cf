package dev.lowland.cli.report;

import dev.lowland.cli.report.chart.SvgChart;
import dev.lowland.cli.report.view.StudyView;
import dev.lowland.cli.study.ReferenceTable;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.ledger.LedgerRun;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a report: {@code index.html}, the exact numbers in {@code results.json}, CSV and SVG. What is there
 * already is replaced file by file; nothing is deleted.
 */
public final class ReportFolder {
    private final Path folder;

    /**
     * A report in a folder, which is made where it is missing.
     *
     * @param folder the folder
     * @throws IOException if it cannot be made
     */
    public ReportFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * Whether a folder can be written to, or made.
     *
     * @param folder the folder
     * @throws IOException if it, or what stands where it would be, is no folder that can be written to
     */
    public static void check(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        boolean isFolder = Files.isDirectory(existing);
        if (!isFolder || !Files.isWritable(existing)) {
            String reason = existing + (isFolder ? " may not be written to" : " is no folder");
            throw new FileSystemException(folder.toString(), null, reason);
        }
    }

    /**
     * Writes the report of a run of the ledger: the page, {@code results.json}, {@code cases.csv} and numbers and
     * picture of each figure.
     *
     * @param run what became of the ledger
     * @param info where it ran
     * @param thorough whether with more samples
     * @param json the text of {@code results.json}
     * @param reference numbers to show beside the claims; null for none
     * @return the page
     * @throws IOException if a file cannot be written
     */
    public Path write(LedgerRun run, RunInfo info, boolean thorough, String json, @Nullable ReferenceTable reference)
            throws IOException {
        for (LedgerRun.Entry entry : run.entries()) {
            figures(entry.claim().name(), entry.result().figures());
        }
        ResultFiles.write(folder.resolve("cases.csv"), LedgerCsv.text(run));
        return page(LedgerPage.html(run, info, thorough, reference), json);
    }

    /**
     * Writes the report of a study: the page, {@code results.json} and numbers and picture of each figure.
     *
     * @param study what was found
     * @param info where it ran
     * @param json the text of {@code results.json}
     * @return the page
     * @throws IOException if a file cannot be written
     */
    public Path write(StudyView study, RunInfo info, String json) throws IOException {
        List<Figure> figures = study.figures();
        figures(StudyPage.OWNER, figures);
        return page(StudyPage.html(study, figures, info), json);
    }

    private void figures(String owner, List<Figure> figures) throws IOException {
        for (Figure figure : figures) {
            Path csv = folder.resolve(FigureFiles.path(owner, figure, "csv"));
            Files.createDirectories(csv.getParent());
            ResultFiles.write(csv, FigureFiles.csv(figure));
            ResultFiles.write(folder.resolve(FigureFiles.path(owner, figure, "svg")), SvgChart.file(figure));
        }
    }

    private Path page(String html, String json) throws IOException {
        ResultFiles.write(folder.resolve("results.json"), json);
        Path page = folder.resolve("index.html");
        ResultFiles.write(page, html);
        return page;
    }
}
