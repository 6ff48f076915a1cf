package dev.lowland.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.report.format.Json;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.ledger.LedgerRun;

/**
 * A run of the ledger as JSON. Without timings the text depends on the seed, the effort and the machine's kernels only:
 * not on the number of threads and not on the clock.
 */
public final class LedgerJson {
    private LedgerJson() {}

    /**
     * The keys of the contract ({@code seed, version, java, kernels, claims}) and some more.
     *
     * <p>An infinite distance is written as the largest double, for JSON has no infinity; what is undefined is null.
     *
     * @param run what became of the ledger
     * @param info where it ran
     * @param thorough whether with more samples
     * @param timings whether {@code seconds} has the wall-clock time of each claim; otherwise it is null
     * @return the text, ending with a line feed
     */
    public static String text(LedgerRun run, RunInfo info, boolean thorough, boolean timings) {
        ObjectNode root = Json.object();
        root.put("seed", run.seed());
        root.put("version", info.version());
        root.put("java", info.java());
        root.put("kernels", info.kernels());
        root.put("thorough", thorough);
        root.put("verdict", run.verdict().name());
        ArrayNode claims = root.putArray("claims");
        for (LedgerRun.Entry entry : run.entries()) {
            claims.add(claim(entry, timings));
        }
        return Json.text(root);
    }

    private static ObjectNode claim(LedgerRun.Entry entry, boolean timings) {
        ClaimResult result = entry.result();
        ObjectNode node = Json.object();
        node.put("name", entry.claim().name());
        node.put("number", entry.claim().number());
        node.put("statement", entry.claim().statement());
        node.put("verdict", result.verdict().name());
        node.put("summary", result.summary());
        node.set("seconds", Json.number(timings ? entry.seconds() : Double.NaN));
        ArrayNode results = node.putArray("results");
        for (CaseResult c : result.cases()) {
            results.add(caseResult(c));
        }
        return node;
    }

    private static ObjectNode caseResult(CaseResult c) {
        ObjectNode node = Json.object();
        node.put("case", c.caseName());
        node.put("verdict", c.verdict().name());
        node.set("predicted", Json.number(c.predicted()));
        node.set("measured", Json.number(c.measured()));
        node.set("standardError", Json.number(c.standardError()));
        node.set("bias", Json.number(c.bias()));
        node.set("relativeError", Json.number(c.relativeError()));
        node.set("effect", Json.number(c.effect()));
        node.put("samples", c.samples());
        node.put("seed", c.seed());
        node.put("note", c.note());
        ArrayNode falsifications = node.putArray("falsifications");
        for (Falsification f : c.falsifications()) {
            ObjectNode wrong = falsifications.addObject();
            wrong.put("name", f.name());
            wrong.set("distance", Json.number(Math.min(f.distance(), Double.MAX_VALUE)));
            wrong.set("predicted", Json.number(f.predicted()));
            wrong.put("required", f.required());
            wrong.put("rejected", f.rejected());
        }
        return node;
    }
}
