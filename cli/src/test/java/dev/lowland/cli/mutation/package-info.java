/**
 * Mutation of the theory: small changes to its formulas, each of which the ledger has to refuse.
 * {@code theory-checks/mutate-theory} runs them.
 */
@NullMarked
package dev.lowland.cli.mutation;

import org.jspecify.annotations.NullMarked;
