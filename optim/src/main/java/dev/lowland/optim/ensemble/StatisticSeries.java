package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;

/** What an ensemble found of a {@link ReplicaStatistic}. Immutable; all numbers are finite. */
public final class StatisticSeries {

    private final String name;
    private final StepSchedule schedule;
    private final int replicas;
    private final double[] means;
    private final double[] squares;
    private final double timeMean;
    private final double timeSquares;

    StatisticSeries(
            String name,
            StepSchedule schedule,
            int replicas,
            double[] means,
            double[] squares,
            double timeMean,
            double timeSquares) {
        this.name = name;
        this.schedule = schedule;
        this.replicas = replicas;
        this.means = means;
        this.squares = squares;
        this.timeMean = timeMean;
        this.timeSquares = timeSquares;
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
