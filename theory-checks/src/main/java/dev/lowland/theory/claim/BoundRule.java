package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rule for an inequality that is looked at in many places: the largest ratio of its left to its right side is at
 * most 1, up to rounding, and large enough that tighter bounds, which are wrong, are broken.
 *
 * <p>FAILS if the largest ratio exceeds 1 + tolerance, or is no number; INCONCLUSIVE if a required tighter bound is not
 * exceeded by {@link ThreePartRule#TEETH} tolerances. Stateless and thread-safe.
 */
public final class BoundRule {

    private BoundRule() {}

    /**
     * A tighter bound that is wrong.
     *
     * @param name the wrong theory
     * @param factor its right side over the true one, in (0, 1)
     * @param required whether the case has to break it
     */
    public record Tighter(String name, double factor, boolean required) {
        /** Refuses null. */
        public Tighter {
            Checks.notNull("tighter", "name", name);
        }
    }

    /**
     * Judges an inequality.
     *
     * @param caseName which case
     * @param largest largest ratio of left to right side that was seen
     * @param places in how many places it was looked for
     * @param seed seed of the places
     * @param tolerance relative rounding that is allowed, positive
     * @param tighter bounds that must be broken
     */
    public static CaseResult judge(
            String caseName, double largest, long places, long seed, double tolerance, List<Tighter> tighter) {
        Checks.notNull("judge", "caseName", caseName);
        Checks.noNulls("judge", "tighter", tighter);
        if (!(tolerance > 0)) {
            throw Checks.error("judge " + caseName, "tolerance", Double.toString(tolerance), "positive");
        }
        List<Falsification> distances = new ArrayList<>();
        for (Tighter wrong : tighter) {
            double distance = Math.max(0, (largest - wrong.factor) / tolerance);
            distances.add(new Falsification(
                    wrong.name, wrong.factor, distance, wrong.required, distance >= ThreePartRule.TEETH));
        }
        Verdict verdict = Verdict.HOLDS;
        String note = "";
        if (!(largest <= 1 + tolerance)) {
            verdict = Verdict.FAILS;
            note = String.format(Locale.ROOT, "The left side is %.12g of the right side.", largest);
        } else {
            for (Falsification f : distances) {
                if (f.required() && !f.rejected() && verdict == Verdict.HOLDS) {
                    verdict = Verdict.INCONCLUSIVE;
                    note = String.format(
                            Locale.ROOT, "Nothing breaks \"%s\": the largest ratio is %.3g.", f.name(), largest);
                }
            }
        }
        return new CaseResult(
                caseName,
                1,
                largest,
                0,
                tolerance,
                Math.max(0, largest - 1),
                1,
                places,
                seed,
                verdict,
                distances,
                note);
    }
}
