package dev.lowland.theory.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Java of THEOREMS.md stands in tests that are run, line for line; the part about properties is checked where jqwik
 * is.
 */
class GuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockIsPartOfATest() throws IOException {
        List<Path> sources = List.of(Path.of("src/test/java/dev/lowland/theory/examples/BalanceTest.java"));
        StringBuilder tests = new StringBuilder();
        for (Path source : sources) {
            tests.append(Files.readString(source));
        }
        String guide = Files.readString(Path.of("THEOREMS.md"));
        Matcher block = BLOCK.matcher(guide.substring(0, guide.indexOf("## For all problems")));
        int blocks = 0;
        while (block.find()) {
            blocks++;
            String lines = block.group(1);
            assertFalse(lines.isBlank());
            assertTrue(tests.indexOf(lines) >= 0, () -> "not in any test:\n" + lines);
        }
        assertEquals(6, blocks);
    }
}
