package dev.lowland.core.kernel.vector.array;

import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link dev.lowland.core.kernel.contract.UpdateKernels#axpy} on vectors: where arrays begin at offsets, the compiler
 * does not vectorise a plain loop well.
 */
public final class VectorUpdates {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    private VectorUpdates() {}

    public static void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        int block = SPECIES.loopBound(n);
        DoubleVector factor = DoubleVector.broadcast(SPECIES, alpha);
        for (int i = 0; i < block; i += SPECIES.length()) {
            DoubleVector term = DoubleVector.fromArray(SPECIES, x, xOffset + i).mul(factor);
            DoubleVector.fromArray(SPECIES, y, yOffset + i).add(term).intoArray(y, yOffset + i);
        }
        for (int i = block; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }
}
