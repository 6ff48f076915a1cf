package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** A potential times a number: a theory that is right but for a factor. */
public final class ScaledPotential implements DriftPotential {

    private final DriftPotential potential;
    private final double factor;

    /**
     * Scales a potential.
     *
     * @param potential what to scale
     * @param factor by how much, finite
     * @throws IllegalArgumentException if the factor is not finite
     */
    public ScaledPotential(DriftPotential potential, double factor) {
        Checks.notNull("ScaledPotential", "potential", potential);
        Checks.finite("ScaledPotential", "factor", factor);
        this.potential = potential;
        this.factor = factor;
    }

    @Override
    public String name() {
        return factor + " × " + potential.name();
    }

    @Override
    public RegularizerMethod method() {
        return potential.method();
    }

    @Override
    public PotentialEvaluator evaluator() {
        PotentialEvaluator unscaled = potential.evaluator();
        return new PotentialEvaluator() {
            @Override
            public PotentialValue at(DMatrixRMaj theta) {
                return unscaled.at(theta).scaled(name(), factor);
            }

            @Override
            public boolean remembers() {
                return unscaled.remembers();
            }

            @Override
            public PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out) {
                PotentialStatus status = unscaled.gradient(theta, out);
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] *= factor;
                }
                return status;
            }

            @Override
            public PotentialValue evaluate(DMatrixRMaj theta, DMatrixRMaj gradient, DMatrixRMaj error) {
                PotentialValue value = unscaled.evaluate(theta, gradient, error);
                for (int i = 0; i < gradient.getNumElements(); i++) {
                    gradient.data[i] *= factor;
                    error.data[i] *= Math.abs(factor);
                }
                return value.scaled(name(), factor);
            }
        };
    }
}
