package dev.lowland.theory.claims.beyond;

import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.ThreePartRule;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.TwoStrengths;

/**
 * Richardson's extrapolation of a position after a fixed slow time, measured at three sizes ε, qε and q²ε of a small
 * parameter, with T, T/4 and T/16 steps.
 *
 * <p>The position is x(ε) = x_0 + c₁ε + cε^p + …, so that y(ε) = (q x(ε) − x(qε))/(q − 1) is off x_0 by a term that
 * q^p·(…)-fold grows from one rung to the next: y(qε) − y(ε) is (q^p − 1) times the error of y(ε). That is how the
 * error of the finer rung is estimated without a prediction.
 *
 * @param ratio q
 * @param next p, the order of the first term that is left; above 1
 */
record Ladder(int ratio, double next) {

    /** How many sizes of ε. */
    static final int RUNGS = 3;

    /** By how much the steps for one slow time fall from one size to the next. */
    static final int PACE = 4;

    /** T as a multiple of what lets all three runs be looked at equally often, with a step between two looks. */
    static long steps(double about) {
        long unit = 2L * PACE * PACE * DriftTrial.CHECKPOINTS;
        return unit * Math.max(1, Math.round(about / unit));
    }

    /** Steps at which the run at q^rung·ε is looked at. */
    static long[] looks(long steps, int rung) {
        return TwoStrengths.checkpoints(steps, (int) Math.pow(PACE, rung), DriftTrial.CHECKPOINTS);
    }

    /** y of measurements at ε and qε. */
    Estimate combined(Estimate fine, Estimate coarse) {
        return TwoStrengths.combined(ratio, fine, coarse, 1, fine.seed());
    }

    /**
     * How far y(ε) may be off x_0: what y(qε) − y(ε) says, and as much more as its scatter leaves open.
     *
     * @param rungs independent measurements at ε, qε and q²ε
     */
    double allowance(Estimate... rungs) {
        double scale = ratio - 1.0;
        double difference = ((ratio + 1) * rungs[1].value() - rungs[2].value() - ratio * rungs[0].value()) / scale;
        double error = Math.hypot(
                        Math.hypot((ratio + 1) * rungs[1].standardError(), rungs[2].standardError()),
                        ratio * rungs[0].standardError())
                / scale;
        return (Math.abs(difference) + ThreePartRule.AGREEMENT * error) / (Math.pow(ratio, next) - 1);
    }
}
