package dev.lowland.cli.report;

import dev.lowland.cli.report.chart.ChartPainter;
import dev.lowland.cli.report.chart.ChartTheme;
import dev.lowland.cli.report.chart.ColouredSeries;
import dev.lowland.cli.report.format.Html;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import java.awt.Color;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A figure on a page: its picture in light and in dark, a legend, the caption and the way to its numbers. The legend is
 * text of the page, so it wraps and can be read aloud.
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
        picture(html, figure);
        legend(html, figure);
        html.open("figcaption").text(figure.caption() + " ");
        html.element("a", "Numbers (CSV)", "class", "csv", "href", FigureFiles.path(owner, figure));
        html.close("figcaption").close("figure");
    }

    private static void picture(Html html, Figure figure) {
        String light;
        String dark;
        try {
            light = data(ChartPainter.png(figure, ChartTheme.LIGHT));
            dark = data(ChartPainter.png(figure, ChartTheme.DARK));
        } catch (UnsupportedOperationException e) {
            html.element("p", "No picture: " + e.getMessage() + ". The numbers are in the CSV.", "class", "note");
            return;
        }
        html.open("picture");
        html.empty("source", "media", "screen and (prefers-color-scheme: dark)", "srcset", dark);
        html.empty(
                "img",
                "src",
                light,
                "width",
                String.valueOf(ChartPainter.WIDTH),
                "height",
                String.valueOf(ChartPainter.HEIGHT),
                "alt",
                figure.title() + ". " + figure.caption());
        html.close("picture");
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
            if (!named.add(swatch(series) + " " + series.name())) {
                continue;
            }
            String colours = "--light:" + hex(light.get(i).colour()) + ";--dark:"
                    + hex(dark.get(i).colour());
            html.open("li");
            html.open("span", "class", swatch(series), "style", colours).close("span");
            html.text(series.name()).close("li");
        }
        html.close("ul");
    }

    private static String swatch(FigureSeries series) {
        String shape = series.kind() == Kind.LINE
                ? series.role().name()
                : series.kind().name();
        return "swatch " + shape.toLowerCase(Locale.ROOT);
    }

    private static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
    }

    private static String data(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
