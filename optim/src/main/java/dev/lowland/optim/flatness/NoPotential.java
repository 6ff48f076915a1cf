package dev.lowland.optim.flatness;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Zero everywhere: the theory that label noise does not move anything. */
public final class NoPotential implements DriftPotential {

    private static final double[] NO_EIGENVALUES = {};

    /** The zero potential. */
    public NoPotential() {}

    @Override
    public String name() {
        return "no drift";
    }

    @Override
    public PotentialEvaluator evaluator() {
        return new PotentialEvaluator() {
            @Override
            public PotentialValue at(DMatrixRMaj theta) {
                return new PotentialValue(name(), PotentialStatus.DEFINED, 0, 2, 0, NO_EIGENVALUES);
            }

            @Override
            public PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out) {
                Arrays.fill(out.data, 0, out.getNumElements(), 0);
                return PotentialStatus.DEFINED;
            }
        };
    }
}
