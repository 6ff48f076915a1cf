package dev.lowland.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies blocks of matrices to scratch memory in the order in which the tiles of {@link VectorMatrix} read them. */
final class VectorPacking {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorPacking() {}

    /** out[k·panel + j] = b[start + k·bRow + j] for j &lt; width, else 0; panel is two vectors. */
    static void panel(int panel, int width, int depth, double[] b, int start, int bRow, double[] out, int outStart) {
        int half = SPECIES.length();
        int source = start;
        int target = outStart;
        for (int k = 0; k < depth; k++) {
            if (width == panel) {
                DoubleVector.fromArray(SPECIES, b, source).intoArray(out, target);
                DoubleVector.fromArray(SPECIES, b, source + half).intoArray(out, target + half);
            } else {
                System.arraycopy(b, source, out, target, width);
                Arrays.fill(out, target + width, target + panel, 0);
            }
            source += bRow;
            target += panel;
        }
    }

    /** out[k·panel + j] = b[start + j·bColumn + k] for j &lt; width, else 0. */
    static void transposedPanel(
            int panel, int width, int depth, double[] b, int start, int bColumn, double[] out, int outStart) {
        for (int j = 0; j < width; j++) {
            int source = start + j * bColumn;
            int target = outStart + j;
            for (int k = 0; k < depth; k++) {
                out[target] = b[source + k];
                target += panel;
            }
        }
        for (int j = width; j < panel; j++) {
            int target = outStart + j;
            for (int k = 0; k < depth; k++) {
                out[target] = 0;
                target += panel;
            }
        }
    }

    /** out[(t·depth + k)·tile + r] = a[start + (t·tile + r)·aRow + k·aStep]; rows that the last tile lacks are left alone. */
    static void rows(
            int tile, int height, int depth, double[] a, int start, int aRow, int aStep, double[] out, int outStart) {
        for (int row = 0; row < height; row += tile) {
            int count = Math.min(tile, height - row);
            int from = start + row * aRow;
            int to = outStart + row * depth;
            if (aRow == 1) {
                for (int k = 0; k < depth; k++) {
                    for (int r = 0; r < count; r++) {
                        out[to + k * tile + r] = a[from + k * aStep + r];
                    }
                }
            } else {
                for (int r = 0; r < count; r++) {
                    for (int k = 0; k < depth; k++) {
                        out[to + k * tile + r] = a[from + r * aRow + k * aStep];
                    }
                }
            }
        }
    }
}
