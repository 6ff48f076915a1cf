package dev.lowland.optim.fluctuation;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import org.ejml.data.DMatrixRMaj;

/** ½∇³L[S]/λ, where S is linear in λ. */
record FluctuationDrift(Fluctuations fluctuations) implements DriftField {

    @Override
    public String name() {
        return fluctuations.name();
    }

    @Override
    public DriftEvaluator evaluator() {
        FluctuationSolver solver = new FluctuationSolver(fluctuations);
        int size = fluctuations.objective().parameterCount();
        return new DriftEvaluator() {
            @Override
            public PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out) {
                Checks.shape("drift", "theta", theta, size, 1);
                Checks.shape("drift", "out", out, size, 1);
                return solver.at(theta).field(out);
            }
        };
    }
}
