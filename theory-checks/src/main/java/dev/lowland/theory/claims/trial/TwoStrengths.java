package dev.lowland.theory.claims.trial;

import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.experiment.Dense;
import org.ejml.data.DMatrixRMaj;

/**
 * Two strengths of the noise, λ and 4λ, run for the same slow time, T and T/4 steps.
 *
 * <p>After a fixed slow time ηλT a mean over runs is x(λ) = x_0 + c₁λ + c₂λ² + …. The combination (4 x(λ) − x(4λ))/3
 * has no term of order λ left. It is taken of everything that is measured, and of everything that is predicted.
 */
public final class TwoStrengths {

    /** The second strength in units of the first. */
    public static final int FACTOR = 4;

    private TwoStrengths() {}

    /** (4 x(λ) − x(4λ))/3. */
    public static double combined(double weak, double strong) {
        return (FACTOR * weak - strong) / (FACTOR - 1);
    }

    /** The same of each entry. */
    public static double[] combined(double[] weak, double[] strong) {
        double[] out = new double[weak.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = combined(weak[i], strong[i]);
        }
        return out;
    }

    /** The same of each entry of vectors. */
    public static DMatrixRMaj combined(DMatrixRMaj weak, DMatrixRMaj strong) {
        return Dense.scaled(1.0 / (FACTOR - 1), Dense.minus(Dense.scaled(FACTOR, weak), strong));
    }

    /** The same of independent measurements, with the seed of the weak one. */
    public static Estimate combined(Estimate weak, Estimate strong) {
        return combined(FACTOR, weak, strong, 1, weak.seed());
    }

    /**
     * (f x(λ) − x(fλ))/(f − 1) of independent measurements at strengths, or steps, in the ratio f.
     *
     * @param factor f
     * @param weak x(λ)
     * @param strong x(fλ)
     * @param unit in which the outcome is given
     * @param seed that replays both
     */
    public static Estimate combined(int factor, Estimate weak, Estimate strong, double unit, long seed) {
        double scale = (factor - 1) * unit;
        return new Estimate(
                (factor * weak.value() - strong.value()) / scale,
                Math.hypot(factor * weak.standardError(), strong.standardError()) / scale,
                weak.samples() + strong.samples(),
                seed);
    }

    /**
     * T as a multiple of 4·count, so that both runs can be looked at equally often; at least one of it.
     *
     * @param steps about T
     * @param count how often runs are looked at
     */
    public static long steps(double steps, int count) {
        long unit = (long) FACTOR * count;
        return unit * Math.max(1, Math.round(steps / unit));
    }

    /**
     * Steps at which a run is looked at, the last included.
     *
     * @param steps T
     * @param factor of the strength, 1 or 4
     * @param count how often
     */
    public static long[] checkpoints(long steps, int factor, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            out[i] = steps / factor / count * (i + 1);
        }
        return out;
    }
}
