package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import org.jspecify.annotations.Nullable;

/**
 * What a check says about a claim. Declared from best to worst, so that the worst of several is the largest ordinal.
 */
public enum Verdict {
    /**
     * The measurement agrees with the prediction, is precise enough to mean something, and refuses every wrong theory.
     */
    HOLDS,
    /** The data decide nothing: precision or teeth are missing. */
    INCONCLUSIVE,
    /** The measurement contradicts the prediction. */
    FAILS;

    /**
     * The verdict on a whole from the verdicts on its parts: the worst of them.
     *
     * @param parts verdicts of the parts; nothing checked proves nothing, so none gives {@link #INCONCLUSIVE}
     */
    public static Verdict worst(Iterable<Verdict> parts) {
        Checks.notNull("worst verdict", "parts", parts);
        @Nullable Verdict worst = null;
        for (Verdict part : parts) {
            if (worst == null || part.compareTo(worst) > 0) {
                worst = part;
            }
        }
        return worst == null ? INCONCLUSIVE : worst;
    }
}
