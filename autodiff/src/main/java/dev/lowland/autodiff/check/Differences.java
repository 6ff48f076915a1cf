package dev.lowland.autodiff.check;

import java.util.function.DoubleUnaryOperator;

/**
 * Derivatives by central differences, extrapolated to step zero (Ridders): each step is 1.4 times smaller than the one
 * before, and of all entries of the triangle the one whose neighbours agree best is taken. Source: C. Ridders,
 * <i>Accurate computation of F′(x) and F′(x)F″(x)</i>, Advances in Engineering Software 4, 1982.
 */
final class Differences {
    private static final int ROWS = 12;
    private static final double SHRINK = 1.4;
    private static final double FIRST = 0.1;
    private static final int HALVINGS = 30;

    private Differences() {}

    /**
     * A derivative and how far its neighbours in the triangle are from it.
     *
     * @param value the derivative
     * @param uncertainty the distance
     */
    record Estimate(double value, double uncertainty) {}

    /**
     * f′(0), where f is a function of the distance from a point.
     *
     * @param f the function
     * @param scale a distance over which it may change by its own size
     */
    static Estimate derivative(DoubleUnaryOperator f, double scale) {
        double step = FIRST * scale;
        for (int i = 0; i < HALVINGS && !Double.isFinite(central(f, step)); i++) {
            step /= 2;
        }
        double[] before = new double[ROWS];
        double[] row = new double[ROWS];
        Estimate best = new Estimate(Double.NaN, Double.POSITIVE_INFINITY);
        for (int i = 0; i < ROWS; i++) {
            row[0] = central(f, step);
            double factor = 1;
            for (int j = 1; j <= i; j++) {
                factor *= SHRINK * SHRINK;
                row[j] = (factor * row[j - 1] - before[j - 1]) / (factor - 1);
                double distance = Math.max(Math.abs(row[j] - row[j - 1]), Math.abs(row[j] - before[j - 1]));
                if (distance < best.uncertainty) {
                    best = new Estimate(row[j], distance);
                }
            }
            System.arraycopy(row, 0, before, 0, ROWS);
            step /= SHRINK;
        }
        return best;
    }

    private static double central(DoubleUnaryOperator f, double step) {
        double above = f.applyAsDouble(step);
        return (above - f.applyAsDouble(-step)) / (2 * step);
    }
}
