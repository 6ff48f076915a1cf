package dev.lowland.cli.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.lowland.cli.report.format.CsvText;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.ArrayList;
import java.util.List;

/** The cases of a ledger as CSV: one line for each case and each of its wrong theories. Numbers read back exactly. */
final class LedgerCsv {
    private static final List<String> COLUMNS = List.of(
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

    private LedgerCsv() {}

    static String text(LedgerRun run) {
        return CsvText.of(csv -> {
            csv.writeRecord(COLUMNS);
            for (LedgerRun.Entry entry : run.entries()) {
                entry.result().cases().forEach(c -> write(csv, entry.claim().name(), c));
            }
        });
    }

    private static void write(CsvWriter csv, String claim, CaseResult c) {
        if (c.falsifications().isEmpty()) {
            record(csv, claim, c, List.of("", "", "", "", ""));
        }
        for (Falsification f : c.falsifications()) {
            record(
                    csv,
                    claim,
                    c,
                    List.of(
                            f.name(),
                            Double.toString(f.predicted()),
                            Double.toString(f.distance()),
                            String.valueOf(f.required()),
                            String.valueOf(f.rejected())));
        }
    }

    private static void record(CsvWriter csv, String claim, CaseResult c, List<String> wrong) {
        List<String> fields = new ArrayList<>(List.of(
                claim,
                c.caseName(),
                c.verdict().name(),
                Double.toString(c.predicted()),
                Double.toString(c.measured()),
                Double.toString(c.standardError()),
                Double.toString(c.bias()),
                Double.toString(c.relativeError()),
                String.valueOf(c.samples()),
                String.valueOf(c.seed())));
        fields.addAll(wrong);
        csv.writeRecord(fields);
    }
}
