package dev.lowland.theory.claim;

/**
 * Told how far a check has come. Called from the thread that checks the claim, at most a few hundred times a claim; the
 * time spent here is added to the check.
 */
@FunctionalInterface
public interface ClaimProgress {

    /**
     * @param fraction share of the planned work that is done, in [0, 1], never falling within one check
     * @param activity what is being done now, a few words
     */
    void advance(double fraction, String activity);

    /** Reports to nobody. */
    static ClaimProgress silent() {
        return (fraction, activity) -> {};
    }

    /**
     * The part [from, to] of this progress as a progress of its own.
     *
     * @param from where the part begins, in [0, 1]
     * @param to where it ends, in [from, 1]
     */
    default ClaimProgress part(double from, double to) {
        return (fraction, activity) -> advance(from + (to - from) * Math.min(1, Math.max(0, fraction)), activity);
    }
}
