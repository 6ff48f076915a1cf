package dev.lowland.theory.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.noise.NoiseLaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The part of THEOREMS.md about properties stands in a test that is run, line for line, and in {@link ShrinkingTest}.
 */
class PropertyGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "lowland", "theory", "arbitrary");

    @Test
    void thePropertyIsThatOfATest() throws IOException {
        String guide = Files.readString(Path.of("THEOREMS.md"));
        String part = guide.substring(guide.indexOf("## For all problems"));
        String source = Files.readString(TESTS.resolve("RegularizerBoundsProperties.java"));
        Matcher block = BLOCK.matcher(part);
        int blocks = 0;
        while (block.find()) {
            blocks++;
            assertTrue(source.contains(block.group(1)), block.group(1));
        }
        assertEquals(1, blocks);
    }

    @Test
    void thePrintedTrialIsTheSmallestOne() throws IOException {
        String guide = Files.readString(Path.of("THEOREMS.md"));
        Trial trial = new Trial(
                new InterpolatingProblem(new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0L),
                new StepSize(1.0, 0.0),
                LabelNoise.of(NoiseLaw.RADEMACHER, 1.0),
                0L);
        assertTrue(guide.contains(trial.toString()), trial.toString());
    }
}
