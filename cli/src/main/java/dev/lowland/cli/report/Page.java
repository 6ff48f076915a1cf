package dev.lowland.cli.report;

import dev.lowland.cli.report.chart.SvgChart;
import dev.lowland.cli.report.format.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the pages have in common: head and style, the facts of the run, tables that scroll within themselves. */
final class Page {
    private static final int SECONDS = 10;

    private Page() {}

    /** Opens the document up to the first section, which the caller adds to {@code main}. */
    static Html begin(String title, String lead) {
        return begin(title, lead, true);
    }

    /** The same; one that is not complete is loaded again every {@value #SECONDS} seconds. */
    static Html begin(String title, String lead, boolean complete) {
        Html html = new Html();
        html.open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        if (!complete) {
            html.empty("meta", "http-equiv", "refresh", "content", String.valueOf(SECONDS));
        }
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title + " · Lowland");
        html.style(css() + SvgChart.darkRules());
        html.close("head").open("body").open("main");
        html.open("header");
        html.element("h1", title).element("p", lead, "class", "lead");
        html.close("header");
        return html;
    }

    /** Says how the page came to be, and ends the document. */
    static String end(Html html, RunInfo info) {
        html.open("footer");
        html.open("p").text("Made by ").element("code", info.command()).text(". The exact numbers are in ");
        html.element("a", "results.json", "href", "results.json").text(".").close("p");
        html.element("p", "Lowland " + info.version() + " · Java " + info.java() + " · " + info.kernels());
        html.close("footer").close("main").close("body").close("html");
        return html.document();
    }

    /** A list of facts, name and value by turns. */
    static void facts(Html html, String... namesAndValues) {
        html.open("dl", "class", "facts");
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            html.open("div")
                    .element("dt", namesAndValues[i])
                    .element("dd", namesAndValues[i + 1])
                    .close("div");
        }
        html.close("dl");
    }

    /** Opens a table with its header; one that begins with {@code >} stands over numbers. */
    static void beginTable(Html html, String... headers) {
        html.open("div", "class", "scroll", "tabindex", "0")
                .open("table")
                .open("thead")
                .open("tr");
        for (String header : headers) {
            boolean numeric = header.startsWith(">");
            html.element("th", numeric ? header.substring(1) : header, "class", numeric ? "n" : "t", "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
    }

    static void endTable(Html html) {
        html.close("tbody").close("table").close("div");
    }

    /** A whole table of text cells. */
    static void table(Html html, List<String> headers, List<List<String>> rows) {
        beginTable(html, headers.toArray(new String[0]));
        for (List<String> row : rows) {
            html.open("tr");
            for (int j = 0; j < row.size(); j++) {
                html.element("td", row.get(j), "class", headers.get(j).startsWith(">") ? "n" : "t");
            }
            html.close("tr");
        }
        endTable(html);
    }

    private static String css() {
        try (InputStream in = Page.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not beside " + Page.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
