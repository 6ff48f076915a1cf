package dev.lowland.optim.ensemble;

import java.util.Arrays;

/** Count, means and summed squares of deviations of a statistic, of one block or of all blocks so far. */
final class SeriesSums {

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

    StatisticSeries toSeries(String name, StepSchedule schedule) {
        return new StatisticSeries(name, schedule, count, means, squares, timeMean, timeSquares, values);
    }
}
