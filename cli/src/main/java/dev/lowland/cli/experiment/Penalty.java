package dev.lowland.cli.experiment;

import dev.lowland.core.check.Checks;

/**
 * What one eigenvalue h adds to R, −log(1 − ηh/2)/(2η), beside its linearisation h/4: the regularizer of the paper
 * beside that of the limit η → 0.
 *
 * @param learningRate η
 * @param eigenvalues h, ascending, all below 2/η
 * @param penalties what they add to R
 * @param linear h/4
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Penalty(double learningRate, double[] eigenvalues, double[] penalties, double[] linear) {
    private static final int POINTS = 400;

    /** The last eigenvalue is this share of 2/η. */
    private static final double LAST = 0.999;

    /**
     * The two curves from 0 up to the limit of stability.
     *
     * @param learningRate η, positive
     * @return the curves
     * @throws IllegalArgumentException if η is not positive
     */
    public static Penalty of(double learningRate) {
        Checks.positive("penalty", "learningRate", learningRate);
        double[] h = new double[POINTS + 1];
        double[] penalty = new double[h.length];
        double[] linear = new double[h.length];
        for (int i = 0; i < h.length; i++) {
            h[i] = LAST * (2 / learningRate) * i / POINTS;
            penalty[i] = -Math.log1p(-learningRate * h[i] / 2) / (2 * learningRate);
            linear[i] = h[i] / 4;
        }
        return new Penalty(learningRate, h, penalty, linear);
    }
}
