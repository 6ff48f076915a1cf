package dev.lowland.core.kernel.vector.machine;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The width of the vectors in use, in a class of its own so that the compiler sees a constant. */
public final class Vectors {
    /** The widest of the machine, but at most 8 numbers: the reductions have eight partial sums. */
    public static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    /** Vectors of 512 bits come with 32 registers, where a tile of 4×4 fits; narrower ones may have 16. */
    public static final boolean HIGH = SPECIES.length() == 8;

    private Vectors() {}
}
