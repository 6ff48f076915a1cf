package dev.lowland.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies what the taps of a window see to scratch memory, in the order in which a {@link VectorConvolutionTile} reads a panel.
 *
 * <p>Along a row of positions neighbours in the result are neighbours in the image, so that whole vectors are copied; what lies outside the image is
 * zero.
 */
final class VectorUnfolding {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorUnfolding() {}

    /**
     * out[outStart + t·pitch + j] = x(plane, r, c), 0 outside the plane, for t = (plane·tapRows + ty)·tapColumns + tx and the position from + j in a
     * grid of rows of {@code gridWidth}: r = gy·stride + turn·ty + top, c = gx·stride + turn·tx + left.
     *
     * <p>May write over whatever is between the end of a row of {@code out} and the beginning of the next.
     *
     * @param planes how many, from {@code xStart}, each height × width
     * @param turn 1 where a later tap sees a later pixel, −1 where an earlier one
     * @param count positions, at most {@code pitch}
     */
    static void unfold(
            int planes,
            int height,
            int width,
            int tapRows,
            int tapColumns,
            int turn,
            int top,
            int left,
            int stride,
            int gridWidth,
            int from,
            int count,
            double[] x,
            int xStart,
            double[] out,
            int outStart,
            int pitch) {
        int taps = tapRows * tapColumns;
        for (int tap = 0; tap < taps; tap++) {
            int row = turn * (tap / tapColumns) + top;
            int column = turn * (tap % tapColumns) + left;
            int gy = from / gridWidth;
            int gx = from % gridWidth;
            int done = 0;
            while (done < count) {
                int n = Math.min(count - done, gridWidth - gx);
                int r = gy * stride + row;
                int c = gx * stride + column;
                int target = outStart + tap * pitch + done;
                if (r < 0 || r >= height) {
                    zeros(planes, n, out, target, taps * pitch);
                } else {
                    int source = xStart + r * width + c;
                    int before = Math.min(n, c >= 0 ? 0 : (stride - 1 - c) / stride);
                    int end = Math.max(before, Math.min(n, c >= width ? 0 : (width - 1 - c) / stride + 1));
                    if (stride == 1) {
                        int whole = whole(n);
                        boolean inside = source >= 0 && source + (planes - 1) * height * width + whole <= x.length;
                        if (inside && done + whole <= pitch) {
                            copy(planes, whole, x, source, height * width, out, target, taps * pitch);
                        } else {
                            gather(planes, before, end, 1, x, source, height * width, out, target, taps * pitch);
                        }
                    } else {
                        gather(planes, before, end, stride, x, source, height * width, out, target, taps * pitch);
                    }
                    if (before > 0) {
                        zeros(planes, before, out, target, taps * pitch);
                    }
                    if (end < n) {
                        zeros(planes, n - end, out, target + end, taps * pitch);
                    }
                }
                done += n;
                gy++;
                gx = 0;
            }
        }
    }

    /** The next multiple of the lanes of a vector. */
    private static int whole(int n) {
        return (n + SPECIES.length() - 1) & -SPECIES.length();
    }

    private static void zeros(int planes, int n, double[] out, int outStart, int outStep) {
        int target = outStart;
        for (int plane = 0; plane < planes; plane++) {
            if (n == 1) {
                out[target] = 0;
            } else {
                Arrays.fill(out, target, target + n, 0);
            }
            target += outStep;
        }
    }

    /** Whole vectors of each plane. */
    private static void copy(
            int planes, int n, double[] x, int xStart, int xStep, double[] out, int outStart, int outStep) {
        int lanes = SPECIES.length();
        int source = xStart;
        int target = outStart;
        if (n == 2 * lanes) {
            for (int plane = 0; plane < planes; plane++) {
                DoubleVector.fromArray(SPECIES, x, source).intoArray(out, target);
                DoubleVector.fromArray(SPECIES, x, source + lanes).intoArray(out, target + lanes);
                source += xStep;
                target += outStep;
            }
            return;
        }
        for (int plane = 0; plane < planes; plane++) {
            for (int i = 0; i < n; i += lanes) {
                DoubleVector.fromArray(SPECIES, x, source + i).intoArray(out, target + i);
            }
            source += xStep;
            target += outStep;
        }
    }

    private static void gather(
            int planes,
            int from,
            int to,
            int stride,
            double[] x,
            int xStart,
            int xStep,
            double[] out,
            int outStart,
            int outStep) {
        int source = xStart;
        int target = outStart;
        for (int plane = 0; plane < planes; plane++) {
            for (int i = from; i < to; i++) {
                out[target + i] = x[source + i * stride];
            }
            source += xStep;
            target += outStep;
        }
    }

    /** out[outStart + k·panel + j] = y[start + j·yRow + k] for k &lt; depth and j &lt; width; 0 for the other j &lt; panel. */
    static void transpose(
            int panel, int width, int depth, double[] y, int start, int yRow, double[] out, int outStart) {
        for (int j = 0; j < panel; j++) {
            int source = start + j * yRow;
            int target = outStart + j;
            if (j < width) {
                for (int k = 0; k < depth; k++) {
                    out[target] = y[source + k];
                    target += panel;
                }
            } else {
                for (int k = 0; k < depth; k++) {
                    out[target] = 0;
                    target += panel;
                }
            }
        }
    }
}
