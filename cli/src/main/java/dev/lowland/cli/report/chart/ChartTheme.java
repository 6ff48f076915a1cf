package dev.lowland.cli.report.chart;

import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.Color;
import java.util.List;

/**
 * The colours of a picture. A role has the same hue on a light and on a dark page; wrong theories have several, for
 * there are often several of them in one picture.
 *
 * @param background behind everything
 * @param text labels
 * @param grid lines of the grid
 * @param measured measurements
 * @param predicted the theory
 * @param reference lines to hold on to
 * @param falsifications wrong theories, by turns
 */
public record ChartTheme(
        Color background,
        Color text,
        Color grid,
        Color measured,
        Color predicted,
        Color reference,
        List<Color> falsifications) {

    /** For a light page, and for paper. */
    public static final ChartTheme LIGHT = new ChartTheme(
            new Color(0xffffff),
            new Color(0x1c2530),
            new Color(0xdfe4ea),
            new Color(0x1668b8),
            new Color(0x1c2530),
            new Color(0x7a8694),
            colours(0xc2410c, 0x9d3a9a, 0x8a6d00, 0x0f766e, 0xb4245d));

    /** For a dark page. */
    public static final ChartTheme DARK = new ChartTheme(
            new Color(0x161c24),
            new Color(0xe4e9ef),
            new Color(0x323c48),
            new Color(0x6cb3f5),
            new Color(0xf2f5f8),
            new Color(0x8e9bab),
            colours(0xf59e63, 0xd88ad6, 0xd9bd4a, 0x5cc8bd, 0xf08bb0));

    /** The colour of a series; {@code order} counts the series of the same role from 0. */
    Color of(Role role, int order) {
        return switch (role) {
            case MEASURED -> measured;
            case PREDICTED -> predicted;
            case REFERENCE -> reference;
            case FALSIFICATION -> falsifications.get(order % falsifications.size());
        };
    }

    private static List<Color> colours(Integer... rgb) {
        return List.of(rgb).stream().map(Color::new).toList();
    }
}
