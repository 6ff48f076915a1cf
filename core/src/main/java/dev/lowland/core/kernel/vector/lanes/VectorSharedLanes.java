package dev.lowland.core.kernel.vector.lanes;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.VectorSpecies;

/** The laned products of {@link VectorLanes} where all lanes share x, in the tiles of {@link VectorSharedTiles}. */
public final class VectorSharedLanes {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorSharedLanes() {}

    /** All lines of x against all lines of y, as in {@link VectorLanes}. */
    static void product(
            int xLines,
            int yLines,
            int inner,
            int blockLanes,
            double[] x,
            int xStart,
            int xLine,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cLineX,
            int cLineY) {
        int j = 0;
        for (; j + 4 <= yLines; j += 4) {
            int q = yStart + j * yLine;
            int t = cStart + j * cLineY;
            int i = 0;
            for (; Vectors.HIGH && i + 4 <= xLines; i += 4) {
                VectorSharedTiles.fourByFour(
                        inner,
                        blockLanes,
                        x,
                        xStart + i * xLine,
                        xLine,
                        xStep,
                        y,
                        q,
                        yLine,
                        yStep,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            for (; i + 2 <= xLines; i += 2) {
                VectorSharedTiles.twoByFour(
                        inner,
                        blockLanes,
                        x,
                        xStart + i * xLine,
                        xLine,
                        xStep,
                        y,
                        q,
                        yLine,
                        yStep,
                        c,
                        t + i * cLineX,
                        cLineX,
                        cLineY);
            }
            if (i < xLines) {
                VectorSharedTiles.oneByFour(
                        inner, blockLanes, x, xStart + i * xLine, xStep, y, q, yLine, yStep, c, t + i * cLineX, cLineY);
            }
        }
        boolean pairs = blockLanes % (2 * SPECIES.length()) == 0;
        for (; j < yLines; j++) {
            int q = yStart + j * yLine;
            int t = cStart + j * cLineY;
            int i = 0;
            for (; pairs && i + 3 <= xLines; i += 3) {
                VectorSharedTiles.threeByOne(
                        inner, blockLanes, x, xStart + i * xLine, xLine, xStep, y, q, yStep, c, t + i * cLineX, cLineX);
            }
            for (; i < xLines; i++) {
                VectorSharedTiles.one(inner, blockLanes, x, xStart + i * xLine, xStep, y, q, yStep, c, t + i * cLineX);
            }
        }
    }
}
