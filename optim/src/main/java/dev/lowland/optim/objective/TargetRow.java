package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;

/** Whether the numbers of one sample lie in an array of many. */
final class TargetRow {
    private TargetRow() {}

    /** Refuses arguments of {@link Loss#smoothedValue} that name places outside the arrays. */
    static void checkValue(double[] predictions, double[] targets, int offset, int outputs) {
        check("smoothed value", "predictions", predictions, offset, outputs, 1);
        check("smoothed value", "targets", targets, offset, outputs, 1);
    }

    /** Refuses arguments of {@link Loss#flipTarget} that name places outside the arrays. */
    static void checkFlip(double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
        check("flip target", "targets", targets, offset, outputs, 1);
        check("flip target", "out", out, outOffset, outputs, outStride);
    }

    private static void check(String operation, String argument, double[] row, int offset, int outputs, int stride) {
        Checks.notNull(operation, argument, row);
        Checks.atLeast(operation, "outputs", outputs, 1);
        Checks.span(operation, argument, row.length, offset, outputs, stride);
    }
}
