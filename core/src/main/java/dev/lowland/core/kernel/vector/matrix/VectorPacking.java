package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies blocks of matrices to scratch memory in the order in which the tiles of {@link VectorMatrix} read them. */
public final class VectorPacking {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final int PANEL = 2 * SPECIES.length();

    private VectorPacking() {}

    /**
     * out[k·2w + v·w + j] = b[start + k·bRow + v·next + j] for v in {0, 1} and j in [0, w), w the lanes of a vector:
     * two vectors of columns.
     */
    static void panel(int next, int depth, double[] b, int start, int bRow, double[] out) {
        int source = start;
        int target = 0;
        for (int k = 0; k < depth; k++) {
            DoubleVector.fromArray(SPECIES, b, source).intoArray(out, target);
            DoubleVector.fromArray(SPECIES, b, source + next).intoArray(out, target + SPECIES.length());
            source += bRow;
            target += PANEL;
        }
    }

    /** out[k·2w + v·w + j] = b[start + (v·next + j)·bColumn + k]: the same where columns of B lie in memory as rows. */
    static void transposedPanel(int next, int depth, double[] b, int start, int bColumn, double[] out) {
        transpose(depth, b, start, bColumn, out, 0);
        if (next > 0) {
            transpose(depth, b, start + next * bColumn, bColumn, out, SPECIES.length());
        }
    }

    /** out[outStart + k·2w + j] = b[start + j·bColumn + k] for j in [0, w). */
    private static void transpose(int depth, double[] b, int start, int bColumn, double[] out, int outStart) {
        if (SPECIES.length() == 8 && depth >= 8) {
            VectorTranspose.strip(depth, b, start, bColumn, out, outStart, PANEL);
            return;
        }
        for (int j = 0; j < SPECIES.length(); j++) {
            int source = start + j * bColumn;
            for (int k = 0; k < depth; k++) {
                out[outStart + k * PANEL + j] = b[source + k];
            }
        }
    }

    /**
     * out[outStart + (t·depth + k)·tile + r] = a[start + t·tile + r + k·aStep] for t·tile + r in [0, height): rows of a
     * transposed matrix. What the last tile lacks is left alone.
     */
    static void tiles(int tile, int height, int depth, double[] a, int start, int aStep, double[] out, int outStart) {
        for (int row = 0; row < height; row += tile) {
            int count = Math.min(tile, height - row);
            int source = start + row;
            int target = outStart + row * depth;
            for (int k = 0; k < depth; k++) {
                if (count == SPECIES.length()) {
                    DoubleVector.fromArray(SPECIES, a, source).intoArray(out, target);
                } else {
                    for (int r = 0; r < count; r++) {
                        out[target + r] = a[source + r];
                    }
                }
                source += aStep;
                target += tile;
            }
        }
    }
}
