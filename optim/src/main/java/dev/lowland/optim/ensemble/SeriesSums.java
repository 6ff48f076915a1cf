package dev.lowland.optim.ensemble;

/** Count, means and summed squares of deviations of a statistic, of one block or of all blocks so far. */
final class SeriesSums {

    private int count;
    private final double[] means;
    private final double[] squares;
    private double timeMean;
    private double timeSquares;

    SeriesSums(int steps) {
        means = new double[steps];
        squares = new double[steps];
    }

    /** Sets the moments at one scheduled step from the first {@code replicas} numbers. */
    void set(int step, double[] values, int replicas) {
        count = replicas;
        means[step] = mean(values, replicas);
        squares[step] = squares(values, replicas, means[step]);
    }

    /** Sets the moments of the replicas' time means. */
    void setTimeMeans(double[] values, int replicas) {
        timeMean = mean(values, replicas);
        timeSquares = squares(values, replicas, timeMean);
    }

    private static double mean(double[] values, int replicas) {
        double sum = 0;
        for (int l = 0; l < replicas; l++) {
            sum += values[l];
        }
        return sum / replicas;
    }

    private static double squares(double[] values, int replicas, double mean) {
        double sum = 0;
        for (int l = 0; l < replicas; l++) {
            double away = values[l] - mean;
            sum += away * away;
        }
        return sum;
    }

    /** Takes in the replicas of another, by the formula of Chan, Golub and LeVeque. */
    void merge(SeriesSums other) {
        int total = count + other.count;
        double share = (double) other.count / total;
        double weight = count * share;
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
        return new StatisticSeries(name, schedule, count, means, squares, timeMean, timeSquares);
    }
}
