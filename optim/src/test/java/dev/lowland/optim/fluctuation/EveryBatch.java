package dev.lowland.optim.fluctuation;

import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.objective.Data;
import java.util.ArrayList;
import java.util.List;

/**
 * The stationary covariance of f = x·w at zero targets by arithmetic of its own: the second moments of (w, w before,
 * the last ξ) are carried from step to step as the mean over every batch that a law may draw.
 */
final class EveryBatch {

    private final Data data;
    private final double rate;
    private final double momentum;
    private final double decay;
    private final double taken;
    private final int inputs;
    private final List<int[]> batches = new ArrayList<>();

    /** Label noise of σ = 1, or noise taken back of s = taken where that is not 0. */
    EveryBatch(Data data, BatchLaw law, double rate, double momentum, double decay, double taken) {
        this.data = data;
        this.rate = rate;
        this.momentum = momentum;
        this.decay = decay;
        this.taken = taken;
        this.inputs = data.inputSize();
        int samples = data.inputs().numRows;
        if (law.isFull()) {
            int[] all = new int[samples];
            for (int i = 0; i < samples; i++) {
                all[i] = i;
            }
            batches.add(all);
        } else {
            extend(new int[law.batchSize(samples)], 0, law.name().equals("with-replacement"));
        }
    }

    private void extend(int[] batch, int place, boolean mayRepeat) {
        if (place == batch.length) {
            batches.add(batch.clone());
            return;
        }
        for (int i = 0; i < data.inputs().numRows; i++) {
            boolean known = false;
            for (int j = 0; j < place; j++) {
                known |= batch[j] == i;
            }
            if (mayRepeat || !known) {
                batch[place] = i;
                extend(batch, place + 1, mayRepeat);
            }
        }
    }

    /** Of w, by rows. */
    double[] covariance() {
        int size = 3 * inputs;
        double[][] moments = new double[size][size];
        for (int k = 0; k < 4000; k++) {
            double[][] next = new double[size][size];
            for (int[] batch : batches) {
                add(batch, moments, next);
            }
            moments = next;
        }
        double[] result = new double[inputs * inputs];
        for (int a = 0; a < inputs; a++) {
            System.arraycopy(moments[a], 0, result, a * inputs, inputs);
        }
        return result;
    }

    private void add(int[] batch, double[][] moments, double[][] next) {
        int size = 3 * inputs;
        double[][] step = new double[size][size];
        double[][] noise = new double[size][size];
        for (int a = 0; a < inputs; a++) {
            step[a][a] = 1 + momentum - rate * decay;
            step[a][inputs + a] = -momentum;
            step[a][2 * inputs + a] = -taken;
            step[inputs + a][a] = 1;
            noise[a][a] = taken * taken;
            noise[a][2 * inputs + a] = taken;
            noise[2 * inputs + a][a] = taken;
            noise[2 * inputs + a][2 * inputs + a] = 1;
        }
        double labels = taken > 0 ? 0 : rate * rate / batch.length / batch.length;
        for (int sample : batch) {
            for (int a = 0; a < inputs; a++) {
                for (int b = 0; b < inputs; b++) {
                    double product = input(sample, a) * input(sample, b);
                    step[a][b] -= rate * product / batch.length;
                    noise[a][b] += labels * product;
                }
            }
        }
        double[][] moved = times(times(step, moments), transposed(step));
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                next[a][b] += (moved[a][b] + noise[a][b]) / batches.size();
            }
        }
    }

    private double input(int sample, int a) {
        return data.inputs().get(sample, a);
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] a) {
        double[][] result = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }
}
