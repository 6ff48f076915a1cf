package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.contract.SumOrder;
import dev.lowland.core.kernel.scalar.ScalarLanes;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a vector and a matrix, which are limited by reading the matrix: no copies, each entry is read once along
 * its row.
 *
 * <p>{@code combine} adds up rows of the matrix with the vector's entries as factors; {@code project} takes the inner
 * product of each row with the vector.
 */
public final class VectorLines {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorLines() {}

    /** out[outStart + j] (+)= Σ_k x[xStart + k·xStep] m[mStart + k·n + j] for j in [0, n), in blocks of k. */
    static void combine(
            boolean add,
            int n,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] m,
            int mStart,
            double[] out,
            int outStart) {
        int depth;
        for (int k = 0; k < inner; k += depth) {
            depth = SumOrder.depth(inner - k);
            combineBlock(add || k > 0, n, depth, x, xStart + k * xStep, xStep, m, mStart + k * n, n, out, outStart);
        }
    }

    private static void combineBlock(
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
     * out[outStart + j·outStep] (+)= Σ_k x[xStart + k] m[mStart + j·inner + k] for j in [0, n), in partial sums: the
     * lanes of one vector of 8 or two of 4. Four lines at a time hide how long an addition takes.
     */
    static void project(
            boolean add,
            int n,
            int inner,
            double[] x,
            int xStart,
            double[] m,
            int mStart,
            double[] out,
            int outStart,
            int outStep) {
        int j = 0;
        if (SPECIES.length() == 8) {
            for (; j + 4 <= n; j += 4) {
                VectorLineSums.fourOfEight(
                        add, inner, x, xStart, m, mStart + j * inner, out, outStart + j * outStep, outStep);
            }
        } else if (SPECIES.length() == 4) {
            for (; j + 4 <= n; j += 4) {
                VectorLineSums.fourOfFour(
                        add, inner, x, xStart, m, mStart + j * inner, out, outStart + j * outStep, outStep);
            }
        }
        for (; j < n; j++) {
            double sum = VectorLineSums.one(inner, x, xStart, m, mStart + j * inner);
            int target = outStart + j * outStep;
            out[target] = add ? out[target] + sum : sum;
        }
    }
}
