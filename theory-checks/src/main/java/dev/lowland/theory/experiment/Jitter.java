package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** How much the curvature moves because θ does: the size of what the theory leaves out at a finite λ. Stateless. */
public final class Jitter {

    /** Step of the differences by which the Hessian's slope is taken. */
    private static final double STEP = 0.01;

    private Jitter() {}

    /**
     * The relative variance of the step's linear part, ρ² = Σ_j ‖(2 − ηH)^{-1/2} η∇³L[s_j] (2 − ηH)^{-1/2}‖²_F, s_j the
     * columns of S^{1/2}.
     *
     * @param setting a zero-loss point
     * @param sharpness ηλmax there, below 2
     * @param strength λ
     * @return ρ², of order λ; 0 for a linear model
     */
    public static double relative(Setting setting, double sharpness, double strength) {
        Checks.notNull("jitter", "setting", setting);
        Checks.inOpenRange("jitter", "sharpness", sharpness, 0, 2);
        Checks.notNegative("jitter", "strength", strength);
        int count = setting.parameters();
        double learningRate = setting.learningRate(sharpness);
        double[] values = setting.spectrum().values();
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 1 / Math.sqrt(2 - learningRate * values[i]);
        }
        DMatrixRMaj root = Dense.withSpectrum(setting.spectrum(), weights);
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        double sum = 0;
        for (int j = 0; j < setting.rank(); j++) {
            double[] slope = CentralDifferences.along(
                    at -> {
                        setting.objective().hessian(at, hessian);
                        return hessian.data;
                    },
                    setting.theta(),
                    setting.eigenvector(j),
                    STEP);
            DMatrixRMaj inner = new DMatrixRMaj(count, count, true, slope);
            double size = Dense.norm(Dense.times(root, Dense.times(inner, root)));
            double weight = weights[count - 1 - j];
            sum += strength * weight * weight * learningRate * learningRate * size * size;
        }
        return sum;
    }
}
