package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import java.util.Arrays;

/** What an ensemble found of a {@link ReplicaStatistic}. Immutable; all numbers are finite. */
public final class StatisticSeries {

    private final String name;
    private final StepSchedule schedule;
    private final int replicas;
    private final double[] means;
    private final double[] squares;
    private final double timeMean;
    private final double timeSquares;
    private final double[][] values;

    StatisticSeries(
            String name,
            StepSchedule schedule,
            int replicas,
            double[] means,
            double[] squares,
            double timeMean,
            double timeSquares,
            double[][] values) {
        this.name = name;
        this.schedule = schedule;
        this.replicas = replicas;
        this.means = means;
        this.squares = squares;
        this.timeMean = timeMean;
        this.timeSquares = timeSquares;
        this.values = values;
    }

    /**
     * The statistic's name.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * When it was measured.
     *
     * @return the schedule
     */
    public StepSchedule schedule() {
        return schedule;
    }

    /**
     * Number of replicas N.
     *
     * @return N
     */
    public int replicas() {
        return replicas;
    }

    /**
     * Mean over replicas at one step.
     *
     * @param i which step of the schedule
     * @return the mean
     * @throws IllegalArgumentException if there is no such step
     */
    public double mean(int i) {
        Checks.index("StatisticSeries.mean", "i", i, means.length);
        return means[i];
    }

    /**
     * Sample standard deviation over replicas at one step.
     *
     * @param i which step of the schedule
     * @return the standard deviation
     * @throws IllegalArgumentException if there is no such step
     * @throws IllegalStateException if there is only one replica
     */
    public double standardDeviation(int i) {
        Checks.index("StatisticSeries.standardDeviation", "i", i, squares.length);
        return deviation(squares[i]);
    }

    /**
     * Standard error of {@link #mean}.
     *
     * @param i which step of the schedule
     * @return the standard error
     * @throws IllegalArgumentException if there is no such step
     * @throws IllegalStateException if there is only one replica
     */
    public double standardError(int i) {
        Checks.index("StatisticSeries.standardError", "i", i, squares.length);
        return deviation(squares[i]) / Math.sqrt(replicas);
    }

    /**
     * Whether the numbers of the replicas were kept: {@link Ensemble#withValues}.
     *
     * @return true if they were
     */
    public boolean hasValues() {
        return values.length > 0;
    }

    /**
     * The number of every replica at one step.
     *
     * @param i which step of the schedule
     * @return a copy, replica r at r
     * @throws IllegalArgumentException if there is no such step
     * @throws IllegalStateException if the numbers were not kept
     */
    public double[] values(int i) {
        Checks.index("StatisticSeries.values", "i", i, means.length);
        if (values.length == 0) {
            throw Checks.outOfTurn("StatisticSeries.values", "the numbers of replicas", "not kept", "kept");
        }
        return values[i].clone();
    }

    /**
     * A quantile over replicas at one step: the smallest number that at least the share p of them do not exceed.
     *
     * @param i which step of the schedule
     * @param share p in [0, 1]; 0 gives the smallest number
     * @return one of the numbers
     * @throws IllegalArgumentException if there is no such step or share
     * @throws IllegalStateException if the numbers were not kept
     */
    public double quantile(int i, double share) {
        Checks.inRange("StatisticSeries.quantile", "share", share, 0, 1);
        double[] sorted = values(i);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /**
     * How many replicas are between edges at one step.
     *
     * @param i which step of the schedule
     * @param edges e_0 &lt; e_1 &lt; … of m ≥ 1 bins. Not modified.
     * @return m + 2 counts: those below e_0, those in [e_j, e_{j+1}) for each j, and those at the last edge or above
     * @throws IllegalArgumentException if there is no such step, or the edges do not grow
     * @throws IllegalStateException if the numbers were not kept
     */
    public int[] histogram(int i, double... edges) {
        Checks.notNull("StatisticSeries.histogram", "edges", edges);
        Checks.atLeast("StatisticSeries.histogram", "number of edges", edges.length, 2);
        for (int j = 1; j < edges.length; j++) {
            if (!(edges[j] > edges[j - 1])) {
                throw Checks.error(
                        "StatisticSeries.histogram", "edge " + j, Double.toString(edges[j]), "above " + edges[j - 1]);
            }
        }
        int[] counts = new int[edges.length + 1];
        for (double value : values(i)) {
            int at = Arrays.binarySearch(edges, value);
            counts[at >= 0 ? at + 1 : -at - 1]++;
        }
        return counts;
    }

    /**
     * Mean over replicas and scheduled steps.
     *
     * @return the mean
     */
    public double timeMean() {
        return timeMean;
    }

    /**
     * Standard error of {@link #timeMean}, from the spread between the replicas' own time means, which are independent.
     *
     * @return the standard error
     * @throws IllegalStateException if there is only one replica
     */
    public double timeMeanStandardError() {
        return deviation(timeSquares) / Math.sqrt(replicas);
    }

    private double deviation(double sumOfSquares) {
        if (replicas < 2) {
            throw Checks.outOfTurn("standard error of " + name, "number of replicas", "1", "at least 2");
        }
        return Math.sqrt(sumOfSquares / (replicas - 1));
    }
}
