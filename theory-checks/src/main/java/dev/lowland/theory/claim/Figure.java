package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A picture as data: axes, and series of lines, bands and points. It knows nothing of how it will be drawn, so a claim
 * can be checked, and its figures written as CSV, without any charting library.
 *
 * <p>Immutable and thread-safe; the series copy their arrays.
 *
 * @param name short name in lower case with hyphens; it becomes a file name, and is unique within a report
 * @param title one line above the picture
 * @param caption what the reader should see in it, in one or two sentences
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, the first one at the bottom
 */
public record Figure(String name, String title, String caption, Axis x, Axis y, List<FigureSeries> series) {

    /** What {@link Builder#mean} draws, in words. */
    public static final String BAND = "± " + (int) ThreePartRule.AGREEMENT + " standard errors";

    /** How numbers are laid out along an axis. */
    public enum Scale {
        /** Equal differences have equal lengths. */
        LINEAR,
        /** Equal ratios have equal lengths; every value must be positive. */
        LOGARITHMIC
    }

    /** The name of a case as part of a file name. */
    public static String slug(String name) {
        Checks.notNull("name a figure", "name", name);
        return name.replace("ηλmax =", "sharpness")
                .replace("eλmax =", "sharpness")
                .replace("β =", "momentum")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-");
    }

    /**
     * One axis.
     *
     * @param label what is measured, with its unit where it has one
     * @param scale how numbers are laid out
     */
    public record Axis(String label, Scale scale) {
        /** Refuses null. */
        public Axis {
            Checks.notNull("axis of a figure", "label", label);
            Checks.notNull("axis of a figure", "scale", scale);
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(scale, "scale");
        }
    }

    /** Refuses a name that cannot be a file name, and values that a logarithmic axis cannot show. */
    public Figure {
        Checks.notNull("draw figure", "name", name);
        Checks.notNull("draw figure", "title", title);
        Checks.notNull("draw figure", "caption", caption);
        Checks.notNull("draw figure", "x", x);
        Checks.notNull("draw figure", "y", y);
        Checks.noNulls("draw figure", "series", series);
        if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
            throw Checks.error(
                    "draw a figure",
                    "name",
                    "'" + name + "'",
                    "of lower-case letters, digits, hyphens and dots, with a letter or a digit first");
        }
        series = List.copyOf(series);
        for (FigureSeries s : series) {
            requirePositive(name, s.name(), x, s.x());
            requirePositive(name, s.name(), y, s.y());
            requirePositive(name, s.name(), y, s.lower());
        }
    }

    /**
     * Starts a figure with linear axes and no series.
     *
     * @param name see {@link #name()}
     * @return a builder, not thread-safe
     */
    public static Builder named(String name) {
        Checks.notNull("name a figure", "name", name);
        return new Builder(name);
    }

    private static void requirePositive(String figure, String series, Axis axis, double[] values) {
        if (axis.scale() == Scale.LINEAR) {
            return;
        }
        for (double v : values) {
            if (!(v > 0)) {
                throw Checks.error(
                        "draw figure " + figure,
                        "a value of series '" + series + "' on the logarithmic axis '" + axis.label() + "'",
                        Double.toString(v),
                        "positive");
            }
        }
    }

    /**
     * Collects the parts of a figure. A point with a number that is not finite (the theory is undefined there, or the
     * runs diverged) is left out, and with it a series that has no other. Not thread-safe.
     */
    public static final class Builder {
        private final String name;
        private final List<FigureSeries> series = new ArrayList<>();
        private String title;
        private String caption = "";
        private Axis x = new Axis("", Scale.LINEAR);
        private Axis y = new Axis("", Scale.LINEAR);

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
            this.title = name;
        }

        /**
         * Sets the line above the picture; without it the name stands there.
         *
         * @param text the title
         * @return this
         */
        public Builder title(String text) {
            title = Checks.notNull("draw figure", "text", text);
            return this;
        }

        /**
         * Sets what the reader should see.
         *
         * @param text one or two sentences
         * @return this
         */
        public Builder caption(String text) {
            Checks.notNull("draw figure", "text", text);
            caption = text;
            return this;
        }

        /**
         * Makes the horizontal axis linear.
         *
         * @param label what is measured
         * @return this
         */
        public Builder x(String label) {
            x = new Axis(label, Scale.LINEAR);
            return this;
        }

        /**
         * Makes the vertical axis linear.
         *
         * @param label what is measured
         * @return this
         */
        public Builder y(String label) {
            y = new Axis(label, Scale.LINEAR);
            return this;
        }

        /**
         * Makes the horizontal axis logarithmic.
         *
         * @param label what is measured
         * @return this
         */
        public Builder logX(String label) {
            Checks.notNull("axis of a figure", "label", label);
            x = new Axis(label, Scale.LOGARITHMIC);
            return this;
        }

        /**
         * Makes the vertical axis logarithmic.
         *
         * @param label what is measured
         * @return this
         */
        public Builder logY(String label) {
            y = new Axis(label, Scale.LOGARITHMIC);
            return this;
        }

        /**
         * Adds points joined by a line.
         *
         * @param role who says so
         * @param label the name in the legend
         * @param xs abscissae. Copied.
         * @param ys ordinates, as many. Copied.
         * @return this
         */
        public Builder line(FigureSeries.Role role, String label, double[] xs, double[] ys) {
            Checks.notNull("line of a figure", "role", role);
            Checks.notNull("line of a figure", "label", label);
            Checks.notNull("line of a figure", "xs", xs);
            Checks.notNull("line of a figure", "ys", ys);
            boolean[] kept = finite(label, xs, ys);
            return any(kept) ? add(FigureSeries.line(role, label, only(kept, xs), only(kept, ys))) : this;
        }

        /**
         * Adds single points, without a line.
         *
         * @param role who says so
         * @param label the name in the legend
         * @param xs abscissae. Copied.
         * @param ys ordinates, as many. Copied.
         * @return this
         */
        public Builder points(FigureSeries.Role role, String label, double[] xs, double[] ys) {
            Checks.notNull("points of a figure", "role", role);
            Checks.notNull("points of a figure", "label", label);
            Checks.notNull("points of a figure", "xs", xs);
            Checks.notNull("points of a figure", "ys", ys);
            boolean[] kept = finite(label, xs, ys);
            return any(kept) ? add(FigureSeries.points(role, label, only(kept, xs), only(kept, ys))) : this;
        }

        /**
         * Adds the area between two curves.
         *
         * @param role who says so
         * @param label the name in the legend
         * @param xs abscissae, increasing. Copied.
         * @param lower the lower curve, as many. Copied.
         * @param upper the upper curve, as many. Copied.
         * @return this
         */
        public Builder band(FigureSeries.Role role, String label, double[] xs, double[] lower, double[] upper) {
            Checks.notNull("band of a figure", "role", role);
            Checks.notNull("band of a figure", "label", label);
            Checks.notNull("band of a figure", "xs", xs);
            Checks.notNull("band of a figure", "lower", lower);
            Checks.notNull("band of a figure", "upper", upper);
            boolean[] kept = finite(label, xs, lower, upper);
            return any(kept)
                    ? add(FigureSeries.band(role, label, only(kept, xs), only(kept, lower), only(kept, upper)))
                    : this;
        }

        /**
         * Adds means over runs, with the band that a prediction has to lie in.
         *
         * @param xs abscissae, increasing. Copied.
         * @param means the means, as many. Copied.
         * @param standardErrors their standard errors, as many. Not modified.
         * @return this
         */
        public Builder mean(double[] xs, double[] means, double[] standardErrors) {
            Checks.notNull("band of a figure", "xs", xs);
            Checks.notNull("band of a figure", "means", means);
            return around(FigureSeries.Role.MEASURED, "mean of the runs", xs, means, standardErrors)
                    .points(FigureSeries.Role.MEASURED, "mean", xs, means);
        }

        /**
         * Adds the area within {@link ThreePartRule#AGREEMENT} standard errors of some values.
         *
         * @param role who says so
         * @param label the name in the legend
         * @param xs abscissae, increasing. Copied.
         * @param values the values, as many. Not modified.
         * @param standardErrors their standard errors, as many. Not modified.
         * @return this
         */
        public Builder around(
                FigureSeries.Role role, String label, double[] xs, double[] values, double[] standardErrors) {
            Checks.notNull("band of a figure", "role", role);
            Checks.notNull("band of a figure", "label", label);
            fits("values", values, xs);
            fits("standardErrors", standardErrors, xs);
            double[] lower = new double[values.length];
            double[] upper = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                lower[i] = values[i] - ThreePartRule.AGREEMENT * standardErrors[i];
                upper[i] = values[i] + ThreePartRule.AGREEMENT * standardErrors[i];
            }
            return band(role, label, xs, lower, upper);
        }

        /**
         * Adds the same for values on a logarithmic axis.
         *
         * @param xs abscissae, increasing. Copied.
         * @param values the values, as many. Not modified.
         * @param relativeErrors their standard errors over them, as many. Not modified.
         * @return this
         */
        public Builder aroundLogarithms(double[] xs, double[] values, double[] relativeErrors) {
            fits("values", values, xs);
            fits("relativeErrors", relativeErrors, xs);
            double[] lower = new double[values.length];
            double[] upper = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                lower[i] = values[i] / (1 + ThreePartRule.AGREEMENT * relativeErrors[i]);
                upper[i] = values[i] * (1 + ThreePartRule.AGREEMENT * relativeErrors[i]);
            }
            return band(FigureSeries.Role.MEASURED, BAND, xs, lower, upper);
        }

        private void fits(String argument, double[] column, double[] xs) {
            int length = Checks.notNull("draw figure", "xs", xs).length;
            Checks.length("draw figure", argument, Checks.notNull("draw figure", argument, column).length, length);
        }

        private boolean[] finite(String label, double[]... columns) {
            boolean[] kept = new boolean[columns[0].length];
            Arrays.fill(kept, true);
            for (double[] column : columns) {
                Checks.length("draw figure " + name, "a column of series '" + label + "'", column.length, kept.length);
                for (int i = 0; i < kept.length; i++) {
                    kept[i] &= Double.isFinite(column[i]);
                }
            }
            return kept;
        }

        private static boolean any(boolean[] kept) {
            for (boolean one : kept) {
                if (one) {
                    return true;
                }
            }
            return false;
        }

        private static double[] only(boolean[] kept, double[] values) {
            return IntStream.range(0, kept.length)
                    .filter(i -> kept[i])
                    .mapToDouble(i -> values[i])
                    .toArray();
        }

        /**
         * Adds a series made elsewhere.
         *
         * @param more the series
         * @return this
         */
        public Builder add(FigureSeries more) {
            Checks.notNull("add to a figure", "more", more);
            series.add(more);
            return this;
        }

        /**
         * Makes the figure.
         *
         * @return the figure
         * @throws IllegalArgumentException if the name is not a file name, or a logarithmic axis has a value that is
         *     not positive
         */
        public Figure build() {
            return new Figure(name, title, caption, x, y, series);
        }
    }
}
