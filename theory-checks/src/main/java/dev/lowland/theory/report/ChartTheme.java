package dev.lowland.theory.report;

import dev.lowland.theory.claim.FigureSeries.Role;
import java.awt.Color;
import java.util.List;

/**
 * The colours of a picture on a light and on a dark page. A role has the same hue in both; wrong theories have several, for there
 * are often several of them in one picture.
 */
enum ChartTheme {
    LIGHT(
            new Color(0xffffff),
            new Color(0x1c2530),
            new Color(0xdfe4ea),
            new Color(0x1668b8),
            new Color(0x1c2530),
            new Color(0x7a8694),
            List.of(
                    new Color(0xc2410c),
                    new Color(0x9d3a9a),
                    new Color(0x8a6d00),
                    new Color(0x0f766e),
                    new Color(0xb4245d))),
    DARK(
            new Color(0x161c24),
            new Color(0xe4e9ef),
            new Color(0x323c48),
            new Color(0x6cb3f5),
            new Color(0xf2f5f8),
            new Color(0x8e9bab),
            List.of(
                    new Color(0xf59e63),
                    new Color(0xd88ad6),
                    new Color(0xd9bd4a),
                    new Color(0x5cc8bd),
                    new Color(0xf08bb0)));

    private final Color background;
    private final Color text;
    private final Color grid;
    private final Color measured;
    private final Color predicted;
    private final Color reference;
    private final List<Color> falsifications;

    ChartTheme(
            Color background,
            Color text,
            Color grid,
            Color measured,
            Color predicted,
            Color reference,
            List<Color> falsifications) {
        this.background = background;
        this.text = text;
        this.grid = grid;
        this.measured = measured;
        this.predicted = predicted;
        this.reference = reference;
        this.falsifications = falsifications;
    }

    Color background() {
        return background;
    }

    Color text() {
        return text;
    }

    Color grid() {
        return grid;
    }

    /** The colour of a series; {@code order} counts the series of the same role from 0. */
    Color of(Role role, int order) {
        return switch (role) {
            case MEASURED -> measured;
            case PREDICTED -> predicted;
            case REFERENCE -> reference;
            case FALSIFICATION -> falsifications.get(order % falsifications.size());
        };
    }
}
