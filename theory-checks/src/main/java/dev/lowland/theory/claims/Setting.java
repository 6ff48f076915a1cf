package dev.lowland.theory.claims;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;

/**
 * A point of a problem, with the spectrum of the Hessian there.
 *
 * @param family the model family
 * @param objective the problem
 * @param theta the point, P × 1
 * @param spectrum eigenvalues and eigenvectors of H(θ)
 */
record Setting(String family, Objective objective, DMatrixRMaj theta, SymmetricEigen spectrum) {

    /** Eigenvalues below this share of the largest belong to the null space of H at a zero-loss point. */
    private static final double RANK_TOLERANCE = 1e-9;

    Setting(String family, Objective objective, DMatrixRMaj theta) {
        this(family, objective, theta, spectrum(objective, theta));
    }

    private static SymmetricEigen spectrum(Objective objective, DMatrixRMaj theta) {
        int count = objective.parameterCount();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        objective.hessian(theta, hessian);
        return SymmetricEigen.of(hessian);
    }

    int parameters() {
        return objective.parameterCount();
    }

    /** λmax(H). */
    double top() {
        double[] values = spectrum.values();
        return values[values.length - 1];
    }

    /** η with ηλmax = sharpness. */
    double learningRate(double sharpness) {
        return sharpness / top();
    }

    /** Number of eigenvalues that are not zero. */
    int rank() {
        int rank = 0;
        for (double h : spectrum.values()) {
            rank += h > RANK_TOLERANCE * top() ? 1 : 0;
        }
        return rank;
    }

    /** Smallest eigenvalue that is not zero, over the largest: 1 is perfectly conditioned. */
    double conditioning() {
        double[] values = spectrum.values();
        return values[values.length - rank()] / top();
    }

    /** Eigenvector of the j-th largest eigenvalue, from 0; P × 1. */
    DMatrixRMaj eigenvector(int j) {
        return Dense.column(spectrum.vectors(), parameters() - 1 - j);
    }

    /** Projector on the null space of H, I − Π, P × P. */
    DMatrixRMaj nullProjector() {
        int count = parameters();
        double[] one = new double[count];
        for (int i = 0; i < count - rank(); i++) {
            one[i] = 1;
        }
        return Dense.withSpectrum(spectrum, one);
    }
}
