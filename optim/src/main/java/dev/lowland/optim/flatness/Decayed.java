package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * A drift with weight decay beside it: v + (γ/λ)θ, which is the gradient of R + (γ/2λ)‖θ‖² where v is that of R. With
 * it, −(∇L + λv) is the slow drift of a run that descends L + γ‖θ‖²/2.
 *
 * <p>Weight decay adds to the loss, and to nothing else to first order. Beyond that it holds the fluctuations tighter:
 * where H has eigenvalues h, those of their covariance are λh/((h + γ)(2 − e(h + γ))) in place of λ/(2 − eh), since the
 * noise of labels stays ηλH. So R beside weight decay is right but for a share of γ/h, and
 * {@link dev.lowland.optim.fluctuation.Fluctuations} knows the rest.
 */
public final class Decayed {

    private Decayed() {}

    /**
     * A field with a share of θ beside it.
     *
     * @param drift v
     * @param share γ/λ ≥ 0, finite
     * @return v + share·θ, a potential if v is one; v itself for 0
     * @throws IllegalArgumentException if the share is out of range
     */
    public static DriftField of(DriftField drift, double share) {
        Checks.notNull("weight decay", "drift", drift);
        Checks.notNegative("weight decay", "share", share);
        if (share == 0) {
            return drift;
        }
        return drift instanceof DriftPotential potential
                ? new DecayedPotential(potential, share)
                : new DecayedField(drift, share);
    }

    private static void check(DMatrixRMaj theta, DMatrixRMaj out) {
        Checks.notNull("weight decay", "theta", theta);
        Checks.shape("weight decay", "out", out, theta.numRows, 1);
    }

    private static void add(double share, DMatrixRMaj theta, DMatrixRMaj out) {
        for (int i = 0; i < theta.numRows; i++) {
            out.data[i] += share * theta.data[i];
        }
    }

    private static String name(DriftField drift, double share) {
        return drift.name() + " + " + share / 2 + " × ‖θ‖²";
    }

    private record DecayedField(DriftField drift, double share) implements DriftField {

        @Override
        public String name() {
            return Decayed.name(drift, share);
        }

        @Override
        public DriftEvaluator evaluator() {
            DriftEvaluator alone = drift.evaluator();
            return new DriftEvaluator() {
                @Override
                public PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out) {
                    check(theta, out);
                    PotentialStatus status = alone.field(theta, out);
                    if (status != PotentialStatus.UNDEFINED) {
                        add(share, theta, out);
                    }
                    return status;
                }

                @Override
                public boolean remembers() {
                    return alone.remembers();
                }
            };
        }
    }

    private record DecayedPotential(DriftPotential drift, double share) implements DriftPotential {

        @Override
        public String name() {
            return Decayed.name(drift, share);
        }

        @Override
        public RegularizerMethod method() {
            return drift.method();
        }

        @Override
        public PotentialEvaluator evaluator() {
            PotentialEvaluator alone = drift.evaluator();
            return new PotentialEvaluator() {
                @Override
                public PotentialValue at(DMatrixRMaj theta) {
                    return alone.at(theta).plus(name(), constant(theta));
                }

                @Override
                public PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out) {
                    check(theta, out);
                    PotentialStatus status = alone.gradient(theta, out);
                    if (status != PotentialStatus.UNDEFINED) {
                        add(share, theta, out);
                    }
                    return status;
                }

                @Override
                public PotentialValue evaluate(DMatrixRMaj theta, DMatrixRMaj gradient, DMatrixRMaj error) {
                    check(theta, gradient);
                    PotentialValue value = alone.evaluate(theta, gradient, error);
                    if (value.status() != PotentialStatus.UNDEFINED) {
                        add(share, theta, gradient);
                    }
                    return value.plus(name(), constant(theta));
                }

                @Override
                public boolean remembers() {
                    return alone.remembers();
                }
            };
        }

        private double constant(DMatrixRMaj theta) {
            double length = Norms.two(theta);
            return share / 2 * length * length;
        }
    }
}
