package dev.lowland.core.kernel.vector.array;

import dev.lowland.core.kernel.scalar.ScalarRepeats;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link dev.lowland.core.kernel.contract.RepeatKernels} with vectors along the inner axis. Short lines are taken
 * column by column, so that a vector of r stays in its register and no loop is short; long ones line by line.
 */
public final class VectorRepeats {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    /** Up to this length lines are short. */
    private static final int SHORT = 8 * SPECIES.length();

    private VectorRepeats() {}

    public static void addRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            ScalarRepeats.addRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            return;
        }
        for (int o = 0; o < outer; o++) {
            int p = xOffset + o * n * inner;
            int q = rOffset + o * inner;
            int t = outOffset + o * n * inner;
            if (n > 1 && inner <= SHORT) {
                addColumns(n, inner, x, p, r, q, out, t);
            } else {
                for (int k = 0; k < n; k++) {
                    addLine(inner, x, p + k * inner, r, q, out, t + k * inner);
                }
            }
        }
    }

    private static void addLine(
            int length, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(length);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            left.add(right).intoArray(out, outStart + i);
        }
        for (int i = block; i < length; i++) {
            out[outStart + i] = x[xStart + i] + r[rStart + i];
        }
    }

    private static void addColumns(
            int n, int inner, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(inner);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            int p = xStart + i;
            int t = outStart + i;
            for (int k = 0; k < n; k++) {
                DoubleVector left = DoubleVector.fromArray(SPECIES, x, p);
                left.add(right).intoArray(out, t);
                p += inner;
                t += inner;
            }
        }
        for (int i = block; i < inner; i++) {
            double right = r[rStart + i];
            for (int k = 0; k < n; k++) {
                int at = k * inner + i;
                out[outStart + at] = x[xStart + at] + right;
            }
        }
    }

    public static void multiplyRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            ScalarRepeats.multiplyRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            return;
        }
        for (int o = 0; o < outer; o++) {
            int p = xOffset + o * n * inner;
            int q = rOffset + o * inner;
            int t = outOffset + o * n * inner;
            if (n > 1 && inner <= SHORT) {
                multiplyColumns(n, inner, x, p, r, q, out, t);
            } else {
                for (int k = 0; k < n; k++) {
                    multiplyLine(inner, x, p + k * inner, r, q, out, t + k * inner);
                }
            }
        }
    }

    private static void multiplyLine(
            int length, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(length);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            left.mul(right).intoArray(out, outStart + i);
        }
        for (int i = block; i < length; i++) {
            out[outStart + i] = x[xStart + i] * r[rStart + i];
        }
    }

    private static void multiplyColumns(
            int n, int inner, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(inner);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            int p = xStart + i;
            int t = outStart + i;
            for (int k = 0; k < n; k++) {
                DoubleVector left = DoubleVector.fromArray(SPECIES, x, p);
                left.mul(right).intoArray(out, t);
                p += inner;
                t += inner;
            }
        }
        for (int i = block; i < inner; i++) {
            double right = r[rStart + i];
            for (int k = 0; k < n; k++) {
                int at = k * inner + i;
                out[outStart + at] = x[xStart + at] * right;
            }
        }
    }

    public static void subtractRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            ScalarRepeats.subtractRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            return;
        }
        for (int o = 0; o < outer; o++) {
            int p = xOffset + o * n * inner;
            int q = rOffset + o * inner;
            int t = outOffset + o * n * inner;
            if (n > 1 && inner <= SHORT) {
                subtractColumns(n, inner, x, p, r, q, out, t);
            } else {
                for (int k = 0; k < n; k++) {
                    subtractLine(inner, x, p + k * inner, r, q, out, t + k * inner);
                }
            }
        }
    }

    private static void subtractLine(
            int length, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(length);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            left.sub(right).intoArray(out, outStart + i);
        }
        for (int i = block; i < length; i++) {
            out[outStart + i] = x[xStart + i] - r[rStart + i];
        }
    }

    private static void subtractColumns(
            int n, int inner, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(inner);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            int p = xStart + i;
            int t = outStart + i;
            for (int k = 0; k < n; k++) {
                DoubleVector left = DoubleVector.fromArray(SPECIES, x, p);
                left.sub(right).intoArray(out, t);
                p += inner;
                t += inner;
            }
        }
        for (int i = block; i < inner; i++) {
            double right = r[rStart + i];
            for (int k = 0; k < n; k++) {
                int at = k * inner + i;
                out[outStart + at] = x[xStart + at] - right;
            }
        }
    }

    public static void subtractFromRepeated(
            int outer,
            int n,
            int inner,
            double[] x,
            int xOffset,
            double[] r,
            int rOffset,
            double[] out,
            int outOffset) {
        if (inner == 1) {
            ScalarRepeats.subtractFromRepeated(outer, n, inner, x, xOffset, r, rOffset, out, outOffset);
            return;
        }
        for (int o = 0; o < outer; o++) {
            int p = xOffset + o * n * inner;
            int q = rOffset + o * inner;
            int t = outOffset + o * n * inner;
            if (n > 1 && inner <= SHORT) {
                subtractFromColumns(n, inner, x, p, r, q, out, t);
            } else {
                for (int k = 0; k < n; k++) {
                    subtractFromLine(inner, x, p + k * inner, r, q, out, t + k * inner);
                }
            }
        }
    }

    private static void subtractFromLine(
            int length, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(length);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xStart + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            right.sub(left).intoArray(out, outStart + i);
        }
        for (int i = block; i < length; i++) {
            out[outStart + i] = r[rStart + i] - x[xStart + i];
        }
    }

    private static void subtractFromColumns(
            int n, int inner, double[] x, int xStart, double[] r, int rStart, double[] out, int outStart) {
        int block = SPECIES.loopBound(inner);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, r, rStart + i);
            int p = xStart + i;
            int t = outStart + i;
            for (int k = 0; k < n; k++) {
                DoubleVector left = DoubleVector.fromArray(SPECIES, x, p);
                right.sub(left).intoArray(out, t);
                p += inner;
                t += inner;
            }
        }
        for (int i = block; i < inner; i++) {
            double right = r[rStart + i];
            for (int k = 0; k < n; k++) {
                int at = k * inner + i;
                out[outStart + at] = right - x[xStart + at];
            }
        }
    }
}
