package dev.lowland.autodiff.check;

import dev.lowland.core.check.Checks;
import java.util.Locale;

/**
 * Two ways to one number that has to be the same.
 *
 * @param name which identity, for people
 * @param left one side
 * @param right the other side
 * @param relativeError |left − right| relative to the sum of the sizes of the terms of the left side
 */
public record IdentityReport(String name, double left, double right, double relativeError) {
    /** Refuses null. */
    public IdentityReport {
        Checks.notNull("identity report", "name", name);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %.17g and %.17g, relative error %.1e", name, left, right, relativeError);
    }
}
