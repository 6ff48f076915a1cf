package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Count, means and summed squares of deviations of a statistic, of one block or of all blocks so far. */
final class SeriesSums {

    /** Where the numbers of replicas begin among the arrays. */
    private static final int VALUES = 3;

    private int count;
    private final double[] means;
    private final double[] squares;
    /** Of each replica, in their order, at each scheduled step; empty unless they are kept. */
    private final double[][] values;

    private double timeMean;
    private double timeSquares;

    /** For so many scheduled steps; keeps every replica's number, too, if told to. */
    SeriesSums(int steps, boolean keepsValues) {
        means = new double[steps];
        squares = new double[steps];
        values = keepsValues ? new double[steps][0] : new double[0][];
    }

    /** Sets the moments at one scheduled step from some of the numbers, from one on. */
    void set(int step, double[] ofLanes, int from, int replicas) {
        count = replicas;
        means[step] = mean(ofLanes, from, replicas);
        squares[step] = squares(ofLanes, from, replicas, means[step]);
        if (values.length > 0) {
            values[step] = Arrays.copyOfRange(ofLanes, from, from + replicas);
        }
    }

    /** Sets the moments of the replicas' time means. */
    void setTimeMeans(double[] ofLanes, int from, int replicas) {
        timeMean = mean(ofLanes, from, replicas);
        timeSquares = squares(ofLanes, from, replicas, timeMean);
    }

    private static double mean(double[] ofLanes, int from, int replicas) {
        double sum = 0;
        for (int l = 0; l < replicas; l++) {
            sum += ofLanes[from + l];
        }
        return sum / replicas;
    }

    private static double squares(double[] ofLanes, int from, int replicas, double mean) {
        double sum = 0;
        for (int l = 0; l < replicas; l++) {
            double away = ofLanes[from + l] - mean;
            sum += away * away;
        }
        return sum;
    }

    /** Takes in the replicas of another, by the formula of Chan, Golub and LeVeque. */
    void merge(SeriesSums other) {
        int total = count + other.count;
        double share = (double) other.count / total;
        double weight = count * share;
        for (int i = 0; i < values.length; i++) {
            int before = values[i].length;
            values[i] = Arrays.copyOf(values[i], before + other.values[i].length);
            System.arraycopy(other.values[i], 0, values[i], before, other.values[i].length);
        }
        for (int i = 0; i < means.length; i++) {
            double shift = other.means[i] - means[i];
            squares[i] += other.squares[i] + weight * shift * shift;
            means[i] += shift * share;
        }
        double shift = other.timeMean - timeMean;
        timeSquares += other.timeSquares + weight * shift * shift;
        timeMean += shift * share;
        count = total;
    }

    /** Those that were saved as {@link #arrays}, which are taken over. */
    static SeriesSums saved(int count, List<double[]> arrays) {
        SeriesSums sums = new SeriesSums(arrays.get(0).length, arrays.size() > VALUES);
        sums.count = count;
        System.arraycopy(arrays.get(0), 0, sums.means, 0, sums.means.length);
        System.arraycopy(arrays.get(1), 0, sums.squares, 0, sums.squares.length);
        sums.timeMean = arrays.get(2)[0];
        sums.timeSquares = arrays.get(2)[1];
        for (int i = 0; i < sums.values.length; i++) {
            sums.values[i] = arrays.get(VALUES + i);
        }
        return sums;
    }

    /** Everything but the count: means, squares, those of time, and the numbers of the replicas at each step. */
    List<double[]> arrays() {
        List<double[]> arrays = new ArrayList<>(List.of(means, squares, new double[] {timeMean, timeSquares}));
        arrays.addAll(Arrays.asList(values));
        return arrays;
    }

    /** How long those arrays are. */
    static List<Integer> lengths(int steps, boolean keepsValues, int count) {
        List<Integer> lengths = new ArrayList<>(List.of(steps, steps, 2));
        lengths.addAll(Collections.nCopies(keepsValues ? steps : 0, count));
        return lengths;
    }

    SeriesSums copy() {
        return saved(count, arrays());
    }

    int count() {
        return count;
    }

    StatisticSeries toSeries(String name, StepSchedule schedule) {
        return new StatisticSeries(name, schedule, count, means, squares, timeMean, timeSquares, values);
    }
}
