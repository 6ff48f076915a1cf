package dev.lowland.theory.experiment;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;

/**
 * A point of a problem, with the spectrum of the Hessian there.
 *
 * <p>The point is not copied: do not modify it. Thread-safe as long as nobody does. Making one costs P Hessian-vector
 * products and a dense decomposition of order P³.
 *
 * @param family the model family, for the names of cases
 * @param objective the problem
 * @param theta the point, P × 1
 * @param spectrum eigenvalues, ascending, and eigenvectors of H(θ)
 */
public record Setting(String family, Objective objective, DMatrixRMaj theta, SymmetricEigen spectrum) {
    /** Refuses null. */
    public Setting {
        Checks.notNull("setting", "objective", objective);
        Checks.notNull("setting", "theta", theta);
        Checks.notNull("setting", "spectrum", spectrum);
        Checks.notNull("setting", "family", family);
    }

    /** Eigenvalues below this share of the largest belong to the null space of H at a zero-loss point. */
    private static final double RANK_TOLERANCE = 1e-9;

    /**
     * Takes the spectrum of H(θ).
     *
     * @param family the model family, for the names of cases
     * @param objective the problem
     * @param theta the point, P × 1. Not modified, not copied.
     * @throws IllegalArgumentException if {@code theta} is not P × 1
     */
    public Setting(String family, Objective objective, DMatrixRMaj theta) {
        this(family, objective, theta, spectrum(Checks.notNull("setting", "objective", objective), theta));
    }

    /**
     * A global minimum of the square loss, by construction: the targets are the model's own predictions at θ, so every
     * residual is zero, L(θ) = 0 and H = G.
     *
     * @param family the model family, for the names of cases
     * @param model the model
     * @param inputs n × d. Not modified.
     * @param theta the point, P × 1. Not modified, not copied.
     * @throws IllegalArgumentException if a shape does not fit the model, or a number is not finite
     */
    public static Setting interpolating(String family, Model model, DMatrixRMaj inputs, DMatrixRMaj theta) {
        Checks.notNull("interpolating", "inputs", inputs);
        DMatrixRMaj targets = new DMatrixRMaj(inputs.numRows, 1);
        Objective.of(model, Losses.square(), Data.of(inputs, targets.copy())).predictions(theta, targets);
        return new Setting(family, Objective.of(model, Losses.square(), Data.of(inputs, targets)), theta);
    }

    private static SymmetricEigen spectrum(Objective objective, DMatrixRMaj theta) {
        int count = objective.parameterCount();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        objective.hessian(theta, hessian);
        return SymmetricEigen.of(hessian);
    }

    /** P. */
    public int parameters() {
        return objective.parameterCount();
    }

    /** λmax(H), the largest eigenvalue of H. */
    public double top() {
        double[] values = spectrum.values();
        return values[values.length - 1];
    }

    /**
     * η with ηλmax = sharpness. R is defined below 2.
     *
     * @param sharpness ηλmax
     */
    public double learningRate(double sharpness) {
        return sharpness / top();
    }

    /**
     * Number of eigenvalues that are not zero: above {@value #RANK_TOLERANCE} of the largest. Meant for minima, where H
     * is positive semidefinite.
     */
    public int rank() {
        int rank = 0;
        for (double h : spectrum.values()) {
            rank += h > RANK_TOLERANCE * top() ? 1 : 0;
        }
        return rank;
    }

    /** Smallest eigenvalue that is not zero, over the largest: 1 is perfectly conditioned. */
    public double conditioning() {
        double[] values = spectrum.values();
        return values[values.length - rank()] / top();
    }

    /**
     * Eigenvector of the j-th largest eigenvalue, of length 1.
     *
     * @param j from 0 to P − 1
     * @return P × 1, the caller's own
     */
    public DMatrixRMaj eigenvector(int j) {
        return Dense.column(spectrum.vectors(), parameters() - 1 - j);
    }

    /**
     * I − Π, the projector on the null space of H: at a minimum, on the directions tangent to the valley. P × P, the
     * caller's own.
     */
    public DMatrixRMaj nullProjector() {
        int count = parameters();
        double[] one = new double[count];
        for (int i = 0; i < count - rank(); i++) {
            one[i] = 1;
        }
        return Dense.withSpectrum(spectrum, one);
    }
}
