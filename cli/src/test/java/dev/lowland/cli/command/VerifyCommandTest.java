package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.cli.report.Samples;
import dev.lowland.theory.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lowland verify} on claims with a known outcome, and on one that is real. */
@Tag("slow")
class VerifyCommandTest {
    @TempDir
    Path folder;

    private static CommandRun verify(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "verify";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommandRun.of(Samples.ledger(), all);
    }

    @Test
    void exitsByTheVerdict() {
        assertEquals(0, verify("good").status());
        assertEquals(1, verify("bad").status());
        assertEquals(1, verify("open").status());
        assertEquals(1, verify().status());
        assertEquals("", verify().err());
    }

    @Test
    void logsSeedsInARow() {
        CommandRun good = verify("good", "--seed", "7", "--seeds", "3");
        assertEquals(0, good.status());
        List<String> lines = good.out().lines().toList();
        assertEquals(5, lines.size(), good.out());
        for (int i = 0; i < 3; i++) {
            assertTrue(lines.get(1 + i).matches(" +" + (7 + i) + " +HOLDS +1/1 +3 +.*"), lines.get(1 + i));
        }
        assertEquals("3 seeds: 3 without an alarm", lines.get(4));
        CommandRun bad = verify("good", "bad", "--seeds", "2");
        assertEquals(1, bad.status());
        assertTrue(bad.out().contains("bad FAILS: agreement to 0.1 %"), bad.out());
        assertTrue(bad.out().endsWith("2 seeds: 0 without an alarm" + System.lineSeparator()), bad.out());
        assertEquals(2, verify("good", "--seeds", "0").status());
        assertEquals(2, verify("good", "--seeds", "2", "--json", "-").status());
    }

    @Test
    void theSeedAfterTheLargestIsTheLeast() {
        CommandRun run = verify("good", "--seed", "9223372036854775807", "--seeds", "2");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(1).matches(" *9223372036854775807 +HOLDS .*"), lines.get(1));
        assertTrue(lines.get(2).matches(" *-9223372036854775808 +HOLDS .*"), lines.get(2));
    }

    @Test
    void refusesAnUnknownClaim() {
        CommandRun run = verify("good", "bda");
        assertEquals(2, run.status());
        assertEquals("", run.out());
        assertEquals(
                "lowland verify: CLAIM is 'bda', must be one of good, bad, open; did you mean 'bad'?",
                run.err().strip());
    }

    @Test
    void writesTheKeysOfTheContract() throws IOException {
        JsonNode found = verify("--seed", "5", "--json", "-").json();
        assertEquals(5, found.get("seed").intValue());
        assertTrue(found.get("version").textValue().matches("\\d.*"));
        assertEquals(System.getProperty("java.version"), found.get("java").textValue());
        assertFalse(found.get("kernels").textValue().isEmpty());
        assertEquals(3, found.get("claims").size());
        JsonNode bad = found.get("claims").get(1);
        assertEquals("bad", bad.get("name").textValue());
        assertEquals("FAILS", bad.get("verdict").textValue());
        assertEquals("agreement to 0.1 %", bad.get("summary").textValue());
        assertTrue(bad.get("seconds").isNull());
        JsonNode scattered = bad.get("results").get(0);
        assertEquals("quadratic, ηλmax = 0.2", scattered.get("case").textValue());
        assertEquals(0.1 + 0.2, scattered.get("predicted").doubleValue());
        assertEquals(0.3004, scattered.get("measured").doubleValue());
        assertEquals(0.0005, scattered.get("standardError").doubleValue());
        assertEquals(0.0013, scattered.get("relativeError").doubleValue());
        assertEquals(4000, scattered.get("samples").intValue());
        assertEquals(
                "no drift", scattered.get("falsifications").get(0).get("name").textValue());
        assertEquals(
                600.123, scattered.get("falsifications").get(0).get("distance").doubleValue());
        JsonNode identity = bad.get("results").get(1);
        assertEquals(
                Double.MAX_VALUE,
                identity.get("falsifications").get(0).get("distance").doubleValue());
        assertTrue(bad.get("results").get(2).get("predicted").isNull());
    }

    @Test
    void ownsUpToAFaultOfItsOwn() {
        CommandRun run = CommandRun.of(Ledger.of(List.of(Samples.broken(new IllegalStateException("oh")))), "verify");
        assertEquals(3, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("lowland: a fault of the program itself:"), run.err());
        assertTrue(run.err().contains("IllegalStateException: oh"), run.err());
    }

    @Test
    void saysWhereMemoryIsShort() {
        CommandRun run = CommandRun.of(Ledger.of(List.of(Samples.broken(new OutOfMemoryError("heap")))), "verify");
        assertEquals(2, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("lowland: not enough memory"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void keepsTheClockOutOfTheJsonUnlessAsked() throws IOException {
        assertEquals(
                verify("--json", "-", "--threads", "1").out(),
                verify("--json", "-", "--threads", "2").out());
        assertTrue(verify("good", "--timings", "--json", "-")
                .json()
                .get("claims")
                .get(0)
                .get("seconds")
                .isNumber());
    }

    @Test
    void printsATable() {
        List<String> lines = verify().out().lines().toList();
        assertEquals("claim  verdict       cases  worst error  precision  weakest wrong theory  seconds", lines.get(0));
        assertTrue(lines.get(1).startsWith("good   HOLDS             3"), lines.get(1));
        assertTrue(lines.get(1).contains(" 600 "), lines.get(1));
        assertEquals("bad: agreement to 0.1 %", lines.get(4));
        assertEquals("3 claims: 1 HOLDS, 1 INCONCLUSIVE, 1 FAILS", lines.get(6));
    }

    @Test
    void claimsBeyondThePaperStandUnderAHeading() throws IOException {
        Ledger ledger = Samples.ledgerWithOneBeyond();
        List<String> lines = CommandRun.of(ledger, "verify").out().lines().toList();
        assertTrue(lines.get(1).startsWith("near "), lines.get(1));
        assertEquals("beyond the paper", lines.get(2));
        assertTrue(lines.get(3).startsWith("far "), lines.get(3));
        assertFalse(verify().out().contains("beyond"));
        CommandRun.of(ledger, "verify", "--report", folder.resolve("c").toString());
        String page = Files.readString(folder.resolve("c/index.html"));
        assertTrue(page.indexOf("id=\"near\"") < page.indexOf("id=\"beyond\""));
        assertTrue(page.indexOf("id=\"beyond\"") < page.indexOf("id=\"far\""));
        CommandRun.of(
                Samples.ledger(), "verify", "--report", folder.resolve("d").toString());
        assertFalse(Files.readString(folder.resolve("d/index.html")).contains("id=\"beyond\""));
    }

    @Test
    void writesAReport() throws IOException {
        Path report = folder.resolve("a/b");
        CommandRun run = verify("--report", report.toString());
        assertEquals(1, run.status());
        assertEquals(verify("--json", "-").out(), Files.readString(report.resolve("results.json")));
        assertTrue(Files.readString(report.resolve("index.html")).contains("lowland verify --seed 1"));
    }

    @Test
    void givesTheSameBytesWithAnyThreadsForARealClaim() {
        Ledger ledger = Ledger.standard();
        if (ledger.names().contains("regularizer-limits")) {
            String one = CommandRun.of(ledger, "verify", "regularizer-limits", "--json", "-", "--threads", "1")
                    .out();
            String two = CommandRun.of(ledger, "verify", "regularizer-limits", "--json", "-", "--threads", "2")
                    .out();
            assertEquals(one, two);
        }
    }
}
