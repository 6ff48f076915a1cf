package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.scalar.ScalarLanes;
import dev.lowland.core.kernel.scalar.ScalarReductions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a vector and a matrix, which are limited by reading the matrix: no copies, each entry is read once along
 * its row.
 *
 * <p>{@code combine} adds up rows of the matrix with the vector's entries as factors; {@code project} takes the inner
 * product of each row with the vector. Both use fused multiply-adds.
 */
public final class VectorLines {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLines() {}

    /**
     * out[outStart + j] (+)= Σ_k x[xStart + k·xStep] m[mStart + k·mRow + j] for j in [0, n), in increasing k from +0.
     */
    static void combine(
            boolean add,
            int n,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart) {
        int width = SPECIES.length();
        int j = 0;
        for (; j + 4 * width <= n; j += 4 * width) {
            if (add) {
                addFour(inner, x, xStart, xStep, m, mStart + j, mRow, out, outStart + j);
            } else {
                setFour(inner, x, xStart, xStep, m, mStart + j, mRow, out, outStart + j);
            }
        }
        for (; j + width <= n; j += width) {
            if (add) {
                addOne(inner, x, xStart, xStep, m, mStart + j, mRow, out, outStart + j);
            } else {
                setOne(inner, x, xStart, xStep, m, mStart + j, mRow, out, outStart + j);
            }
        }
        for (; j < n; j++) {
            double sum = ScalarLanes.laneSum(inner, x, xStart, xStep, m, mStart + j, mRow);
            out[outStart + j] = add ? out[outStart + j] + sum : sum;
        }
    }

    private static void setFour(
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart) {
        int width = SPECIES.length();
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = mStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = factor.fma(DoubleVector.fromArray(SPECIES, m, q), c0);
            c1 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + width), c1);
            c2 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + 2 * width), c2);
            c3 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + 3 * width), c3);
            p += xStep;
            q += mRow;
        }
        c0.intoArray(out, outStart);
        c1.intoArray(out, outStart + width);
        c2.intoArray(out, outStart + 2 * width);
        c3.intoArray(out, outStart + 3 * width);
    }

    private static void addFour(
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart) {
        int width = SPECIES.length();
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = mStart;
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, x[p]);
            c0 = factor.fma(DoubleVector.fromArray(SPECIES, m, q), c0);
            c1 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + width), c1);
            c2 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + 2 * width), c2);
            c3 = factor.fma(DoubleVector.fromArray(SPECIES, m, q + 3 * width), c3);
            p += xStep;
            q += mRow;
        }
        DoubleVector.fromArray(SPECIES, out, outStart).add(c0).intoArray(out, outStart);
        DoubleVector.fromArray(SPECIES, out, outStart + width).add(c1).intoArray(out, outStart + width);
        DoubleVector.fromArray(SPECIES, out, outStart + 2 * width).add(c2).intoArray(out, outStart + 2 * width);
        DoubleVector.fromArray(SPECIES, out, outStart + 3 * width).add(c3).intoArray(out, outStart + 3 * width);
    }

    private static void setOne(
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart) {
        DoubleVector c = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = mStart;
        for (int k = 0; k < inner; k++) {
            c = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, m, q), c);
            p += xStep;
            q += mRow;
        }
        c.intoArray(out, outStart);
    }

    private static void addOne(
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart) {
        DoubleVector c = DoubleVector.zero(SPECIES);
        int p = xStart;
        int q = mStart;
        for (int k = 0; k < inner; k++) {
            c = DoubleVector.broadcast(SPECIES, x[p]).fma(DoubleVector.fromArray(SPECIES, m, q), c);
            p += xStep;
            q += mRow;
        }
        DoubleVector.fromArray(SPECIES, out, outStart).add(c).intoArray(out, outStart);
    }

    /**
     * out[outStart + j·outStep] (+)= Σ_k x[xStart + k] m[mStart + j·mRow + k] for j in [0, n), in an order of partial
     * sums.
     */
    static void project(
            boolean add,
            int n,
            int inner,
            double[] x,
            int xStart,
            double[] m,
            int mStart,
            int mRow,
            double[] out,
            int outStart,
            int outStep) {
        for (int j = 0; j < n; j++) {
            double sum = inner(inner, x, xStart, m, mStart + j * mRow);
            int target = outStart + j * outStep;
            out[target] = add ? out[target] + sum : sum;
        }
    }

    private static double inner(int n, double[] x, int xStart, double[] y, int yStart) {
        int width = SPECIES.length();
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int k = 0;
        for (; k + 4 * width <= n; k += 4 * width) {
            int p = xStart + k;
            int q = yStart + k;
            c0 = DoubleVector.fromArray(SPECIES, x, p).fma(DoubleVector.fromArray(SPECIES, y, q), c0);
            c1 = DoubleVector.fromArray(SPECIES, x, p + width).fma(DoubleVector.fromArray(SPECIES, y, q + width), c1);
            c2 = DoubleVector.fromArray(SPECIES, x, p + 2 * width)
                    .fma(DoubleVector.fromArray(SPECIES, y, q + 2 * width), c2);
            c3 = DoubleVector.fromArray(SPECIES, x, p + 3 * width)
                    .fma(DoubleVector.fromArray(SPECIES, y, q + 3 * width), c3);
        }
        for (; k + width <= n; k += width) {
            c0 = DoubleVector.fromArray(SPECIES, x, xStart + k).fma(DoubleVector.fromArray(SPECIES, y, yStart + k), c0);
        }
        DoubleVector c = c0.add(c1).add(c2.add(c3));
        // The lanes one by one, as reduceLanes promises no order; and here, as a method that is not inlined would get c
        // in an object.
        double sum = width == 8
                ? ScalarReductions.combine(
                        c.lane(0), c.lane(1), c.lane(2), c.lane(3), c.lane(4), c.lane(5), c.lane(6), c.lane(7))
                : width == 4 ? (c.lane(0) + c.lane(2)) + (c.lane(1) + c.lane(3)) : c.lane(0) + c.lane(1);
        for (; k < n; k++) {
            sum += x[xStart + k] * y[yStart + k];
        }
        return sum;
    }
}
