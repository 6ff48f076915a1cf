package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import org.ejml.data.DMatrixRMaj;

/**
 * Euclidean norms that neither overflow nor underflow on the way, and that let a NaN through. The order of summation is
 * fixed, so results do not depend on the processor. Thread safe; nothing allocates. Cost: one pass, or three if the
 * squares leave the range of numbers.
 */
public final class Norms {
    private static final double SMALL = 1e-280;
    private static final double LARGE = 1e280;

    private Norms() {}

    /**
     * ‖v‖ = √Σ v_i², in the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}.
     *
     * @param v any shape; for a matrix it is the Frobenius norm. Not modified.
     * @return the norm; 0 without entries, NaN if an entry is NaN, infinite if one is infinite and none is NaN
     */
    public static double two(DMatrixRMaj v) {
        Checks.notNull("two-norm", "v", v);
        return two(v.data, 0, v.getNumElements());
    }

    /**
     * The same of an array.
     *
     * @param v any length. Not modified.
     * @return the norm
     */
    public static double two(double[] v) {
        Checks.notNull("two-norm", "v", v);
        return two(v, 0, v.length);
    }

    /**
     * The same of a part of an array.
     *
     * @param v at least offset + count numbers. Not modified.
     * @param offset first entry
     * @param count how many entries
     * @return the norm
     * @throws IllegalArgumentException if the part is not inside the array
     */
    public static double two(double[] v, int offset, int count) {
        Checks.notNull("two-norm", "v", v);
        Checks.span("two-norm", "v", v.length, offset, count, 1);
        double square = Kernels.active().dot(count, v, offset, v, offset);
        if (square > SMALL && square < LARGE) {
            return Math.sqrt(square);
        }
        return scaled(v, offset, count);
    }

    /**
     * ‖v‖ as largest·√Σ (v_i/largest)², in the order of the entries whatever their size: the same but for its last
     * digits, in three passes. For results that were published in this order.
     *
     * @param v any shape. Not modified.
     * @return the norm, as {@link #two(DMatrixRMaj)} says
     */
    public static double scaled(DMatrixRMaj v) {
        Checks.notNull("two-norm", "v", v);
        return scaled(v.data, 0, v.getNumElements());
    }

    /**
     * The same of an array.
     *
     * @param v any length. Not modified.
     * @return the norm
     */
    public static double scaled(double[] v) {
        Checks.notNull("scaled two-norm", "v", v);
        return scaled(v, 0, v.length);
    }

    private static double scaled(double[] v, int offset, int count) {
        double largest = 0;
        for (int i = offset; i < offset + count; i++) {
            largest = Math.max(largest, Math.abs(v[i]));
        }
        if (!(largest > 0 && largest <= Double.MAX_VALUE)) {
            return largest;
        }
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            double share = v[i] / largest;
            sum += share * share;
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * ‖a − b‖, summed in the order of the entries.
     *
     * @param a any shape. Not modified.
     * @param b of the same shape. Not modified.
     * @return the distance; NaN if an entry is NaN or both are infinite of one sign
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        Checks.notNull("distance", "a", a);
        Checks.shape("distance", "b", b, a.numRows, a.numCols);
        return distance(a.data, b.data, a.getNumElements());
    }

    /**
     * The same of arrays.
     *
     * @param a any length. Not modified.
     * @param b as many. Not modified.
     * @return the distance
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double distance(double[] a, double[] b) {
        Checks.notNull("distance", "a", a);
        Checks.notNull("distance", "b", b);
        Checks.length("distance", "b", b.length, a.length);
        return distance(a, b, a.length);
    }

    private static double distance(double[] a, double[] b, int count) {
        double square = 0;
        double largest = 0;
        for (int i = 0; i < count; i++) {
            double difference = a[i] - b[i];
            square += difference * difference;
            largest = Math.max(largest, Math.abs(difference));
        }
        if (square > SMALL && square < LARGE) {
            return Math.sqrt(square);
        }
        if (!(largest > 0 && largest <= Double.MAX_VALUE)) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double share = (a[i] - b[i]) / largest;
            sum += share * share;
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * The power of two next below the largest entry: the unit in which a matrix is neither large nor small. Dividing by
     * it loses no digit.
     *
     * @param v any shape, finite. Not modified.
     * @return positive and finite; 0 if all entries are 0
     */
    public static double unit(DMatrixRMaj v) {
        Checks.notNull("unit of a scale", "v", v);
        double largest = 0;
        for (int i = 0; i < v.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(v.data[i]));
        }
        return largest == 0 ? 0 : Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest)));
    }

    /**
     * Whether every entry is a finite number.
     *
     * @param v any shape. Not modified.
     * @return false if an entry is infinite or NaN
     */
    public static boolean isFinite(DMatrixRMaj v) {
        Checks.notNull("ask whether finite", "v", v);
        for (int i = 0; i < v.getNumElements(); i++) {
            if (!(Math.abs(v.data[i]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }
}
