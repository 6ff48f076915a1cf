package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * What a claim is given to work with.
 *
 * @param seed seed of every random number; each claim derives its own streams from it
 * @param threads worker threads, at least 1; results do not depend on it
 * @param thorough whether to spend about ten times the samples
 * @param progress told how far the check has come
 * @param theory the theory under test: {@link Theory#paper()} except in tests of the checks themselves
 */
public record ClaimContext(long seed, int threads, boolean thorough, ClaimProgress progress, Theory theory) {

    public ClaimContext {
        Checks.notNull("claim context", "progress", progress);
        Checks.notNull("claim context", "theory", theory);
        Checks.atLeast("check claims", "threads", threads, 1);
    }

    /** A quiet context with the paper's theory and the usual effort. */
    public static ClaimContext of(long seed, int threads) {
        return new ClaimContext(seed, threads, false, ClaimProgress.silent(), Theory.paper());
    }

    /** This context with another theory under test. */
    public ClaimContext withTheory(Theory other) {
        Checks.notNull("claim context", "other", other);
        return new ClaimContext(seed, threads, thorough, progress, other);
    }

    /** This context with another observer. */
    public ClaimContext withProgress(ClaimProgress other) {
        Checks.notNull("claim context", "other", other);
        return new ClaimContext(seed, threads, thorough, other, theory);
    }
}
