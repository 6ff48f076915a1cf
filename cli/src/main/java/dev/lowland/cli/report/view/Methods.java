package dev.lowland.cli.report.view;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flow.FlowStatus;

/** How numbers of several studies were got, and why some are not there: the same words wherever they are shown. */
final class Methods {
    static final String EXACT = "exact";
    static final String FORMULA = "formula";
    static final String SCATTER = "scatter of the probes";

    /** A relative error that is said beside an exact number. */
    private static final double WORTH_SAYING = 1e-9;

    private Methods() {}

    /** What is exact but for a relative error by the rounding of predictions. */
    static String exactBut(double rounding) {
        if (rounding < WORTH_SAYING) {
            return EXACT;
        }
        return rounding <= 1
                ? "exact to about " + Numbers.percent(rounding)
                : "perhaps lost in the rounding of predictions";
    }

    /** What comes from the spectrum of ∇²L. */
    static String spectral(RegularizerMethod method, int probes) {
        return method == RegularizerMethod.EXACT ? EXACT : "stochastic, " + probes + " probes";
    }

    /** Why a flow has no end; empty where it has one. */
    static String ending(FlowStatus status, long steps) {
        return switch (status) {
            case FINISHED -> "";
            case UNDEFINED -> "R is undefined after step " + Numbers.count(steps);
            case STOPPED -> "the flow was stopped after step " + Numbers.count(steps);
            case DIVERGED -> "the flow diverged after step " + Numbers.count(steps);
        };
    }
}
