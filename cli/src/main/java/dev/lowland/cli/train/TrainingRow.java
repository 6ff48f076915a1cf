package dev.lowland.cli.train;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What was found at one step. Immutable. */
public final class TrainingRow {
    private static final int WIDTH = Measure.values().length;

    /** A number for each measure; NaN for what was not measured, here and in saved states alone. */
    private final double[] values;

    private TrainingRow(double[] values) {
        this.values = values;
    }

    /** Rows in the making: nothing is measured yet. */
    static final class Builder {
        private final double[] values = new double[WIDTH];

        Builder() {
            Arrays.fill(values, Double.NaN);
        }

        Builder put(Measure measure, double value) {
            values[measure.ordinal()] = Double.isFinite(value) ? value : Double.NaN;
            return this;
        }

        Builder put(Measure measure, OptionalDouble value) {
            value.ifPresent(found -> put(measure, found));
            return this;
        }

        TrainingRow build() {
            return new TrainingRow(values.clone());
        }
    }

    /**
     * A number.
     *
     * @param measure which
     * @return the number; empty where it was not measured, or is not finite
     */
    public OptionalDouble get(Measure measure) {
        double value = values[measure.ordinal()];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The step.
     *
     * @return k
     */
    public long step() {
        return (long) values[Measure.STEP.ordinal()];
    }

    /** The same with the images a second before it. */
    TrainingRow withSpeed(double imagesPerSecond) {
        double[] all = values.clone();
        all[Measure.SPEED.ordinal()] = imagesPerSecond;
        return new TrainingRow(all);
    }

    /** All rows as the numbers of one array. */
    static double[] pack(List<TrainingRow> rows) {
        double[] all = new double[rows.size() * WIDTH];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).values, 0, all, i * WIDTH, WIDTH);
        }
        return all;
    }

    /** The rows of such an array. */
    static List<TrainingRow> unpack(double[] all) {
        TrainingRow[] rows = new TrainingRow[all.length / WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new TrainingRow(Arrays.copyOfRange(all, i * WIDTH, (i + 1) * WIDTH));
        }
        return List.of(rows);
    }
}
