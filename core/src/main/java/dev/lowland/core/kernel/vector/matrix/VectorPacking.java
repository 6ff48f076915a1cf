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
     * out[k·2w + v·w + j] = b[bStart + k·bStep + v·bNext + j] for v in {0, 1} and j in [0, w), w the lanes of a vector:
     * two vectors of columns.
     */
    static void panel(int depth, double[] b, int bStart, int bStep, int bNext, double[] out) {
        int source = bStart;
        int target = 0;
        for (int k = 0; k < depth; k++) {
            DoubleVector.fromArray(SPECIES, b, source).intoArray(out, target);
            DoubleVector.fromArray(SPECIES, b, source + bNext).intoArray(out, target + SPECIES.length());
            source += bStep;
            target += PANEL;
        }
    }

    /**
     * out[k·2w + v·w + j] = b[bStart + (v·bNext + j)·bColumn + k]: the same where columns of B lie in memory as rows.
     */
    static void transposedPanel(int depth, double[] b, int bStart, int bColumn, int bNext, double[] out) {
        transpose(depth, b, bStart, bColumn, out, 0);
        if (bNext > 0) {
            transpose(depth, b, bStart + bNext * bColumn, bColumn, out, SPECIES.length());
        }
    }

    /** out[outStart + k·2w + j] = b[bStart + j·bColumn + k] for j in [0, w). */
    private static void transpose(int depth, double[] b, int bStart, int bColumn, double[] out, int outStart) {
        if (SPECIES.length() == 8 && depth >= 8) {
            VectorTranspose.strip(depth, b, bStart, bColumn, out, outStart, PANEL);
            return;
        }
        for (int j = 0; j < SPECIES.length(); j++) {
            int source = bStart + j * bColumn;
            for (int k = 0; k < depth; k++) {
                out[outStart + k * PANEL + j] = b[source + k];
            }
        }
    }

    /**
     * out[outStart + (t·depth + k)·tile + r] = a[aStart + t·tile + r + k·aStep] for t·tile + r in [0, height): rows of
     * a transposed matrix. What the last tile lacks is left alone.
     */
    static void tiles(int tile, int height, int depth, double[] a, int aStart, int aStep, double[] out, int outStart) {
        for (int row = 0; row < height; row += tile) {
            int count = Math.min(tile, height - row);
            int source = aStart + row;
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
