package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.Objects;

/** One line, band or cloud of points of a {@link Figure}. Immutable and thread-safe: arrays are copied in and out. */
public final class FigureSeries {

    /** The shape in which a series is drawn. */
    public enum Kind {
        /** Points joined in order. */
        LINE,
        /** Single marks. */
        POINTS,
        /** The area between two curves. */
        BAND
    }

    /** Who says so. It decides the colour and the stroke, the same in every picture. */
    public enum Role {
        /** A simulation or a direct computation. */
        MEASURED,
        /** The theory. */
        PREDICTED,
        /** A wrong theory that the data must refuse. */
        FALSIFICATION,
        /** One of several settings, each of which has a colour of its own. */
        VARIANT,
        /** A line to hold on to, such as a fit or a bound. */
        REFERENCE
    }

    private final Kind kind;
    private final Role role;
    private final String name;
    private final double[] x;
    private final double[] y;
    private final double[] lower;
    private final double[] upper;

    private FigureSeries(Kind kind, Role role, String name, double[] x, double[] y, double[] lower, double[] upper) {
        this.kind = kind;
        this.role = Objects.requireNonNull(role, "role");
        this.name = Objects.requireNonNull(name, "name");
        this.x = copy(name, "x", x, x.length);
        this.y = copy(name, "y", y, kind == Kind.BAND ? 0 : x.length);
        this.lower = copy(name, "lower", lower, kind == Kind.BAND ? x.length : 0);
        this.upper = copy(name, "upper", upper, kind == Kind.BAND ? x.length : 0);
    }

    /**
     * Points joined by a line.
     *
     * @param role who says so
     * @param name the name in the legend
     * @param x abscissae. Copied.
     * @param y ordinates, as many. Copied.
     * @return the series
     * @throws IllegalArgumentException if there are none, the lengths differ or a number is not finite
     */
    public static FigureSeries line(Role role, String name, double[] x, double[] y) {
        Checks.notNull("line of a figure", "role", role);
        Checks.notNull("line of a figure", "name", name);
        Checks.notNull("line of a figure", "x", x);
        Checks.notNull("line of a figure", "y", y);
        return new FigureSeries(Kind.LINE, role, name, x, y, new double[0], new double[0]);
    }

    /**
     * Single points.
     *
     * @param role who says so
     * @param name the name in the legend
     * @param x abscissae. Copied.
     * @param y ordinates, as many. Copied.
     * @return the series
     * @throws IllegalArgumentException if there are none, the lengths differ or a number is not finite
     */
    public static FigureSeries points(Role role, String name, double[] x, double[] y) {
        Checks.notNull("points of a figure", "role", role);
        Checks.notNull("points of a figure", "name", name);
        Checks.notNull("points of a figure", "x", x);
        Checks.notNull("points of a figure", "y", y);
        return new FigureSeries(Kind.POINTS, role, name, x, y, new double[0], new double[0]);
    }

    /**
     * The area between two curves.
     *
     * @param role who says so
     * @param name the name in the legend
     * @param x abscissae, increasing. Copied.
     * @param lower the lower curve, as many. Copied.
     * @param upper the upper curve, as many. Copied.
     * @return the series
     * @throws IllegalArgumentException if there are none, the lengths differ or a number is not finite
     */
    public static FigureSeries band(Role role, String name, double[] x, double[] lower, double[] upper) {
        Checks.notNull("band of a figure", "role", role);
        Checks.notNull("band of a figure", "name", name);
        Checks.notNull("band of a figure", "x", x);
        Checks.notNull("band of a figure", "lower", lower);
        Checks.notNull("band of a figure", "upper", upper);
        return new FigureSeries(Kind.BAND, role, name, x, new double[0], lower, upper);
    }

    /**
     * The shape in which it is drawn.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Who says so.
     *
     * @return the role
     */
    public Role role() {
        return role;
    }

    /**
     * The name in the legend.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The abscissae.
     *
     * @return a fresh copy
     */
    public double[] x() {
        return x.clone();
    }

    /**
     * The ordinates of a line or of points.
     *
     * @return a fresh copy; empty for a band
     */
    public double[] y() {
        return y.clone();
    }

    /**
     * The lower curve of a band.
     *
     * @return a fresh copy; empty for a line or points
     */
    public double[] lower() {
        return lower.clone();
    }

    /**
     * The upper curve of a band.
     *
     * @return a fresh copy; empty for a line or points
     */
    public double[] upper() {
        return upper.clone();
    }

    private static double[] copy(String series, String argument, double[] values, int length) {
        if (argument.equals("x") && values.length == 0) {
            throw Checks.error("draw series '" + series + "'", "x", "empty", "of at least one point");
        }
        Checks.length("draw series '" + series + "'", argument, values.length, length);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw Checks.error(
                        "draw series '" + series + "'", argument + "[" + i + "]", Double.toString(values[i]), "finite");
            }
        }
        return values.clone();
    }
}
