package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;

/** x = scale·e + shift: two roundings, and none where scale is 1 and shift 0. */
record Scaling(double scale, double shift) {

    static final Scaling NONE = new Scaling(1, 0);

    static Scaling of(double scale, double shift) {
        Checks.finite("withScale", "scale", scale);
        Checks.finite("withScale", "shift", shift);
        if (scale == 0) {
            throw Checks.error("withScale", "scale", Double.toString(scale), "other than 0");
        }
        return new Scaling(scale, shift);
    }

    boolean isNone() {
        return scale == 1 && shift == 0;
    }

    double of(double element) {
        return isNone() ? element : scale * element + shift;
    }
}
