package dev.lowland.cli.report.chart;

import dev.lowland.cli.report.format.Html;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Draws a {@link Figure} as SVG. Nothing here measures text, so no font has to be installed: whoever shows the picture
 * sets it. The same figure gives the same text everywhere. Thread-safe, without state.
 *
 * <p>Measurements are blue and broad, the theory is thin and dashed over them in the colour of the text, wrong theories
 * have warm colours and fine dashes, references are grey and dotted. Colours are those of the light theme;
 * {@link #darkRules} replaces each by its partner. The legend is not in the picture: the page has it as text.
 */
public final class SvgChart {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 420;
    private static final double TOP = 12;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 52;
    private static final double TITLE_SIZE = 13;
    private static final double LABEL_SIZE = 11;

    /** Room for the title of the vertical axis, and from labels to the axis. */
    private static final double TITLE_ROOM = 26;

    private static final double TICK = 5;
    private static final double FINE_TICK = 3;

    /** How wide a character of a label is at most, in sizes of the font: only for the room that labels get. */
    private static final double CHARACTER = 0.62;

    private static final double LABELS_ACROSS = 95;
    private static final double LABELS_UP = 42;
    private static final double DOT = 3.5;
    private static final double DIAMOND = 4.6;
    private static final String BAND_OPACITY = "0.24";
    private static final ChartTheme THEME = ChartTheme.LIGHT;

    private final Html svg;
    private final Figure figure;
    private final double left;
    private final ChartAxis x;
    private final ChartAxis y;

    private SvgChart(Html svg, Figure figure) {
        this.svg = svg;
        this.figure = figure;
        y = ChartAxis.of(
                figure.y().scale(),
                values(figure, List.of(FigureSeries::y, FigureSeries::lower, FigureSeries::upper)),
                HEIGHT - BOTTOM,
                TOP,
                LABELS_UP);
        int longest =
                y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
        left = TITLE_ROOM + TICK + CHARACTER * LABEL_SIZE * longest;
        x = ChartAxis.of(
                figure.x().scale(), values(figure, List.of(FigureSeries::x)), left, WIDTH - RIGHT, LABELS_ACROSS);
    }

    /** Adds the picture to a page, which must have the {@link #darkRules}. */
    public static void add(Html html, Figure figure) {
        html.open("svg", "class", "chart", "viewBox", "0 0 720 420", "role", "img", "aria-label", label(figure));
        new SvgChart(html, figure).draw();
        html.close("svg");
    }

    /** The picture as a file of its own, which follows the reader's choice of light or dark. */
    public static String file(Figure figure) {
        Html svg = new Html();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "chart",
                "width",
                "720",
                "height",
                "420",
                "viewBox",
                "0 0 720 420");
        svg.element("title", label(figure)).style(darkRules());
        new SvgChart(svg, figure).draw();
        return svg.close("svg").fragment();
    }

    /** A style sheet that puts the dark theme in place of the light one, on a screen whose reader asks for it. */
    public static String darkRules() {
        StringBuilder rules = new StringBuilder("@media screen and (prefers-color-scheme: dark) {\n");
        List<String> light = THEME.all();
        List<String> dark = ChartTheme.DARK.all();
        for (int i = 0; i < light.size(); i++) {
            for (String what : List.of("fill", "stroke")) {
                rules.append("  .chart [%s='%s'] { %s: %s; }\n".formatted(what, light.get(i), what, dark.get(i)));
            }
        }
        return rules.append("}\n").toString();
    }

    private static String label(Figure figure) {
        return figure.caption().isEmpty() ? figure.title() : figure.title() + ". " + figure.caption();
    }

    private static DoubleStream values(Figure figure, List<Function<FigureSeries, double[]>> columns) {
        return figure.series().stream()
                .flatMapToDouble(series -> columns.stream().flatMapToDouble(c -> Arrays.stream(c.apply(series))));
    }

    private void draw() {
        shape("rect", "width", "720", "height", "420", "fill", THEME.background());
        axes();
        List<ColouredSeries> all = ColouredSeries.of(figure, THEME);
        for (ColouredSeries next : all) {
            switch (next.series().kind()) {
                case BAND -> band(next.series(), next.colour());
                case POINTS -> points(next.series(), next.colour());
                case LINE -> {}
            }
        }
        all.stream()
                .filter(next -> next.series().kind() == Kind.LINE)
                .forEach(next -> line(next.series(), next.colour()));
    }

    private void axes() {
        double bottom = HEIGHT - BOTTOM;
        double right = WIDTH - RIGHT;
        StringBuilder grid = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (ChartAxis.Tick tick : x.ticks()) {
            boolean named = !tick.label().isEmpty();
            grid.append(named ? "M" + point(tick.place(), TOP) + "V" + pixel(bottom) : "");
            marks.append("M").append(point(tick.place(), bottom)).append("v").append(pixel(named ? TICK : FINE_TICK));
        }
        for (ChartAxis.Tick tick : y.ticks()) {
            boolean named = !tick.label().isEmpty();
            grid.append(named ? "M" + point(left, tick.place()) + "H" + pixel(right) : "");
            marks.append("M").append(point(left, tick.place())).append("h").append(pixel(named ? -TICK : -FINE_TICK));
        }
        path(grid.toString(), "stroke", THEME.grid(), "stroke-width", "0.8");
        path(
                marks + "M" + point(left, TOP) + "V" + pixel(bottom) + "H" + pixel(right),
                "stroke",
                THEME.reference(),
                "stroke-width",
                "0.8");
        svg.open("g", "fill", THEME.text(), "font-family", "system-ui, 'DejaVu Sans', sans-serif");
        svg.open("g", "font-size", pixel(LABEL_SIZE));
        for (ChartAxis.Tick tick : x.ticks()) {
            text(tick.label(), tick.place(), bottom + TICK + LABEL_SIZE + 2, "middle");
        }
        for (ChartAxis.Tick tick : y.ticks()) {
            text(tick.label(), left - TICK - 3, tick.place() + LABEL_SIZE * 0.35, "end");
        }
        svg.close("g").open("g", "font-size", pixel(TITLE_SIZE));
        text(figure.x().label(), (left + right) / 2, HEIGHT - 10, "middle");
        svg.open(
                "g",
                "transform",
                "translate(" + pixel(TITLE_SIZE + 2) + " " + pixel((TOP + bottom) / 2) + ") rotate(-90)");
        text(figure.y().label(), 0, 0, "middle");
        svg.close("g").close("g").close("g");
    }

    private void band(FigureSeries series, String colour) {
        double[] abscissae = series.x();
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < abscissae.length; i++) {
            outline.append(i == 0 ? "M" : "L").append(point(x.at(abscissae[i]), y.at(series.upper()[i])));
        }
        for (int i = abscissae.length - 1; i >= 0; i--) {
            outline.append("L").append(point(x.at(abscissae[i]), y.at(series.lower()[i])));
        }
        shape("path", "d", outline + "Z", "fill", colour, "fill-opacity", BAND_OPACITY);
    }

    /** Dots are the round ends of lines without length; all marks of a series are one path. */
    private void points(FigureSeries series, String colour) {
        boolean wrong = series.role() == Role.FALSIFICATION;
        String mark = wrong ? "m0 -%1$sl%1$s %1$sl-%1$s %1$sl-%1$s -%1$sZ".formatted(pixel(DIAMOND)) : "h0";
        double[] ordinates = series.y();
        double[] abscissae = series.x();
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < abscissae.length; i++) {
            marks.append("M")
                    .append(point(x.at(abscissae[i]), y.at(ordinates[i])))
                    .append(mark);
        }
        if (wrong) {
            shape("path", "d", marks.toString(), "fill", colour);
        } else {
            path(marks.toString(), "stroke", colour, "stroke-width", pixel(2 * DOT), "stroke-linecap", "round");
        }
    }

    private void line(FigureSeries series, String colour) {
        double[] ordinates = series.y();
        double[] abscissae = series.x();
        StringBuilder way = new StringBuilder();
        for (int i = 0; i < abscissae.length; i++) {
            way.append(i == 0 ? "M" : "L").append(point(x.at(abscissae[i]), y.at(ordinates[i])));
        }
        String[] width = {"stroke", colour, "stroke-linejoin", "round", "stroke-width"};
        switch (series.role()) {
            case MEASURED -> path(way.toString(), with(width, "4", "stroke-linecap", "round"));
            case PREDICTED -> path(way.toString(), with(width, "1.8", "stroke-dasharray", "9 5"));
            case VARIANT -> path(way.toString(), with(width, "2.2"));
            case FALSIFICATION -> path(way.toString(), with(width, "1.8", "stroke-dasharray", "4 4"));
            case REFERENCE -> path(way.toString(), with(width, "1.5", "stroke-dasharray", "1.5 4"));
        }
    }

    private void path(String way, String... attributes) {
        String[] all = with(new String[] {"d", way, "fill", "none"}, attributes);
        shape("path", all);
    }

    private void shape(String tag, String... attributes) {
        svg.open(tag, attributes).close(tag);
    }

    private void text(String text, double h, double v, String anchor) {
        if (!text.isEmpty()) {
            svg.element("text", text, "x", pixel(h), "y", pixel(v), "text-anchor", anchor);
        }
    }

    private static String[] with(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static String point(double h, double v) {
        return pixel(h) + " " + pixel(v);
    }

    /** A length with two decimals at most. */
    private static String pixel(double length) {
        return new BigDecimal(length)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
