/** The tables of claims in PAPER.md and README.md, made from the claims and from a run. */
@NullMarked
package dev.lowland.cli.rows;

import org.jspecify.annotations.NullMarked;
