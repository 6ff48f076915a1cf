package dev.lowland.optim.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The noisy targets that flips make of one, and how likely each is.
 *
 * @param targets one after the other, row-major
 * @param weights one for each, of sum 1; the last is that of what does not flip
 */
record FlipLaw(double[] targets, double[] weights) {

    /** Places below p, for each output, between which the noisy target is looked for changes. */
    private static final int PLACES = 64;

    /** Reads the law off {@link Loss#flipTarget}, which is taken to change once between two places or not at all. */
    static FlipLaw of(Loss loss, double[] target) {
        double p = loss.flipProbability();
        int places = PLACES * target.length;
        List<double[]> rows = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double from = 0;
        double[] here = flipped(loss, 0.5 * p / places, target);
        for (int k = 1; k < places; k++) {
            double[] next = flipped(loss, p * (k + 0.5) / places, target);
            if (!Arrays.equals(here, next)) {
                double change = change(loss, p * (k - 0.5) / places, p * (k + 0.5) / places, target);
                rows.add(here);
                weights.add(change - from);
                from = change;
                here = next;
            }
        }
        rows.add(here);
        weights.add(p - from);
        rows.add(flipped(loss, 0.5 * (1 + p), target));
        weights.add(1 - p);
        double[] all = new double[rows.size() * target.length];
        for (int k = 0; k < rows.size(); k++) {
            System.arraycopy(rows.get(k), 0, all, k * target.length, target.length);
        }
        return new FlipLaw(
                all, weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Where between two places the noisy target changes. */
    private static double change(Loss loss, double before, double behind, double[] target) {
        double low = before;
        double high = behind;
        double[] first = flipped(loss, low, target);
        for (double middle = 0.5 * (low + high); low < middle && middle < high; middle = 0.5 * (low + high)) {
            if (Arrays.equals(first, flipped(loss, middle, target))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double[] flipped(Loss loss, double uniform, double[] target) {
        double[] out = new double[target.length];
        loss.flipTarget(uniform, target, 0, target.length, out, 0, 1);
        return out;
    }
}
