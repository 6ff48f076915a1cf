package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.cli.experiment.Escape;
import dev.lowland.cli.experiment.EscapeCurve;
import dev.lowland.cli.experiment.EscapePlan;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.report.view.EscapeView;
import dev.lowland.cli.train.Measure;
import dev.lowland.cli.train.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The experiments of the paper: what they compute, at sizes of seconds, and what they refuse. */
class ExperimentCommandTest {

    @Test
    void thePenaltyIsThatOfThePaper() throws IOException {
        JsonNode points =
                CommandRun.of("experiment", "figure-1", "--json", "-").json().get("points");
        for (int i = 1; i < points.size(); i++) {
            double h = points.get(i).get("eigenvalue").doubleValue();
            double penalty = points.get(i).get("penalty").doubleValue();
            assertEquals(-Math.log(1 - h / 2) / 2, penalty, 1e-12 * Math.max(1, penalty));
            assertEquals(h / 4, points.get(i).get("linear").doubleValue());
            assertTrue(penalty > h / 4);
        }
        assertEquals(1.998, points.get(points.size() - 1).get("eigenvalue").doubleValue(), 1e-12);
    }

    @Test
    void refusesBadUsage() {
        assertRefused("NAME is 'figure-2', must be one of figure-1, figure-3, figure-4, escape", "figure-2");
        assertRefused("--seeds is 1, must be at least 2", "escape", "--seeds", "1");
        assertRefused("--steps is 0, must be at least 1", "escape", "--steps", "0");
    }

    private static void assertRefused(String message, String name, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "experiment";
        all[1] = name;
        System.arraycopy(options, 0, all, 2, options.length);
        CommandRun run = CommandRun.of(all);
        assertEquals("lowland experiment: " + message + System.lineSeparator(), run.err());
        assertEquals(2, run.status());
    }

    /** Label noise lowers tr H from both starts, and without it the start is left as it is; threads do not matter. */
    @Test
    @Tag("slow")
    void labelNoiseFlattensAndSilenceDoesNot() {
        Problem problem = ProblemReader.read(Path.of("tiny"), TrainCommandTest.PROBLEM);
        EscapePlan plan = new EscapePlan(
                List.of(Start.Kind.FULL_BATCH, Start.Kind.ADVERSARIAL),
                List.of(0.1),
                0.1,
                List.of(0.0, 0.9),
                3,
                4000,
                4,
                new Start(Start.Kind.GIVEN, 0.2, 5000, 0.02, 1));
        Escape escape = Escape.of(problem, plan, 1, 1, (done, activity) -> {});
        assertEquals(8, escape.curves().size());
        for (int i = 0; i < 8; i += 2) {
            EscapeCurve noisy = escape.curves().get(i);
            EscapeCurve silent = escape.curves().get(i + 1);
            assertTrue(noisy.setting().noise() && !silent.setting().noise());
            assertEquals(3, noisy.runs().size());
            double[] falling = noisy.mean(Measure.NOISE_TRACE);
            double[] staying = silent.mean(Measure.NOISE_TRACE);
            assertEquals(falling[0], staying[0]);
            assertTrue(falling[4] < falling[0], noisy.setting() + ": " + falling[0] + " to " + falling[4]);
            assertTrue(staying[4] > falling[4], silent.setting() + ": " + staying[4] + ", with noise " + falling[4]);
        }
        Escape again = Escape.of(problem, plan, 1, 2, (done, activity) -> {});
        for (int i = 0; i < 8; i++) {
            double[] one = escape.curves().get(i).mean(Measure.LOSS);
            double[] two = again.curves().get(i).mean(Measure.LOSS);
            assertEquals(one[4], two[4]);
        }
        EscapeView view = new EscapeView(escape, "a test");
        assertEquals(8, view.figures().size());
        assertEquals(8, view.parts().get(0).rows().size());
    }

    /** Mean and standard error over seeds, by hand. */
    @Test
    @Tag("slow")
    void bandsAreStandardErrorsOverSeeds() {
        Problem problem = ProblemReader.read(Path.of("tiny"), TrainCommandTest.PROBLEM);
        EscapePlan plan = new EscapePlan(
                List.of(Start.Kind.FULL_BATCH),
                List.of(0.1),
                0.1,
                List.of(0.0),
                2,
                20,
                2,
                new Start(Start.Kind.GIVEN, 0.2, 100, 0.02, 1));
        EscapeCurve curve =
                Escape.of(problem, plan, 1, 1, (done, activity) -> {}).curves().get(0);
        double a = curve.runs().get(0).get(2).get(Measure.LOSS).orElseThrow();
        double b = curve.runs().get(1).get(2).get(Measure.LOSS).orElseThrow();
        assertEquals((a + b) / 2, curve.mean(Measure.LOSS)[2], 1e-15);
        assertEquals(Math.abs(a - b) / 2, curve.standardError(Measure.LOSS)[2], 1e-15);
    }
}
