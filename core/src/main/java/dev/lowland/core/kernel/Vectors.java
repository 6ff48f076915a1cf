package dev.lowland.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The width of the vectors in use, in a class of its own so that the compiler sees a constant. */
final class Vectors {
    /** The widest of the machine, but at most 8 numbers: the reductions have eight partial sums. */
    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private Vectors() {}
}
