package dev.lowland.core.kernel.vector.array;

import dev.lowland.core.kernel.scalar.ScalarReductions;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums in the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}: its eight partial sums are the lanes
 * of one vector of 8 or two of 4. Other widths go to the scalar twin.
 */
public final class VectorReductions {
    private static final VectorSpecies<Double> EIGHT = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    /** Below this a vector does not pay. */
    private static final int SHORT = 16;

    /** Lines longer than this are added one by one, as they come from memory. */
    private static final int WIDE = 8192;

    private VectorReductions() {}

    public static double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        if (n < SHORT || SPECIES.length() < 4) {
            return ScalarReductions.dot(n, x, xOffset, y, yOffset);
        }
        int block = n & ~7;
        double total = SPECIES.length() == 8
                ? dotEight(block, x, xOffset, y, yOffset)
                : dotFour(block, x, xOffset, y, yOffset);
        for (int i = block; i < n; i++) {
            total += x[xOffset + i] * y[yOffset + i];
        }
        return total;
    }

    private static double dotEight(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DoubleVector p = DoubleVector.zero(EIGHT);
        for (int i = 0; i < n; i += 8) {
            DoubleVector left = DoubleVector.fromArray(EIGHT, x, xOffset + i);
            p = p.add(left.mul(DoubleVector.fromArray(EIGHT, y, yOffset + i)));
        }
        return ScalarReductions.combine(
                p.lane(0), p.lane(1), p.lane(2), p.lane(3), p.lane(4), p.lane(5), p.lane(6), p.lane(7));
    }

    private static double dotFour(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DoubleVector p = DoubleVector.zero(FOUR);
        DoubleVector q = DoubleVector.zero(FOUR);
        for (int i = 0; i < n; i += 8) {
            DoubleVector left = DoubleVector.fromArray(FOUR, x, xOffset + i);
            p = p.add(left.mul(DoubleVector.fromArray(FOUR, y, yOffset + i)));
            DoubleVector right = DoubleVector.fromArray(FOUR, x, xOffset + i + 4);
            q = q.add(right.mul(DoubleVector.fromArray(FOUR, y, yOffset + i + 4)));
        }
        return ScalarReductions.combine(
                p.lane(0), p.lane(1), p.lane(2), p.lane(3), q.lane(0), q.lane(1), q.lane(2), q.lane(3));
    }

    public static double sum(int n, double[] x, int xOffset) {
        if (n < SHORT || SPECIES.length() < 4) {
            return ScalarReductions.sum(n, x, xOffset, 1);
        }
        int block = n & ~7;
        double total = SPECIES.length() == 8 ? sumEight(block, x, xOffset) : sumFour(block, x, xOffset);
        for (int i = block; i < n; i++) {
            total += x[xOffset + i];
        }
        return total;
    }

    private static double sumEight(int n, double[] x, int xOffset) {
        DoubleVector p = DoubleVector.zero(EIGHT);
        for (int i = 0; i < n; i += 8) {
            p = p.add(DoubleVector.fromArray(EIGHT, x, xOffset + i));
        }
        return ScalarReductions.combine(
                p.lane(0), p.lane(1), p.lane(2), p.lane(3), p.lane(4), p.lane(5), p.lane(6), p.lane(7));
    }

    private static double sumFour(int n, double[] x, int xOffset) {
        DoubleVector p = DoubleVector.zero(FOUR);
        DoubleVector q = DoubleVector.zero(FOUR);
        for (int i = 0; i < n; i += 8) {
            p = p.add(DoubleVector.fromArray(FOUR, x, xOffset + i));
            q = q.add(DoubleVector.fromArray(FOUR, x, xOffset + i + 4));
        }
        return ScalarReductions.combine(
                p.lane(0), p.lane(1), p.lane(2), p.lane(3), q.lane(0), q.lane(1), q.lane(2), q.lane(3));
    }

    public static void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                out[o] = sum(n, x, o * n);
            }
        } else if (inner < SPECIES.length() || inner > WIDE) {
            ScalarReductions.sumMiddle(outer, n, inner, x, out);
        } else {
            for (int o = 0; o < outer; o++) {
                sumColumns(n, inner, x, o * n * inner, out, o * inner);
            }
        }
    }

    /** Four vectors of columns at a time, while they last, in registers. */
    private static void sumColumns(int n, int inner, double[] x, int xStart, double[] out, int outStart) {
        int width = SPECIES.length();
        int i = 0;
        for (; i + 4 * width <= inner; i += 4 * width) {
            DoubleVector p0 = DoubleVector.zero(SPECIES);
            DoubleVector p1 = DoubleVector.zero(SPECIES);
            DoubleVector p2 = DoubleVector.zero(SPECIES);
            DoubleVector p3 = DoubleVector.zero(SPECIES);
            int s = xStart + i;
            for (int k = 0; k < n; k++) {
                p0 = p0.add(DoubleVector.fromArray(SPECIES, x, s));
                p1 = p1.add(DoubleVector.fromArray(SPECIES, x, s + width));
                p2 = p2.add(DoubleVector.fromArray(SPECIES, x, s + 2 * width));
                p3 = p3.add(DoubleVector.fromArray(SPECIES, x, s + 3 * width));
                s += inner;
            }
            p0.intoArray(out, outStart + i);
            p1.intoArray(out, outStart + i + width);
            p2.intoArray(out, outStart + i + 2 * width);
            p3.intoArray(out, outStart + i + 3 * width);
        }
        for (; i + width <= inner; i += width) {
            DoubleVector p = DoubleVector.zero(SPECIES);
            int s = xStart + i;
            for (int k = 0; k < n; k++) {
                p = p.add(DoubleVector.fromArray(SPECIES, x, s));
                s += inner;
            }
            p.intoArray(out, outStart + i);
        }
        for (; i < inner; i++) {
            double total = 0;
            for (int k = 0; k < n; k++) {
                total += x[xStart + k * inner + i];
            }
            out[outStart + i] = total;
        }
    }

    public static void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        int blockLanes = SPECIES.loopBound(lanes);
        for (int o = 0; o < outer; o++) {
            int source = o * n * lanes;
            for (int l = 0; l < blockLanes; l += SPECIES.length()) {
                sumVector(n, lanes, x, source + l, out, o * lanes + l);
            }
            for (int l = blockLanes; l < lanes; l++) {
                out[o * lanes + l] = ScalarReductions.sum(n, x, source + l, lanes);
            }
        }
    }

    /** One vector of lanes, terms {@code lanes} apart. */
    private static void sumVector(int n, int lanes, double[] x, int xStart, double[] out, int outStart) {
        DoubleVector p0 = DoubleVector.zero(SPECIES);
        DoubleVector p1 = DoubleVector.zero(SPECIES);
        DoubleVector p2 = DoubleVector.zero(SPECIES);
        DoubleVector p3 = DoubleVector.zero(SPECIES);
        DoubleVector p4 = DoubleVector.zero(SPECIES);
        DoubleVector p5 = DoubleVector.zero(SPECIES);
        DoubleVector p6 = DoubleVector.zero(SPECIES);
        DoubleVector p7 = DoubleVector.zero(SPECIES);
        int block = n & ~7;
        int s = xStart;
        for (int k = 0; k < block; k += 8) {
            p0 = p0.add(DoubleVector.fromArray(SPECIES, x, s));
            p1 = p1.add(DoubleVector.fromArray(SPECIES, x, s + lanes));
            p2 = p2.add(DoubleVector.fromArray(SPECIES, x, s + 2 * lanes));
            p3 = p3.add(DoubleVector.fromArray(SPECIES, x, s + 3 * lanes));
            p4 = p4.add(DoubleVector.fromArray(SPECIES, x, s + 4 * lanes));
            p5 = p5.add(DoubleVector.fromArray(SPECIES, x, s + 5 * lanes));
            p6 = p6.add(DoubleVector.fromArray(SPECIES, x, s + 6 * lanes));
            p7 = p7.add(DoubleVector.fromArray(SPECIES, x, s + 7 * lanes));
            s += 8 * lanes;
        }
        DoubleVector total = p0.add(p4).add(p2.add(p6)).add(p1.add(p5).add(p3.add(p7)));
        for (int k = block; k < n; k++) {
            total = total.add(DoubleVector.fromArray(SPECIES, x, s));
            s += lanes;
        }
        total.intoArray(out, outStart);
    }
}
