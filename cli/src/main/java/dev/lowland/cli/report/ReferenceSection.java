package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Html;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.ReferenceTable;
import dev.lowland.cli.study.ReferenceTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The section of the page with {@link ReferenceTable}. */
final class ReferenceSection {

    private ReferenceSection() {}

    static void add(Html html, ReferenceTable table) {
        html.open("section", "id", "reference").element("h2", "Six parameters: the theory in plain numbers");
        html.element(
                "p",
                "n = 3 samples, f = ⟨x, u∘u⟩ with six parameters, full batch, " + Numbers.count(table.replicas())
                        + " runs of this seed from a point of zero loss. The mean displacement is laid beside the slow flow with R, with ¼ tr H in its place, and "
                        + "with λ + 10 %; an error is the distance along the predicted displacement. In small print: the figures of an earlier, independent simulation "
                        + "of another draw of the same problem.");
        numbers(html, table);
        miniBatch(html, table.miniBatch());
        normal(html, table);
        html.close("section");
    }

    private static void numbers(Html html, ReferenceTable table) {
        Page.beginTable(
                html,
                ">ηλmax",
                ">λ",
                ">displacement",
                ">error of R",
                ">error of ¼ tr H",
                ">error of λ + 10 %",
                ">standard error");
        for (int i = 0; i < table.rows().size(); i++) {
            Row row = table.rows().get(i);
            Row earlier = ReferenceTable.EARLIER.get(i);
            html.open("tr");
            html.element("td", Numbers.brief(row.sharpness()), "class", "n");
            html.element("td", Numbers.brief(row.strength()), "class", "n");
            pair(html, row.displacement(), earlier.displacement(), "%.3f");
            pair(html, row.error(), earlier.error(), "%.4f");
            pair(html, row.quarterTraceError(), earlier.quarterTraceError(), "%.4f");
            pair(html, row.strengthError(), earlier.strengthError(), "%.4f");
            pair(html, row.standardError(), earlier.standardError(), "%.4f");
            html.close("tr");
        }
        Page.endTable(html);
    }

    private static void pair(Html html, double here, double earlier, String format) {
        html.open("td", "class", "n").text(String.format(Locale.ROOT, format, here));
        html.element("div", String.format(Locale.ROOT, format, earlier), "class", "note")
                .close("td");
    }

    private static void miniBatch(Html html, ReferenceTable.MiniBatch batch) {
        html.element("h3", "The condition of the full batch, failing");
        html.element(
                "p",
                "With B = 1 sampling noise acts on the fluctuating residuals, and R is exact only as η max‖∇f_i‖²/B → 0. At ηλmax = "
                        + Numbers.brief(batch.sharpness())
                        + " the runs go "
                        + String.format(Locale.ROOT, "%.5f ± %.5f", batch.displacement(), batch.standardError())
                        + ". The same drift −½∇³L[S], with the stationary covariance S that includes sampling, predicts it.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "the paper's R",
                Numbers.brief(batch.paper()),
                share(batch.paper(), batch),
                Numbers.percent(ReferenceTable.EARLIER_MINI_BATCH_MISS)));
        rows.add(List.of(
                "S with sampling",
                Numbers.brief(batch.exact()),
                share(batch.exact(), batch),
                "< " + Numbers.percent(ReferenceTable.EARLIER_MINI_BATCH_EXACT)));
        Page.table(html, List.of("prediction", ">displacement", ">misses by", ">earlier simulation"), rows);
    }

    private static String share(double predicted, ReferenceTable.MiniBatch batch) {
        return Numbers.percent(Math.abs(predicted - batch.displacement()) / Math.abs(batch.displacement()));
    }

    private static void normal(Html html, ReferenceTable table) {
        html.element("h3", "The condition of tangential directions, failing");
        html.element(
                "p",
                "−½∇³L[S] and −λ∇R are the same push along the valley, but not across it, where a push holds the mean a distance of order λ from the floor. The mean of many "
                        + "short runs, along the normal direction in which the two predictions differ. Nearer to the limit ηλmax = 2 terms of order λ² are as large as the difference:");
        List<List<String>> rows = new ArrayList<>();
        for (ReferenceTable.Normal normal : table.normals()) {
            rows.add(List.of(
                    Numbers.brief(normal.sharpness()),
                    Numbers.brief(normal.strength()),
                    String.format(Locale.ROOT, "%.5f ± %.5f", normal.displacement(), normal.standardError()),
                    away(normal.paper(), normal),
                    away(normal.exact(), normal)));
        }
        Page.table(
                html,
                List.of(">ηλmax", ">λ", ">measured", ">slow flow with R, away", ">slow flow along −½∇³L[S], away"),
                rows);
    }

    private static String away(double predicted, ReferenceTable.Normal normal) {
        double distance = Math.abs(predicted - normal.displacement()) / normal.standardError();
        return String.format(Locale.ROOT, "%.5f, %s SE", predicted, Numbers.distance(distance));
    }
}
