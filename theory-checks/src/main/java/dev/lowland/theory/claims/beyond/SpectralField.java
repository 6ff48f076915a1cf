package dev.lowland.theory.claims.beyond;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import org.ejml.data.DMatrixRMaj;

/**
 * The field ∇³L[Σ_j w_j(h_j) v_jv_jᵀ] over the r largest eigenvalues h_j of H = ∇²L, with their eigenvectors v_j: the
 * gradient of Σ_j F_j(h_j) where F_j′ = w_j. With r = 1 it is w(λ₁)∇λ₁. Immutable and shared by threads; an evaluation
 * takes a dense decomposition.
 *
 * @param name for people
 * @param objective gives L
 * @param top r
 * @param weight w_j ≥ 0
 */
record SpectralField(String name, Objective objective, int top, Weight weight) implements DriftField {

    /** w_j as a function of the eigenvalue. */
    @FunctionalInterface
    interface Weight {
        /**
         * w.
         *
         * @param order j, 0 for the largest
         * @param eigenvalue h_j
         * @return not negative, or NaN where there is none
         */
        double at(int order, double eigenvalue);
    }

    @Override
    public DriftEvaluator evaluator() {
        ObjectiveEvaluator evaluator = objective.evaluator();
        int count = objective.parameterCount();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        DMatrixRMaj directions = new DMatrixRMaj(count, top);
        return (theta, out) -> {
            evaluator.hessian(theta, hessian);
            SymmetricEigen eigen = SymmetricEigen.of(hessian);
            for (int j = 0; j < top; j++) {
                int column = count - 1 - j;
                double root = Math.sqrt(weight.at(j, eigen.values()[column]));
                if (!Double.isFinite(root)) {
                    out.zero();
                    return PotentialStatus.UNDEFINED;
                }
                for (int i = 0; i < count; i++) {
                    directions.set(i, j, root * eigen.vectors().get(i, column));
                }
            }
            evaluator.thirdOrder(theta, directions, out);
            return PotentialStatus.DEFINED;
        };
    }
}
