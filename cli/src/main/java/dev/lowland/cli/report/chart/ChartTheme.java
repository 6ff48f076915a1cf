package dev.lowland.cli.report.chart;

import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * The colours of a picture, as {@code #rrggbb}. A role has the same hue on a light and on a dark page; wrong theories
 * have several, for there are often several of them in one picture. Within a theme no two roles share a colour, so that
 * {@link SvgChart} can tell by the light one which dark one is meant.
 *
 * @param background behind everything
 * @param text labels
 * @param grid lines of the grid
 * @param measured measurements
 * @param predicted the theory
 * @param reference lines to hold on to
 * @param falsifications wrong theories, or settings, by turns
 */
public record ChartTheme(
        String background,
        String text,
        String grid,
        String measured,
        String predicted,
        String reference,
        List<String> falsifications) {

    /** For a light page, and for paper. */
    public static final ChartTheme LIGHT = new ChartTheme(
            "#ffffff",
            "#1c2530",
            "#dfe4ea",
            "#1668b8",
            "#1c2531",
            "#7a8694",
            List.of("#c2410c", "#9d3a9a", "#8a6d00", "#0f766e", "#b4245d"));

    /** For a dark page. */
    public static final ChartTheme DARK = new ChartTheme(
            "#161c24",
            "#e4e9ef",
            "#323c48",
            "#6cb3f5",
            "#f2f5f8",
            "#8e9bab",
            List.of("#f59e63", "#d88ad6", "#d9bd4a", "#5cc8bd", "#f08bb0"));

    /** The colour of a series; {@code order} counts the series of the same role from 0. */
    String of(Role role, int order) {
        return switch (role) {
            case MEASURED -> measured;
            case PREDICTED -> predicted;
            case REFERENCE -> reference;
            case FALSIFICATION, VARIANT -> falsifications.get(order % falsifications.size());
        };
    }

    /** All colours, in an order that is the same for every theme. */
    List<String> all() {
        return Stream.concat(Stream.of(background, text, grid, measured, predicted, reference), falsifications.stream())
                .toList();
    }
}
