package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * One judged statistic of a claim.
 *
 * @param caseName which case: model family, η, statistic
 * @param predicted the theory's value (for a vector: its norm)
 * @param measured the measured value (for a vector: its norm)
 * @param standardError standard error of {@code measured}; 0 for an identity
 * @param bias half-width of the band that the theory allows; for an identity the tolerance, in the units of the value
 * @param relativeError |measured − predicted| / effect (for a vector the norm of the difference)
 * @param effect the size against which precision was asked for
 * @param samples independent samples behind {@code measured}; 0 for an identity
 * @param seed seed of the streams that the measurement was drawn from
 * @param verdict the verdict on this case
 * @param falsifications the distances of the wrong theories
 * @param note one sentence: why the verdict is not HOLDS, or what happened on the way; empty if there is nothing to say
 */
public record CaseResult(
        String caseName,
        double predicted,
        double measured,
        double standardError,
        double bias,
        double relativeError,
        double effect,
        long samples,
        long seed,
        Verdict verdict,
        List<Falsification> falsifications,
        String note) {

    public CaseResult {
        Checks.notNull("case result", "caseName", caseName);
        Checks.notNull("case result", "verdict", verdict);
        Checks.noNulls("case result", "falsifications", falsifications);
        Checks.notNull("case result", "note", note);
        falsifications = List.copyOf(falsifications);
    }

    /** This result with a sentence added to its note. */
    public CaseResult noting(String sentence) {
        Checks.notNull("note of a case", "sentence", sentence);
        String joined = note.isEmpty() ? sentence : note + " " + sentence;
        return new CaseResult(
                caseName,
                predicted,
                measured,
                standardError,
                bias,
                relativeError,
                effect,
                samples,
                seed,
                verdict,
                falsifications,
                joined);
    }
}
