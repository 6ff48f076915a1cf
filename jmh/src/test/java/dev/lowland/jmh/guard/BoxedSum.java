package dev.lowland.jmh.guard;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A sum that keeps its vector on the heap, where each addition makes an object: what a kernel must not do, for the
 * guard to catch.
 */
final class BoxedSum {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DoubleVector held = DoubleVector.zero(SPECIES);

    double sum(int n, double[] x) {
        held = DoubleVector.zero(SPECIES);
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            held = held.add(DoubleVector.fromArray(SPECIES, x, i));
        }
        double sum = 0;
        for (int l = 0; l < SPECIES.length(); l++) {
            sum += held.lane(l);
        }
        for (int i = bound; i < n; i++) {
            sum += x[i];
        }
        return sum;
    }
}
