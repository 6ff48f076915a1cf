package dev.lowland.theory.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.ledger.LedgerRun;
import java.io.StringWriter;

/** The cases of a ledger as CSV: one line for each case and each of its wrong theories. Numbers read back exactly. */
final class LedgerCsv {
    private LedgerCsv() {}

    static String text(LedgerRun run) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(
                "claim",
                "case",
                "verdict",
                "predicted",
                "measured",
                "standardError",
                "bias",
                "relativeError",
                "samples",
                "seed",
                "wrongTheory",
                "wrongPredicted",
                "distance",
                "required",
                "rejected");
        for (LedgerRun.Entry entry : run.entries()) {
            for (CaseResult c : entry.result().cases()) {
                if (c.falsifications().isEmpty()) {
                    record(csv, entry.claim().name(), c, "", "", "", "", "");
                }
                for (Falsification f : c.falsifications()) {
                    record(
                            csv,
                            entry.claim().name(),
                            c,
                            f.name(),
                            Double.toString(f.predicted()),
                            Double.toString(f.distance()),
                            String.valueOf(f.required()),
                            String.valueOf(f.rejected()));
                }
            }
        }
        return text.toString();
    }

    private static void record(
            CsvWriter csv,
            String claim,
            CaseResult c,
            String wrong,
            String wrongPredicted,
            String distance,
            String required,
            String rejected) {
        csv.writeRecord(
                claim,
                c.caseName(),
                c.verdict().name(),
                Double.toString(c.predicted()),
                Double.toString(c.measured()),
                Double.toString(c.standardError()),
                Double.toString(c.bias()),
                Double.toString(c.relativeError()),
                String.valueOf(c.samples()),
                String.valueOf(c.seed()),
                wrong,
                wrongPredicted,
                distance,
                required,
                rejected);
    }
}
