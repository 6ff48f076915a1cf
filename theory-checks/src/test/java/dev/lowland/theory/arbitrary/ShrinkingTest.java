package dev.lowland.theory.arbitrary;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.lowland.optim.noise.NoiseLaw;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What jqwik says of a false property: the smallest case, and a text from which it can be made again. */
class ShrinkingTest {

    private static final Map<String, String> REPORTS = new HashMap<>();

    @BeforeAll
    static void runTheFalseProperties() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Falsehoods.class))
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.seeds.whenfixed", "ALLOW")
                .configurationParameter("jqwik.database", "target/.jqwik-falsehoods")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                REPORTS.merge(
                        test.getDisplayName(),
                        String.join("\n", entry.getKeyValuePairs().values()),
                        String::concat);
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    REPORTS.merge(test.getDisplayName(), "\n" + result.getStatus(), String::concat);
                }
            }
        });
    }

    /** The text after the heading of the shrunk sample, or of the sample where there was nothing to shrink. */
    private static String smallest(String property) {
        String report = REPORTS.getOrDefault(property, "");
        assertTrue(report.endsWith("FAILED"), () -> property + " was not refuted: " + REPORTS);
        int shrunk = report.indexOf("Shrunk Sample");
        int from = shrunk < 0 ? report.indexOf("Sample") : shrunk;
        int to = report.indexOf("Original Sample", from);
        return report.substring(from, to < 0 ? report.length() : to);
    }

    @Test
    void aTrialEndsAtOneSampleOneParameterAndTheLinearModel() {
        String sample = smallest("theRegularizerIsAtMostAQuarterOfTheTrace");
        assertTrue(
                sample.contains(
                        "new Trial(new InterpolatingProblem(new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0L), "
                                + "new StepSize(1.0, 0.0), LabelNoise.of(NoiseLaw.RADEMACHER, 1.0), 0L)"),
                sample);
    }

    /**
     * Two samples, and the smallest model of a kind in which they can differ. Shrinking changes one number at a time,
     * and from the smallest model of one of these kinds none leads to another that still has rank 2, so it may end at
     * any of them.
     */
    @Test
    void aProblemEndsAtWhatTheFalsehoodNeeds() {
        String sample = smallest("theHessianHasRankOne");
        assertTrue(
                Stream.of("LINEAR, 2, 1", "MATRIX_SENSING, 1, 2", "MLP_TANH, 1, 1")
                        .anyMatch(model -> sample.contains(
                                "new InterpolatingProblem(new ModelChoice(ModelKind." + model + "), 2, 2, 0L)")),
                sample);
    }

    @Test
    void flipsModelsAndStepsEndAtTheirSimplest() {
        String flip = smallest("theMinimiserIsZero");
        assertTrue(flip.contains("new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0L)"), flip);
        assertTrue(flip.contains("new FlipLoss(FlipLoss.Kind.SQUARE_MARGIN, 0.25)"), flip);
        String choice = smallest("predictionsAreLinear");
        assertTrue(choice.contains("new ModelChoice(ModelKind.QUADRATIC, 1, 1)"), choice);
        String step = smallest("ratesAreSmall");
        assertTrue(step.contains("new StepSize(1.0, 0.0)"), step);
        assertTrue(step.contains("LabelNoise.of(NoiseLaw.RADEMACHER, 1.0)"), step);
    }

    @Test
    void itsProblemFileIsPrinted() {
        Trial smallest = new Trial(
                new InterpolatingProblem(new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0L),
                new StepSize(1.0, 0.0),
                LabelNoise.of(NoiseLaw.RADEMACHER, 1.0),
                0L);
        String sample = smallest("theRegularizerIsAtMostAQuarterOfTheTrace");
        assertTrue(sample.contains(smallest.problemFile().indent(4).stripTrailing()), sample);
    }
}
