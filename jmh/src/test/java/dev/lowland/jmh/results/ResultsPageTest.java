package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, the file and the pictures of a made-up run. */
class ResultsPageTest {

    private static Results results() {
        Measurements measured = new Measurements();
        for (double ours : new double[] {400, 500, 800}) {
            measured.beginRound();
            Map<String, Double> numbers = new HashMap<>();
            numbers.put(Roofline.FMA, 1000.0);
            numbers.put(Names.step("mlp-small 1"), ours);
            numbers.put(Names.step("mlp-small 1") + Measurements.BYTES, 0.01);
            numbers.put(PythonSource.name("mlp-small-1"), 80_000.0);
            numbers.put(Names.gemm("64x64x64", "NN", Names.VECTOR), 524_288.0);
            numbers.put(Names.kernel("exp", 1000, Names.VECTOR), 1_200.0);
            for (int width : Names.GROWING_WIDTHS) {
                numbers.put(Names.growth(width, Names.GROWTH_BATCH), 100.0 * width * width);
            }
            measured.add(numbers);
        }
        return new Results(
                Map.of("processor", "a fast one"),
                measured,
                PlanTest.plan(false),
                Roofline.of(measured, name -> Work.UNKNOWN, 100_000, 1000),
                List.of("nd4j: not there"),
                false);
    }

    private static String line(String page, String start) {
        return page.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow(() -> new AssertionError(page));
    }

    @Test
    void aRowHasTheRatioItsSpreadItsGoalAndItsVerdict() {
        String page = ResultsPage.of(results(), List.of("pictures/a.png"));

        double limit = Work.step(1, 10, 20, 1).flops() / 100;
        String percent = Row.number(100 * limit / 500);
        assertEquals(
                "| label-noise step, 10-20-1 tanh, batch 1 | PyTorch eager | 500 ns | 80.0 µs | 160 × | 100 – 200 | ≥ 150 × | reached | "
                        + percent + " % |",
                line(page, "| label-noise step, 10-20-1 tanh, batch 1 | PyTorch"));
        assertTrue(
                line(page, "| label-noise step, 10-20-1 tanh, batch 1 | hand").contains("not measured"));
        assertTrue(line(page, "| memory of a step, mlp-small 1").contains("| reached |"), page);
        assertTrue(line(page, "| 64x64x64 | NN | 1.00 |").contains("1.00 %"), page);
        assertTrue(line(page, "| exp | 1000 | 1.20 |").length() > 0);
        assertTrue(page.contains("- processor: a fast one\n- rounds: 3\n"));
        assertTrue(page.contains("![pictures/a.png](pictures/a.png)"));
        assertTrue(page.contains("- nd4j: not there\n"));
        assertTrue(!page.contains("mean nothing"));
    }

    @Test
    void theFileHasEveryNumber() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultsJson.of(results()));

        assertEquals(3, root.get("rounds").size());
        assertEquals(800, root.get("rounds").get(2).get("step/mlp-small/1").asDouble());
        assertEquals(Goals.rows().size(), root.get("rows").size());
        for (JsonNode row : root.get("rows")) {
            if (row.get("what").asText().endsWith("batch 1")
                    && row.get("against").asText().equals("PyTorch eager")) {
                assertEquals("REACHED", row.get("verdict").asText());
                assertEquals(160, row.get("median").asDouble(), 1e-9);
                return;
            }
        }
        throw new AssertionError("the row is missing");
    }

    @Test
    void theFileIsReadBack() throws IOException {
        Results written = results();
        Map<String, String> facts = new HashMap<>();
        Measurements measured = new Measurements();
        List<String> notes = new ArrayList<>();

        ResultsJson.read(ResultsJson.of(written), facts, measured, notes);

        assertEquals(written.facts(), facts);
        assertEquals(written.measured().rounds(), measured.rounds());
        assertEquals(written.notes(), notes);
    }

    @Tag("slow")
    @Test
    void aPictureOfWhatWasMeasured(@TempDir Path folder) throws IOException {
        assertEquals(List.of("step-parameters.png"), GrowthPicture.draw(results(), folder));
        assertTrue(Files.size(folder.resolve("step-parameters.png")) > 5_000);
    }

    @Test
    void durations() {
        assertEquals("0.50 ns", ResultsPage.duration(0.5));
        assertEquals("1.50 µs", ResultsPage.duration(1500));
        assertEquals("25.0 ms", ResultsPage.duration(2.5e7));
        assertEquals("2.00 s", ResultsPage.duration(2e9));
    }
}
