package dev.lowland.theory.claim;

import java.util.List;
import java.util.Optional;

/**
 * One checkable statement of the theory: it predicts, it measures, and it says which wrong theories the same data must
 * refuse.
 *
 * <p>A claim is stateless: every choice (problems, sample sizes, statistics) is fixed by its code and the seed of the
 * context, never by looking at the outcome. Thread-safe.
 */
public interface Claim {

    /** The name on the command line: lower case with hyphens, unique in a ledger. */
    String name();

    /** The row in the table of claims, from 1. */
    int number();

    /** What is claimed, in one or two sentences that a reader of the paper recognises. */
    String statement();

    /** The formula that is checked, in plain text with the paper's letters. */
    String formula();

    /** Where the statement comes from: the theorem or section of the paper, or "derived here". */
    String source();

    /**
     * What of the library's theory it lays beside the measurement, for the table of results in PAPER.md; code in
     * backquotes.
     *
     * @return empty unless overridden
     */
    default Optional<String> comparison() {
        return Optional.empty();
    }

    /**
     * Whether it is a statement about other optimisers than those of the paper: such claims stand under a heading of
     * their own.
     *
     * @return false unless overridden
     */
    default boolean isBeyondPaper() {
        return false;
    }

    /**
     * How it is measured: the problems, the statistics, the sample sizes, the biases that the theory allows, the
     * stages.
     */
    String method();

    /**
     * The names of the wrong theories that must be refused, each by at least one case, in the words used by
     * {@link Falsification#name()}.
     */
    List<String> mustReject();

    /**
     * The conditions under which alone the statement holds, where the source states them loosely or not at all: what
     * fails without them, and by how much if the check shows it. One sentence or two each.
     *
     * @return none unless overridden
     */
    default List<String> caveats() {
        return List.of();
    }

    /**
     * Checks the claim. Deterministic: the same seed gives the same result, whatever the number of threads.
     *
     * @param context seed, threads, effort, and where to report progress
     * @return the result; a simulation that diverges or a prediction that is undefined is part of the result, not an
     *     exception
     */
    ClaimResult check(ClaimContext context);
}
