package dev.lowland.cli.experiment;

import dev.lowland.cli.train.Measure;
import dev.lowland.cli.train.TrainingRow;
import java.util.List;

/**
 * The runs of one setting from all seeds.
 *
 * @param setting what they have in common
 * @param runs the rows of each, at the same steps; those of runs that diverged are left out
 * @param diverged how many did
 */
public record EscapeCurve(EscapeSetting setting, List<List<TrainingRow>> runs, int diverged) {

    /**
     * The steps at which there are rows.
     *
     * @return ascending; empty if all runs diverged
     */
    public double[] steps() {
        return runs.isEmpty()
                ? new double[0]
                : runs.get(0).stream().mapToDouble(row -> (double) row.step()).toArray();
    }

    /**
     * The mean of a measure over seeds.
     *
     * @param measure which
     * @return a number for each of the steps; NaN where it was not measured
     */
    public double[] mean(Measure measure) {
        double[] mean = new double[steps().length];
        for (int i = 0; i < mean.length; i++) {
            for (List<TrainingRow> run : runs) {
                mean[i] += at(run, i, measure) / runs.size();
            }
        }
        return mean;
    }

    /**
     * The standard error of that mean, from the scatter over seeds.
     *
     * @param measure which
     * @return a number for each of the steps; NaN for a single run
     */
    public double[] standardError(Measure measure) {
        double[] mean = mean(measure);
        double[] error = new double[mean.length];
        int count = runs.size();
        for (int i = 0; i < mean.length; i++) {
            for (List<TrainingRow> run : runs) {
                double off = at(run, i, measure) - mean[i];
                error[i] += off * off;
            }
            error[i] = Math.sqrt(error[i] / ((double) count * (count - 1)));
        }
        return error;
    }

    private static double at(List<TrainingRow> run, int row, Measure measure) {
        return run.get(row).get(measure).orElse(Double.NaN);
    }
}
