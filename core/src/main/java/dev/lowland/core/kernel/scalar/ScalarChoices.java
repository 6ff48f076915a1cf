package dev.lowland.core.kernel.scalar;

/** The loops of {@link dev.lowland.core.kernel.contract.ChoiceKernels}. */
public final class ScalarChoices {
    private ScalarChoices() {}

    static void greater(int n, double[] x, double[] y, double[] out) {
        for (int i = 0; i < n; i++) {
            double left = x[i];
            double right = y[i];
            out[i] = left > right ? 1 : left <= right ? 0 : Double.NaN;
        }
    }

    static void select(int n, double[] mask, double[] x, double[] y, double[] out) {
        for (int i = 0; i < n; i++) {
            double choice = mask[i];
            out[i] = choice == 0 ? y[i] : Double.isNaN(choice) ? Double.NaN : x[i];
        }
    }
}
