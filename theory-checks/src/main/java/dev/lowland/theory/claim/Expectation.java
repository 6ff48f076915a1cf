package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * What is said about one scalar statistic before it is measured.
 *
 * @param caseName which case: model family, η, statistic
 * @param predicted the theory's value
 * @param bias half-width of the band that the theory allows at this λ, from a formula stated with the claim; 0 for an
 *     exact statement
 * @param effect the size against which precision is asked for, positive
 * @param precision largest share of the effect that the band of agreement may take, in (0, 1)
 * @param alternatives what the wrong theories say about the same statistic
 */
public record Expectation(
        String caseName,
        double predicted,
        double bias,
        double effect,
        double precision,
        List<Alternative> alternatives) {

    /** Refuses a band, an effect or a precision out of range. */
    public Expectation {
        Checks.notNull("expectation", "caseName", caseName);
        Checks.noNulls("expectation", "alternatives", alternatives);
        alternatives = List.copyOf(alternatives);
        Checks.inOpenRange("expect " + caseName, "precision", precision, 0, 1);
        if (!(bias >= 0)) {
            throw Checks.error("expect " + caseName, "bias", Double.toString(bias), "≥ 0");
        }
        if (!(effect > 0)) {
            throw Checks.error("expect " + caseName, "effect", Double.toString(effect), "positive");
        }
    }

    /** With the usual precision, {@link ThreePartRule#PRECISION}. */
    public Expectation(String caseName, double predicted, double bias, double effect, List<Alternative> alternatives) {
        this(caseName, predicted, bias, effect, ThreePartRule.PRECISION, alternatives);
    }

    /**
     * What is said about a fitted exponent: its effect is the distance to the nearest wrong exponent, of which the band
     * of agreement may take {@link ThreePartRule#EXPONENT_PRECISION}.
     *
     * @param caseName which case
     * @param predicted the theory's exponent
     * @param bias half-width of the band that the theory allows
     * @param alternatives the wrong exponents, at least one
     */
    public static Expectation ofExponent(
            String caseName, double predicted, double bias, List<Alternative> alternatives) {
        Checks.notNull("expectation", "caseName", caseName);
        Checks.noNulls("expectation", "alternatives", alternatives);
        Checks.atLeast("expect " + caseName, "the number of wrong exponents", alternatives.size(), 1);
        double nearest = Double.POSITIVE_INFINITY;
        for (Alternative wrong : alternatives) {
            nearest = Math.min(nearest, Math.abs(wrong.predicted() - predicted));
        }
        return new Expectation(caseName, predicted, bias, nearest, ThreePartRule.EXPONENT_PRECISION, alternatives);
    }

    /**
     * A wrong theory's value of the statistic.
     *
     * @param name the wrong theory
     * @param predicted its value
     * @param required whether this case has to refuse it; where the two theories lie too close together, the claim says
     *     so and the distance is only reported
     */
    public record Alternative(String name, double predicted, boolean required) {
        /** Refuses null. */
        public Alternative {
            Checks.notNull("alternative theory", "name", name);
        }

        /** A wrong theory that this case has to refuse. */
        public static Alternative mustReject(String name, double predicted) {
            Checks.notNull("alternative theory", "name", name);
            return new Alternative(name, predicted, true);
        }

        /** A wrong theory whose distance is reported, without consequences. */
        public static Alternative reported(String name, double predicted) {
            Checks.notNull("alternative theory", "name", name);
            return new Alternative(name, predicted, false);
        }
    }
}
