/**
 * The list of claims and the running of it. A ledger knows the claims; a {@link dev.lowland.theory.ledger.LedgerRun} is
 * what became of them.
 */
@NullMarked
package dev.lowland.theory.ledger;

import org.jspecify.annotations.NullMarked;
