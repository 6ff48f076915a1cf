package dev.lowland.theory.report;

import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries;
import dev.lowland.theory.claim.FigureSeries.Kind;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.Color;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A series with its colour, the same in the picture and in the legend: series of one role take the colours of the role by turns,
 * and a band has the first of them.
 *
 * @param series the series
 * @param colour its colour
 */
record ColouredSeries(FigureSeries series, Color colour) {

    /** The series of a figure, in order. */
    static List<ColouredSeries> of(Figure figure, ChartTheme theme) {
        Map<Role, Integer> used = new EnumMap<>(Role.class);
        List<ColouredSeries> all = new ArrayList<>();
        for (FigureSeries series : figure.series()) {
            int order = series.kind() == Kind.BAND ? 0 : used.merge(series.role(), 1, Integer::sum) - 1;
            all.add(new ColouredSeries(series, theme.of(series.role(), order)));
        }
        return all;
    }
}
