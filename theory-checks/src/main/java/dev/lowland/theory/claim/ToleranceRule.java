package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rule for an identity: two ways of computing the same thing agree to a relative tolerance, and the wrong theories
 * do not.
 *
 * <p>HOLDS if ‖measured − predicted‖ ≤ tolerance · effect and ‖measured − wrong‖ ≥ {@link ThreePartRule#TEETH} ·
 * tolerance · effect for every required wrong theory; FAILS without the first; INCONCLUSIVE without the second.
 * Stateless and thread-safe.
 */
public final class ToleranceRule {

    /** The relative tolerance where nothing else is stated. */
    public static final double IDENTITY = 1e-9;

    private ToleranceRule() {}

    /**
     * Judges an identity between numbers.
     *
     * @param caseName which case
     * @param predicted the theory's value; its absolute value is the effect
     * @param measured the value found another way
     * @param tolerance relative tolerance, positive
     * @param wrong what wrong theories say
     */
    public static CaseResult judge(
            String caseName, double predicted, double measured, double tolerance, List<Expectation.Alternative> wrong) {
        Checks.notNull("judge", "caseName", caseName);
        Checks.noNulls("judge", "wrong", wrong);
        List<Wrong> vectors = new ArrayList<>();
        for (Expectation.Alternative w : wrong) {
            vectors.add(new Wrong(w.name(), new double[] {w.predicted()}, w.required()));
        }
        return judge(
                caseName, new double[] {predicted}, new double[] {measured}, Math.abs(predicted), tolerance, vectors);
    }

    /**
     * Judges an identity between vectors, in the Euclidean norm.
     *
     * @param caseName which case
     * @param predicted the theory's vector. Not modified.
     * @param measured the vector found another way, as long as {@code predicted}. Not modified.
     * @param effect the size that the tolerance is relative to, usually ‖predicted‖; positive
     * @param tolerance relative tolerance, positive
     * @param wrong what wrong theories say, vectors as long as {@code predicted}
     */
    public static CaseResult judge(
            String caseName,
            double[] predicted,
            double[] measured,
            double effect,
            double tolerance,
            List<Wrong> wrong) {
        Checks.notNull("judge", "predicted", predicted);
        Checks.notNull("judge", "measured", measured);
        Checks.notNull("judge", "caseName", caseName);
        Checks.noNulls("judge", "wrong", wrong);
        if (!(tolerance > 0)) {
            throw Checks.error("judge " + caseName, "tolerance", Double.toString(tolerance), "positive");
        }
        Checks.length("judge " + caseName, "measured", measured.length, predicted.length);
        double allowed = tolerance * effect;
        double error = distance(predicted, measured);
        List<Falsification> distances = new ArrayList<>();
        for (Wrong w : wrong) {
            double multiples = distance(w.predicted, measured) / allowed;
            distances.add(new Falsification(
                    w.name, value(w.predicted), multiples, w.required, multiples >= ThreePartRule.TEETH));
        }
        Verdict verdict = Verdict.HOLDS;
        String note = "";
        if (!(error <= allowed)) {
            verdict = Verdict.FAILS;
            note = String.format(Locale.ROOT, "Relative error %.3g where %.3g is allowed.", error / effect, tolerance);
        } else {
            for (Falsification f : distances) {
                if (f.required() && !f.rejected() && verdict == Verdict.HOLDS) {
                    verdict = Verdict.INCONCLUSIVE;
                    note = String.format(Locale.ROOT, "\"%s\" is only %.1f tolerances away.", f.name(), f.distance());
                }
            }
        }
        return new CaseResult(
                caseName,
                value(predicted),
                value(measured),
                0,
                allowed,
                error / effect,
                effect,
                0,
                0,
                verdict,
                distances,
                note);
    }

    /** A vector's norm; a single number stays itself, with its sign. */
    private static double value(double[] vector) {
        return vector.length == 1 ? vector[0] : distance(vector, new double[vector.length]);
    }

    private static double distance(double[] a, double[] b) {
        Checks.length("tolerance rule", "vector to compare with", b.length, a.length);
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return Norms.scaled(difference);
    }

    /**
     * A wrong theory's vector.
     *
     * @param name the wrong theory
     * @param predicted its vector. Not modified, not copied.
     * @param required whether the case has to refuse it
     */
    public record Wrong(String name, double[] predicted, boolean required) {
        /** Refuses null. */
        public Wrong {
            Checks.notNull("wrong", "name", name);
        }

        /** A wrong theory that the case has to refuse. */
        public static Wrong mustReject(String name, double[] predicted) {
            Checks.notNull("must reject", "name", name);
            return new Wrong(name, predicted, true);
        }
    }
}
