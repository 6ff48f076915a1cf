package dev.lowland.theory.claim;

import java.util.List;

/**
 * What is said about one scalar statistic before it is measured.
 *
 * @param caseName which case: model family, η, statistic
 * @param predicted the theory's value
 * @param bias half-width of the band that the theory allows at this λ, from a formula stated with the claim; 0 for an exact statement
 * @param effect the size against which precision is asked for, positive
 * @param alternatives what the wrong theories say about the same statistic
 */
public record Expectation(
        String caseName, double predicted, double bias, double effect, List<Alternative> alternatives) {

    public Expectation {
        alternatives = List.copyOf(alternatives);
        if (!(bias >= 0)) {
            throw new IllegalArgumentException(
                    "expectation: bias of " + caseName + " is " + bias + ", must not be negative");
        }
        if (!(effect > 0)) {
            throw new IllegalArgumentException(
                    "expectation: effect of " + caseName + " is " + effect + ", must be positive");
        }
    }

    /**
     * A wrong theory's value of the statistic.
     *
     * @param name the wrong theory
     * @param predicted its value
     * @param required whether this case has to refuse it; where the two theories lie too close together, the claim says so and the distance
     *     is only reported
     */
    public record Alternative(String name, double predicted, boolean required) {

        /** A wrong theory that this case has to refuse. */
        public static Alternative mustReject(String name, double predicted) {
            return new Alternative(name, predicted, true);
        }

        /** A wrong theory whose distance is reported, without consequences. */
        public static Alternative reported(String name, double predicted) {
            return new Alternative(name, predicted, false);
        }
    }
}
