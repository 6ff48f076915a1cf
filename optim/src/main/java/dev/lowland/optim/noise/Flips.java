package dev.lowland.optim.noise;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How likely a label of one class becomes one of another. Classes are the columns of one-hot targets, or −1 and +1, in
 * this order, of targets of one number. Immutable, shared by threads.
 */
public final class Flips {

    private static final String OPERATION = "Flips";

    /** How far from 1 the sum of a row may be. */
    private static final double ROUNDING = 1e-12;

    private final double probability;
    private final double @Nullable [] cumulative;
    private final int classes;

    private Flips(double probability, double @Nullable [] cumulative, int classes) {
        this.probability = probability;
        this.cumulative = cumulative;
        this.classes = classes;
    }

    /**
     * To one of the other classes, each as likely.
     *
     * @param probability p of a flip, in [0, 1]
     * @return the flips
     * @throws IllegalArgumentException if p is out of range
     */
    public static Flips uniform(double probability) {
        Checks.inRange(OPERATION, "probability", probability, 0, 1);
        return new Flips(probability, null, 0);
    }

    /**
     * By a matrix.
     *
     * @param matrix T, K × K, K ≥ 2: a label of class a becomes one of class b with probability T_ab; no entry
     *     negative, every row of sum 1. Not modified.
     * @return the flips
     * @throws IllegalArgumentException if T is no such matrix
     */
    public static Flips transitions(DMatrixRMaj matrix) {
        Checks.square(OPERATION, "matrix", matrix);
        Checks.finite(OPERATION, "matrix", matrix);
        int classes = matrix.numRows;
        Checks.atLeast(OPERATION, "classes of matrix", classes, 2);
        double[] cumulative = new double[classes * classes];
        for (int a = 0; a < classes; a++) {
            double sum = 0;
            for (int b = 0; b < classes; b++) {
                double entry = matrix.get(a, b);
                if (entry < 0) {
                    throw Checks.error(
                            OPERATION, "matrix", entry + " at (" + a + ", " + b + ")", "of probabilities, ≥ 0");
                }
                sum += entry;
                cumulative[a * classes + b] = sum;
            }
            if (Math.abs(sum - 1) > ROUNDING) {
                throw Checks.error(OPERATION, "matrix", "of sum " + sum + " in row " + a, "of sum 1 in every row");
            }
            closeRow(cumulative, a, classes, matrix);
        }
        return new Flips(Double.NaN, cumulative, classes);
    }

    /** No uniform number is above the last class that has a probability. */
    private static void closeRow(double[] cumulative, int a, int classes, DMatrixRMaj matrix) {
        int last = classes - 1;
        while (last > 0 && matrix.get(a, last) == 0) {
            last--;
        }
        Arrays.fill(cumulative, a * classes + last, (a + 1) * classes, 1);
    }

    /**
     * Refuses targets that are no classes, or of another number of classes.
     *
     * @param data the samples. Not modified.
     * @throws IllegalArgumentException naming the row and the rule
     */
    public void check(Data data) {
        Checks.notNull(OPERATION, "data", data);
        int outputs = data.outputSize();
        int found = Math.max(2, outputs);
        if (cumulative != null && classes != found) {
            throw Checks.error(
                    OPERATION, "matrix", classes + "×" + classes, found + "×" + found + ", a row for each class");
        }
        double[] row = new double[outputs];
        for (int i = 0; i < data.size(); i++) {
            data.copyTargets(i, 1, row);
            if (!isClass(row)) {
                throw Checks.error(
                        OPERATION,
                        "target of sample " + i,
                        Arrays.toString(row),
                        outputs == 1 ? "-1 or 1" : "a row with one 1 and zeros");
            }
        }
    }

    private static boolean isClass(double[] row) {
        if (row.length == 1) {
            return Math.abs(row[0]) == 1;
        }
        int ones = 0;
        for (double entry : row) {
            ones += entry == 1 ? 1 : 0;
            if (entry != 0 && entry != 1) {
                return false;
            }
        }
        return ones == 1;
    }

    /**
     * Writes the target that one draw makes of a clean one. Allocates nothing.
     *
     * @param uniform a number in (0, 1)
     * @param targets row-major clean targets. Not modified.
     * @param offset where the sample's row starts
     * @param outputs length c of the row
     * @param out Modified: entry j of the noisy row goes to {@code outOffset + j·outStride}
     * @param outOffset where the noisy row starts
     * @param outStride distance between its entries
     */
    public void flip(
            double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        Checks.inOpenRange("flip", "uniform", uniform, 0, 1);
        Checks.atLeast("flip", "outputs", outputs, 1);
        Checks.span("flip", "targets", targets, offset, outputs, 1);
        Checks.span("flip", "out", out, outOffset, outputs, outStride);
        int from = classOf(targets, offset, outputs);
        int to = drawn(uniform, from, Math.max(2, outputs));
        if (outputs == 1) {
            out[outOffset] = to == 0 ? -1 : 1;
            return;
        }
        for (int j = 0; j < outputs; j++) {
            out[outOffset + j * outStride] = j == to ? 1 : 0;
        }
    }

    private static int classOf(double[] targets, int offset, int outputs) {
        if (outputs == 1) {
            return targets[offset] > 0 ? 1 : 0;
        }
        int found = 0;
        while (found < outputs - 1 && targets[offset + found] != 1) {
            found++;
        }
        return found;
    }

    private int drawn(double uniform, int from, int count) {
        if (cumulative == null) {
            if (!(uniform < probability)) {
                return from;
            }
            int other = Math.min(count - 2, (int) (uniform / probability * (count - 1)));
            return other < from ? other : other + 1;
        }
        int row = Math.min(from, classes - 1) * classes;
        int to = 0;
        while (to < classes - 1 && uniform >= cumulative[row + to]) {
            to++;
        }
        return to;
    }

    @Override
    public String toString() {
        return cumulative == null ? "Flips(" + probability + ")" : "Flips(" + classes + " classes)";
    }
}
