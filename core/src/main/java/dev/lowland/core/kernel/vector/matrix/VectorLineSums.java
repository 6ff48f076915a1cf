package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.scalar.ScalarPartialSums;
import dev.lowland.core.kernel.scalar.ScalarReductions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Inner products of lines for {@link VectorLines}, in the partial sums of
 * {@link dev.lowland.core.kernel.contract.SumOrder}: the lanes of one vector of 8, or of two of 4. Other widths take
 * the plain loop.
 *
 * <p>The lanes are read one by one where the vector is, as reduceLanes promises no order, and a method that is not
 * inlined would get the vector in an object.
 */
public final class VectorLineSums {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final int WIDTH = SPECIES.length();

    private VectorLineSums() {}

    /** Σ_k x[xStart + k] y[yStart + k] over k in [0, n). */
    static double one(int n, double[] x, int xStart, double[] y, int yStart) {
        return switch (WIDTH) {
            case 8 -> oneOfEight(n, x, xStart, y, yStart);
            case 4 -> oneOfFour(n, x, xStart, y, yStart);
            default -> ScalarPartialSums.sum(n, x, xStart, y, yStart);
        };
    }

    private static double oneOfEight(int n, double[] x, int xStart, double[] y, int yStart) {
        DoubleVector c = DoubleVector.zero(SPECIES);
        int block = n & ~7;
        for (int k = 0; k < block; k += 8) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, xStart + k);
            c = factor.fma(DoubleVector.fromArray(SPECIES, y, yStart + k), c);
        }
        double sum = ScalarReductions.combine(
                c.lane(0), c.lane(1), c.lane(2), c.lane(3), c.lane(4), c.lane(5), c.lane(6), c.lane(7));
        return ScalarPartialSums.rest(sum, n - block, x, xStart + block, 1, y, yStart + block, 1);
    }

    private static double oneOfFour(int n, double[] x, int xStart, double[] y, int yStart) {
        DoubleVector c = DoubleVector.zero(SPECIES);
        DoubleVector d = DoubleVector.zero(SPECIES);
        int block = n & ~7;
        for (int k = 0; k < block; k += 8) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + k);
            c = left.fma(DoubleVector.fromArray(SPECIES, y, yStart + k), c);
            DoubleVector right = DoubleVector.fromArray(SPECIES, x, xStart + k + 4);
            d = right.fma(DoubleVector.fromArray(SPECIES, y, yStart + k + 4), d);
        }
        double sum = ScalarReductions.combine(
                c.lane(0), c.lane(1), c.lane(2), c.lane(3), d.lane(0), d.lane(1), d.lane(2), d.lane(3));
        return ScalarPartialSums.rest(sum, n - block, x, xStart + block, 1, y, yStart + block, 1);
    }

    /** Four sums with lines of y that follow one another, outStep apart in out. */
    static void fourOfEight(
            boolean add,
            int n,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            double[] out,
            int outStart,
            int outStep) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        int block = n & ~7;
        for (int k = 0; k < block; k += 8) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, x, xStart + k);
            int q = yStart + k;
            c0 = factor.fma(DoubleVector.fromArray(SPECIES, y, q), c0);
            c1 = factor.fma(DoubleVector.fromArray(SPECIES, y, q + n), c1);
            c2 = factor.fma(DoubleVector.fromArray(SPECIES, y, q + 2 * n), c2);
            c3 = factor.fma(DoubleVector.fromArray(SPECIES, y, q + 3 * n), c3);
        }
        double sum0 = ScalarReductions.combine(
                c0.lane(0), c0.lane(1), c0.lane(2), c0.lane(3), c0.lane(4), c0.lane(5), c0.lane(6), c0.lane(7));
        double sum1 = ScalarReductions.combine(
                c1.lane(0), c1.lane(1), c1.lane(2), c1.lane(3), c1.lane(4), c1.lane(5), c1.lane(6), c1.lane(7));
        double sum2 = ScalarReductions.combine(
                c2.lane(0), c2.lane(1), c2.lane(2), c2.lane(3), c2.lane(4), c2.lane(5), c2.lane(6), c2.lane(7));
        double sum3 = ScalarReductions.combine(
                c3.lane(0), c3.lane(1), c3.lane(2), c3.lane(3), c3.lane(4), c3.lane(5), c3.lane(6), c3.lane(7));
        store(add, n, block, sum0, sum1, sum2, sum3, x, xStart, y, yStart, out, outStart, outStep);
    }

    /** The same with vectors of 4. */
    static void fourOfFour(
            boolean add,
            int n,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            double[] out,
            int outStart,
            int outStep) {
        DoubleVector c0 = DoubleVector.zero(SPECIES);
        DoubleVector d0 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector d1 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector d2 = DoubleVector.zero(SPECIES);
        DoubleVector c3 = DoubleVector.zero(SPECIES);
        DoubleVector d3 = DoubleVector.zero(SPECIES);
        int block = n & ~7;
        for (int k = 0; k < block; k += 8) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + k);
            DoubleVector right = DoubleVector.fromArray(SPECIES, x, xStart + k + 4);
            int q = yStart + k;
            c0 = left.fma(DoubleVector.fromArray(SPECIES, y, q), c0);
            d0 = right.fma(DoubleVector.fromArray(SPECIES, y, q + 4), d0);
            c1 = left.fma(DoubleVector.fromArray(SPECIES, y, q + n), c1);
            d1 = right.fma(DoubleVector.fromArray(SPECIES, y, q + n + 4), d1);
            c2 = left.fma(DoubleVector.fromArray(SPECIES, y, q + 2 * n), c2);
            d2 = right.fma(DoubleVector.fromArray(SPECIES, y, q + 2 * n + 4), d2);
            c3 = left.fma(DoubleVector.fromArray(SPECIES, y, q + 3 * n), c3);
            d3 = right.fma(DoubleVector.fromArray(SPECIES, y, q + 3 * n + 4), d3);
        }
        double sum0 = ScalarReductions.combine(
                c0.lane(0), c0.lane(1), c0.lane(2), c0.lane(3), d0.lane(0), d0.lane(1), d0.lane(2), d0.lane(3));
        double sum1 = ScalarReductions.combine(
                c1.lane(0), c1.lane(1), c1.lane(2), c1.lane(3), d1.lane(0), d1.lane(1), d1.lane(2), d1.lane(3));
        double sum2 = ScalarReductions.combine(
                c2.lane(0), c2.lane(1), c2.lane(2), c2.lane(3), d2.lane(0), d2.lane(1), d2.lane(2), d2.lane(3));
        double sum3 = ScalarReductions.combine(
                c3.lane(0), c3.lane(1), c3.lane(2), c3.lane(3), d3.lane(0), d3.lane(1), d3.lane(2), d3.lane(3));
        store(add, n, block, sum0, sum1, sum2, sum3, x, xStart, y, yStart, out, outStart, outStep);
    }

    /** The terms that are left over, then the four results. */
    private static void store(
            boolean add,
            int n,
            int block,
            double sum0,
            double sum1,
            double sum2,
            double sum3,
            double[] x,
            int xStart,
            double[] y,
            int yStart,
            double[] out,
            int outStart,
            int outStep) {
        int rest = n - block;
        int p = xStart + block;
        int q = yStart + block;
        int t = outStart;
        double total0 = ScalarPartialSums.rest(sum0, rest, x, p, 1, y, q, 1);
        double total1 = ScalarPartialSums.rest(sum1, rest, x, p, 1, y, q + n, 1);
        double total2 = ScalarPartialSums.rest(sum2, rest, x, p, 1, y, q + 2 * n, 1);
        double total3 = ScalarPartialSums.rest(sum3, rest, x, p, 1, y, q + 3 * n, 1);
        out[t] = add ? out[t] + total0 : total0;
        out[t + outStep] = add ? out[t + outStep] + total1 : total1;
        out[t + 2 * outStep] = add ? out[t + 2 * outStep] + total2 : total2;
        out[t + 3 * outStep] = add ? out[t + 3 * outStep] + total3 : total3;
    }
}
