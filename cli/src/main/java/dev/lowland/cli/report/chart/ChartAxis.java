package dev.lowland.cli.report.chart;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.theory.claim.Figure.Scale;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One axis of a picture: where a number stands, and where the ticks are. Any finite numbers can be shown, also the
 * largest double beside its negative. Immutable.
 *
 * <p>Numbers are laid out by t(x) = x/4 on a linear axis (a quarter, so that no difference overflows) and by t(x) =
 * log₁₀ x on a logarithmic one.
 */
final class ChartAxis {
    private static final double QUARTER = 0.25;
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    /** The share of the length that stays free at either end. */
    private static final double PADDING = 0.04;

    /** Differences below this share of the numbers are not drawn: they are rounding. */
    private static final double LEAST_WIDTH = 1e-10;

    /** A decade with fewer pixels has no fine ticks. */
    private static final double FINE_DECADE = 35;

    /** A tick, in pixels; the label is empty at a fine one. */
    record Tick(double place, String label) {}

    private final Scale scale;
    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final List<Tick> ticks = new ArrayList<>();

    private ChartAxis(Scale scale, double low, double high, double from, double to) {
        this.scale = scale;
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
    }

    /**
     * An axis on which every number has its place.
     *
     * @param scale how numbers are laid out
     * @param values what is shown; none gives the axis from 0 to 1, or from 1 to 10
     * @param from the pixel of the lower end
     * @param to the pixel of the upper end, above or below
     * @param spacing about how many pixels lie between two labels
     */
    static ChartAxis of(Scale scale, DoubleStream values, double from, double to, double spacing) {
        double[] t = values.map(x -> t(scale, x)).sorted().toArray();
        double low = t.length == 0 ? 0 : t[0];
        double high = t.length == 0 ? t(scale, scale == Scale.LINEAR ? 1 : 10) : t[t.length - 1];
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (high - low <= LEAST_WIDTH * size) {
            double half =
                    scale == Scale.LOGARITHMIC ? 0.5 : size == 0 ? QUARTER : Math.max(size / 10, Double.MIN_VALUE);
            low -= half;
            high += half;
        }
        double padding = PADDING * (high - low);
        ChartAxis axis = new ChartAxis(scale, low - padding, high + padding, from, to);
        int most = Math.max(2, (int) (Math.abs(to - from) / spacing));
        axis.ticks.addAll(scale == Scale.LINEAR ? linearTicks(axis, most) : logarithmicTicks(axis, most));
        return axis;
    }

    /** The pixel of a number. */
    double at(double x) {
        return place(t(scale, x));
    }

    /** The ticks, those with a label and fine ones. */
    List<Tick> ticks() {
        return List.copyOf(ticks);
    }

    private double place(double t) {
        return from + (to - from) * ((t - low) / (high - low));
    }

    private static double t(Scale scale, double x) {
        return scale == Scale.LINEAR ? QUARTER * x : Math.log10(x);
    }

    private static List<Tick> linearTicks(ChartAxis axis, int most) {
        return multiples(new BigDecimal(axis.low).multiply(FOUR), new BigDecimal(axis.high).multiply(FOUR), most)
                .stream()
                .map(x -> new Tick(axis.place(x.divide(FOUR).doubleValue()), Numbers.tick(x)))
                .toList();
    }

    /**
     * Powers of ten, with 2 … 9 times each as fine ticks where there is room; where there are fewer than two powers, 1,
     * 2 and 5 times each; and where there are fewer than three of those, equal distances.
     */
    private static List<Tick> logarithmicTicks(ChartAxis axis, int most) {
        int first = (int) Math.ceil(axis.low);
        int last = (int) Math.floor(axis.high);
        List<Tick> ticks = new ArrayList<>();
        if (last > first) {
            int stride = (last - first) / most + 1;
            boolean fine = stride == 1 && Math.abs(axis.place(first + 1) - axis.place(first)) >= FINE_DECADE;
            for (int decade = fine ? first - 1 : first; decade <= last; decade += stride) {
                for (int digit = 1; digit <= (fine ? 9 : 1); digit++) {
                    axis.add(ticks, new BigDecimal(digit).scaleByPowerOfTen(decade), digit == 1);
                }
            }
            return ticks;
        }
        for (int decade = first - 1; decade <= last; decade++) {
            for (int digit : new int[] {1, 2, 5}) {
                axis.add(ticks, new BigDecimal(digit).scaleByPowerOfTen(decade), true);
            }
        }
        if (ticks.size() < 3) {
            ticks.clear();
            multiples(new BigDecimal(Math.pow(10, axis.low)), new BigDecimal(Math.pow(10, axis.high)), most)
                    .forEach(x -> axis.add(ticks, x, true));
        }
        return ticks;
    }

    /** Adds a tick of a logarithmic axis if it lies on it. */
    private void add(List<Tick> ticks, BigDecimal x, boolean named) {
        double t = Math.log10(x.doubleValue());
        if (t >= low && t <= high) {
            ticks.add(new Tick(place(t), named ? Numbers.tick(x) : ""));
        }
    }

    /** The multiples of 1, 2 or 5 times a power of ten between two numbers, about so many; exact decimals. */
    private static List<BigDecimal> multiples(BigDecimal low, BigDecimal high, int most) {
        BigDecimal width = high.subtract(low).divide(BigDecimal.valueOf(most), MathContext.DECIMAL64);
        int exponent = width.precision() - width.scale() - 1;
        double mantissa = width.scaleByPowerOfTen(-exponent).doubleValue();
        int step = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
        BigDecimal distance = new BigDecimal(step).scaleByPowerOfTen(exponent);
        List<BigDecimal> multiples = new ArrayList<>();
        BigDecimal x = low.divide(distance, 0, RoundingMode.CEILING).multiply(distance);
        for (; x.compareTo(high) <= 0; x = x.add(distance)) {
            multiples.add(x);
        }
        return multiples;
    }
}
