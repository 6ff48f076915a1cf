package dev.lowland.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.view.Fact;
import dev.lowland.cli.report.view.ProblemView;
import dev.lowland.cli.report.view.VectorTable;
import dev.lowland.theory.claim.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that nobody knows by name is written as text, as a page and as a folder, from what it says of itself. */
class StudyPageTest {
    private static final RunInfo INFO = new RunInfo("1.2.3", "17", "scalar", "lowland know problem.json");
    private static final String PROBLEM = """
            {"model": {"kind": "quadratic"}, "loss": "square", "data": {"inputs": [[1]], "targets": [1]},
             "sgd": {"learningRate": 0.1, "momentum": 0, "batchSize": "full", "labelNoise": 0.1}, "theta": [1, 0]}
            """;

    @TempDir
    Path folder;

    private Problem problem;

    @BeforeEach
    void read() throws IOException {
        problem = ProblemReader.read(Files.writeString(folder.resolve("problem.json"), PROBLEM));
    }

    private record Known(Problem problem, List<Fact> facts, DMatrixRMaj vector, String note) implements ProblemView {
        @Override
        public String title() {
            return "What is <known>";
        }

        @Override
        public List<Figure> figures() {
            return List.of(Samples.figure());
        }

        @Override
        public List<VectorTable> tables() {
            return List.of(new VectorTable("By kind", List.of(new VectorTable.Column("a < b", vector)), note));
        }

        @Override
        public String json() {
            return "{}\n";
        }
    }

    private Known known(String method, int length) {
        DMatrixRMaj vector = new DMatrixRMaj(length, 1);
        vector.fill(0.25);
        vector.data[0] = Double.NaN;
        return new Known(problem, List.of(new Fact("answer", "A", "42", method)), vector, "A note & more.");
    }

    @Test
    void theFolderHasThePageTheNumbersAndTheFigures() throws IOException {
        Path report = folder.resolve("report");
        Path index = new ReportFolder(report).write(known("exact", 3), INFO, "{}\n");
        String page = Files.readString(index);
        assertEquals("{}\n", Files.readString(report.resolve("results.json")));
        assertEquals(
                25, Files.readAllLines(report.resolve("figures/study/path.csv")).size());
        assertTrue(page.contains("<h1>What is &lt;known&gt;</h1>"));
        assertTrue(page.contains("Problem problem.json"));
        assertTrue(page.contains("href=\"figures/study/path.csv\""));
        assertTrue(page.contains("<h2>By kind</h2>"));
        assertTrue(page.contains(">a &lt; b</th>"));
        assertTrue(page.contains("<td class=\"n\">0</td>\n<td class=\"n\">—</td>"), "NaN is a dash");
        assertTrue(page.contains("<td class=\"n\">2</td>\n<td class=\"n\">0.25</td>"));
        assertTrue(page.contains("<p class=\"note\">A note &amp; more.</p>"));
        assertFalse(page.contains("results.json has all"));
    }

    @Test
    void aLongTableIsCutAndSaysSo() throws IOException {
        String page = Files.readString(new ReportFolder(folder.resolve("long")).write(known("", 501), INFO, "{}\n"));
        assertTrue(page.contains("The first 500 of 501; results.json has all."));
        assertTrue(page.contains("<td class=\"n\">499</td>"));
        assertFalse(page.contains("<td class=\"n\">500</td>"));
    }

    @Test
    void theTextHasWhatWasGivenAndThenTheOutcome() {
        List<String> lines = StudyText.text(known("exact", 3)).lines().toList();
        assertTrue(lines.get(0).matches("quantity +value +method"), lines.get(0));
        assertTrue(lines.get(1).matches("model +quadratic"), lines.get(1));
        assertEquals("", lines.get(lines.size() - 2));
        assertTrue(lines.get(lines.size() - 1).matches("answer +A +42 +exact"), lines.get(lines.size() - 1));
    }

    @Test
    void methodsHaveAColumnOnlyWhereThereIsOne() {
        assertTrue(
                StudyText.text(known("", 3)).lines().findFirst().orElseThrow().matches("quantity +value"));
    }
}
