package dev.lowland.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.study.ReferenceTable;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.ledger.LedgerRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a ledger: a sound page that needs nothing outside itself, and files that say the same. */
@Tag("slow")
class ReportFolderTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>");
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src|srcset)=\"([^\"]*)\"");
    private static final Set<String> EMPTY = Set.of("meta");
    private static final RunInfo INFO = new RunInfo("1.2.3", "17", "scalar", "lowland verify --seed 3");

    @TempDir
    static Path folder;

    private static String page = "";

    @BeforeAll
    static void report() throws IOException {
        LedgerRun run = LedgerRun.run(Samples.ledger(), ClaimContext.of(3, 1), new LedgerRun.Listener() {});
        Path index =
                new ReportFolder(folder).write(run, INFO, false, LedgerJson.text(run, INFO, false, false), reference());
        page = Files.readString(index);
    }

    private static ReferenceTable reference() {
        ReferenceTable.Row row = new ReferenceTable.Row(0.2, 2e-4, 0.2, 1e-4, 0.01, 0.02, 3e-4);
        return new ReferenceTable(
                4000,
                List.of(row, row, row),
                new ReferenceTable.MiniBatch(0.2, 0.25, 0.0004, 0.22, 0.2501),
                List.of(new ReferenceTable.Normal(1, 5e-3, 0.002, 1e-4, 0.001, 0.00205)));
    }

    @Test
    void theNumbersOfTheSmallProblemAreBesideTheEarlierOnes() {
        assertTrue(page.contains("id=\"reference\""));
        assertTrue(page.contains("0.0001<div class=\"note\">0.0004</div>"));
        assertTrue(page.contains("<td class=\"n\">12 %</td>"), "0.22 misses 0.25 by 12 %");
        assertTrue(page.contains("<td class=\"n\">0.00100, 10.0 SE</td>"));
    }

    @Test
    void conditionsOfClaimsAreListed() {
        assertTrue(page.contains("id=\"conditions\""));
        assertTrue(page.contains("Only where 1 &lt; 2."));
    }

    @Test
    void theTagsOfThePageClose() {
        assertTrue(page.startsWith("<!doctype html>\n<html lang=\"en\">"));
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(page.replaceAll("(?s)<!doctype html>|<style>.*?</style>", ""));
        while (tag.find()) {
            if (!tag.group(1).isEmpty()) {
                assertEquals(tag.group(2), open.pop(), "at " + tag.start());
            } else if (!EMPTY.contains(tag.group(2))) {
                open.push(tag.group(2));
            }
        }
        assertTrue(open.isEmpty(), open.toString());
    }

    @Test
    void thePageNeedsNothingOutsideItself() {
        assertFalse(page.contains("<script"));
        assertFalse(page.contains("http:") || page.contains("https:"));
        assertFalse(page.contains("url("));
        Matcher reference = REFERENCE.matcher(page);
        int links = 0;
        while (reference.find()) {
            String target = reference.group(1);
            if (target.startsWith("#")) {
                assertTrue(page.contains("id=\"" + target.substring(1) + "\""), target);
            } else {
                assertTrue(Files.isRegularFile(folder.resolve(target)), target);
            }
            links++;
        }
        assertEquals(3 + 1 + 3 * 2 + 1, links, "claims, a condition, two files a figure, and the numbers");
    }

    @Test
    void namesAreUniqueOnThePage() {
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(page);
        Set<String> seen = new HashSet<>();
        while (id.find()) {
            assertTrue(seen.add(id.group(1)), id.group(1));
        }
        assertEquals(8, seen.size());
    }

    @Test
    void textIsEscaped() {
        assertTrue(page.contains("The &lt;mean&gt; of good &amp; the prediction agree."));
        assertTrue(page.contains("A path &lt;b&gt; &amp; &quot;more&quot;"));
        assertTrue(page.contains("Off by &lt;much&gt;."));
    }

    @Test
    void numbersInCsvReadBackExactly() throws IOException {
        List<String> figure = Files.readAllLines(folder.resolve("figures/good/path.csv"));
        assertEquals("series,role,kind,x,y,lower,upper", figure.get(0));
        assertEquals("mean ± 4 SE,MEASURED,BAND,0.0,,-0.1,0.1", figure.get(1));
        assertEquals(0.1 + 0.2, Double.parseDouble(figure.get(24).split(",")[4]));
        assertEquals(25, figure.size());
        List<String> cases = Files.readAllLines(folder.resolve("cases.csv"));
        assertEquals(1 + 3 * 4, cases.size());
        assertTrue(cases.get(1).contains(",0.30000000000000004,0.3004,"), cases.get(1));
        assertTrue(cases.get(3).contains(",Infinity,"), cases.get(3));
    }

    @Test
    void nothingElseIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString())
                    .sorted()
                    .toList();
            assertEquals(
                    List.of(
                            "cases.csv",
                            "figures/bad/path.csv",
                            "figures/bad/path.svg",
                            "figures/good/path.csv",
                            "figures/good/path.svg",
                            "figures/open/path.csv",
                            "figures/open/path.svg",
                            "index.html",
                            "results.json"),
                    names);
        }
    }
}
