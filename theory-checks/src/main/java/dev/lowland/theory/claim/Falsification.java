package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * How far the data are from a wrong theory.
 *
 * @param name the wrong theory
 * @param predicted what it says about the statistic (for a vector: its norm)
 * @param distance (|measured − predicted| − bias) in standard errors, at least 0; for an identity in multiples of the
 *     tolerance; infinite where the measurement has no scatter
 * @param required whether the case has to refuse it
 * @param rejected whether the distance reaches {@link ThreePartRule#TEETH}
 */
public record Falsification(String name, double predicted, double distance, boolean required, boolean rejected) {
    /** Refuses null. */
    public Falsification {
        Checks.notNull("falsification", "name", name);
    }
}
