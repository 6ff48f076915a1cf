package dev.lowland.cli.report;

import dev.lowland.cli.report.chart.ChartTheme;
import dev.lowland.cli.report.chart.ColouredSeries;
import dev.lowland.cli.report.chart.SvgChart;
import dev.lowland.cli.report.format.Html;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A figure on a page: its picture, a legend, the caption, and the way to its numbers and to the picture alone. The
 * legend is text of the page, so it wraps and can be read aloud.
 */
final class FigureHtml {
    private FigureHtml() {}

    /** The figures of a claim or study, side by side where there is room. */
    static void add(Html html, String owner, List<Figure> figures) {
        if (!figures.isEmpty()) {
            html.open("div", "class", "figures");
            figures.forEach(figure -> add(html, owner, figure));
            html.close("div");
        }
    }

    private static void add(Html html, String owner, Figure figure) {
        html.open("figure", "id", owner + "-" + figure.name());
        html.element("h4", figure.title());
        SvgChart.add(html, figure);
        legend(html, figure);
        html.open("figcaption").text(figure.caption() + " ");
        html.element("a", "Numbers (CSV)", "class", "csv", "href", FigureFiles.path(owner, figure, "csv"));
        html.text(" ");
        html.element("a", "Picture (SVG)", "class", "csv", "href", FigureFiles.path(owner, figure, "svg"));
        html.close("figcaption").close("figure");
    }

    private static void legend(Html html, Figure figure) {
        if (figure.series().size() < 2) {
            return;
        }
        List<ColouredSeries> light = ColouredSeries.of(figure, ChartTheme.LIGHT);
        List<ColouredSeries> dark = ColouredSeries.of(figure, ChartTheme.DARK);
        html.open("ul", "class", "legend");
        Set<String> named = new HashSet<>();
        for (int i = 0; i < light.size(); i++) {
            FigureSeries series = light.get(i).series();
            if (isBandOfLine(figure, series) || !named.add(swatch(series) + " " + series.name())) {
                continue;
            }
            String colours = "--light:" + light.get(i).colour() + ";--dark:"
                    + dark.get(i).colour();
            html.open("li");
            html.open("span", "class", swatch(series), "style", colours).close("span");
            html.text(series.name()).close("li");
        }
        html.close("ul");
    }

    /** A band around a line that has its name, and stands in the legend. */
    private static boolean isBandOfLine(Figure figure, FigureSeries series) {
        return series.kind() == Kind.BAND
                && figure.series().stream()
                        .anyMatch(s -> s.kind() != Kind.BAND && s.name().equals(series.name()));
    }

    private static String swatch(FigureSeries series) {
        String shape = series.kind() == Kind.LINE
                ? series.role().name()
                : series.kind().name();
        return "swatch " + shape.toLowerCase(Locale.ROOT);
    }
}
