package dev.lowland.cli.report.chart;

import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A series with its colour, the same in the picture and in the legend: series of one role take the colours of the role
 * by turns, those of one name share theirs, and a band that shares its name with none has the first of them.
 *
 * @param series the series
 * @param colour its colour
 */
public record ColouredSeries(FigureSeries series, String colour) {

    /** The series of a figure, in order. */
    public static List<ColouredSeries> of(Figure figure, ChartTheme theme) {
        Map<Role, List<String>> used = new EnumMap<>(Role.class);
        List<ColouredSeries> all = new ArrayList<>();
        for (FigureSeries series : figure.series()) {
            int order = series.kind() == Kind.BAND && !isNamed(figure, series) ? 0 : order(used, series);
            all.add(new ColouredSeries(series, theme.of(series.role(), order)));
        }
        return all;
    }

    /** Whether something else than a band has this role and name. */
    private static boolean isNamed(Figure figure, FigureSeries band) {
        return figure.series().stream()
                .anyMatch(s -> s.kind() != Kind.BAND
                        && s.role() == band.role()
                        && s.name().equals(band.name()));
    }

    private static int order(Map<Role, List<String>> used, FigureSeries series) {
        List<String> names = used.computeIfAbsent(series.role(), role -> new ArrayList<>());
        if (!names.contains(series.name())) {
            names.add(series.name());
        }
        return names.indexOf(series.name());
    }
}
