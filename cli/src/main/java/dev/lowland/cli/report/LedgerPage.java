package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Html;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.ReferenceTable;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page of a run of the ledger: a table of the claims, then a section for each, with its pictures and all of its
 * cases.
 */
final class LedgerPage {
    private static final int OPEN_UP_TO = 12;

    private LedgerPage() {}

    /**
     * The page.
     *
     * @param run what became of the ledger
     * @param info where it ran
     * @param thorough whether with more samples
     * @param reference numbers to show beside the claims; null for none
     */
    static String html(LedgerRun run, RunInfo info, boolean thorough, @Nullable ReferenceTable reference) {
        Html html = Page.begin(
                "The ledger of claims",
                "Each claim of the theory of label-noise SGD, laid beside a measurement that shares nothing with it but the "
                        + "objective, and the wrong theories that the same data must refuse.");
        html.open("p", "class", "verdictline");
        verdict(html, run.verdict());
        html.text(" " + LedgerText.total(run)).close("p");
        Page.facts(html, "seed", String.valueOf(run.seed()), "effort", thorough ? "thorough" : "usual");
        overview(html, run);
        reading(html);
        conditions(html, run);
        if (reference != null) {
            ReferenceSection.add(html, reference);
        }
        run.entries().stream().filter(entry -> !entry.claim().isBeyondPaper()).forEach(entry -> claim(html, entry));
        List<LedgerRun.Entry> beyond = run.entries().stream()
                .filter(entry -> entry.claim().isBeyondPaper())
                .toList();
        if (!beyond.isEmpty()) {
            html.open("section", "id", "beyond").element("h2", "Beyond the paper");
            html.element(
                    "p",
                    "Claims about other optimisers near the same valleys, with sources of their own. A formula that the source has for small "
                            + "steps alone, and that is derived here for any, says so.");
            html.close("section");
        }
        beyond.forEach(entry -> claim(html, entry));
        return Page.end(html, info);
    }

    private static void overview(Html html, LedgerRun run) {
        html.open("section").element("h2", "Overview");
        Page.beginTable(
                html,
                ">#",
                "claim",
                "verdict",
                ">cases",
                ">samples",
                ">worst error",
                ">precision",
                ">weakest wrong theory",
                "summary");
        boolean beyond = false;
        for (LedgerRun.Entry entry : run.entries()) {
            if (entry.claim().isBeyondPaper() && !beyond) {
                html.open("tr").element("td", "", "class", "n");
                html.element("td", LedgerText.BEYOND, "class", "t name", "colspan", "8");
                html.close("tr");
                beyond = true;
            }
            LedgerSummary summary = LedgerSummary.of(entry.result());
            html.open("tr").element("td", String.valueOf(entry.claim().number()), "class", "n");
            html.open("td", "class", "t name");
            html.element("a", entry.claim().name(), "href", "#" + entry.claim().name());
            html.close("td").open("td", "class", "t");
            verdict(html, entry.result().verdict());
            html.close("td");
            number(html, String.valueOf(summary.cases()));
            number(html, summary.samples() == 0 ? "identity" : Numbers.count(summary.samples()));
            number(html, Numbers.percent(summary.relativeError()));
            number(html, Numbers.percent(summary.precision()));
            number(html, Numbers.distance(summary.weakest()));
            html.element("td", entry.result().summary(), "class", "t wide").close("tr");
        }
        Page.endTable(html);
        html.close("section");
    }

    private static void reading(Html html) {
        html.open("details").element("summary", "How to read the figures");
        html.element(
                "p",
                "A case is one statistic that was declared before any data were drawn. Error: |measured − predicted| as a share of "
                        + "the effect. Precision: the band of agreement, 4 standard errors and the bias that the theory itself "
                        + "allows, as a share of the effect. Weakest wrong theory: the smallest distance between the data and a "
                        + "wrong theory that had to be refused, in standard errors; for an identity in multiples of its tolerance.");
        html.element(
                "p",
                "HOLDS: agreement, at most 2 % wide, and every wrong theory at least 6 away. FAILS: no agreement. INCONCLUSIVE: the "
                        + "data decide nothing.");
        html.close("details");
    }

    /** Where the statements need a condition. */
    private static void conditions(Html html, LedgerRun run) {
        List<Claim> loose = run.entries().stream()
                .map(LedgerRun.Entry::claim)
                .filter(claim -> !claim.caveats().isEmpty())
                .toList();
        if (loose.isEmpty()) {
            return;
        }
        html.open("section", "id", "conditions").element("h2", "Where it holds only under a condition");
        html.open("dl", "class", "conditions");
        for (Claim claim : loose) {
            html.open("dt")
                    .element("a", claim.name(), "href", "#" + claim.name())
                    .close("dt");
            claim.caveats().forEach(caveat -> html.element("dd", caveat));
        }
        html.close("dl").close("section");
    }

    private static void claim(Html html, LedgerRun.Entry entry) {
        Claim claim = entry.claim();
        html.open("section", "id", claim.name(), "class", "claim");
        html.open("h2").element("span", claim.number() + " ", "class", "number").text(claim.name() + " ");
        verdict(html, entry.result().verdict());
        html.close("h2");
        html.element("p", claim.statement(), "class", "statement");
        html.open("div", "class", "scroll formula", "tabindex", "0")
                .element("code", claim.formula())
                .close("div");
        html.element("p", entry.result().summary());
        FigureHtml.add(html, claim.name(), entry.result().figures());
        method(html, claim);
        cases(html, entry);
        html.close("section");
    }

    private static void method(Html html, Claim claim) {
        html.open("details").element("summary", "How it is measured");
        html.element("p", claim.method());
        html.element("p", "Must refuse: " + String.join("; ", claim.mustReject()) + ".");
        html.element("p", "Source: " + claim.source());
        html.close("details");
    }

    private static void cases(Html html, LedgerRun.Entry entry) {
        List<CaseResult> cases = entry.result().cases();
        boolean open = cases.size() <= OPEN_UP_TO || entry.result().verdict() != Verdict.HOLDS;
        html.open("details", open ? new String[] {"open", ""} : new String[0]);
        html.element("summary", cases.size() == 1 ? "1 case" : cases.size() + " cases");
        Page.beginTable(
                html,
                "case",
                "verdict",
                ">predicted",
                ">measured",
                ">± SE",
                ">bias",
                ">error",
                ">samples",
                "wrong theories, and how far away");
        for (CaseResult c : cases) {
            html.open("tr").open("td", "class", "t wide").text(c.caseName());
            if (!c.note().isEmpty()) {
                html.element("div", c.note(), "class", "note");
            }
            html.close("td").open("td", "class", "t");
            verdict(html, c.verdict());
            html.close("td");
            number(html, Numbers.full(c.predicted()));
            number(html, Numbers.full(c.measured()));
            number(html, c.samples() == 0 ? "" : Numbers.brief(c.standardError()));
            number(html, Numbers.brief(c.bias()));
            number(html, Numbers.percent(c.relativeError()));
            number(html, c.samples() == 0 ? "" : Numbers.count(c.samples()));
            html.open("td", "class", "t wide");
            c.falsifications().forEach(f -> falsification(html, f));
            html.close("td").close("tr");
        }
        Page.endTable(html);
        html.close("details");
    }

    private static void falsification(Html html, Falsification f) {
        html.open("div", "class", "wrong");
        html.element("span", Numbers.distance(f.distance()), "class", f.rejected() ? "refused" : "accepted");
        html.text(" " + f.name());
        if (!f.rejected()) {
            html.text(f.required() ? " (not refused)" : " (not asked)");
        }
        html.close("div");
    }

    private static void number(Html html, String text) {
        html.element("td", text, "class", "n");
    }

    private static void verdict(Html html, Verdict verdict) {
        html.element(
                "span", verdict.name(), "class", "verdict " + verdict.name().toLowerCase(Locale.ROOT));
    }
}
