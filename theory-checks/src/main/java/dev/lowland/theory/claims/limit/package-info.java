/**
 * The limit of small steps, where R is a quarter of the trace: flows on the floor of the valley, the Lasso, and deep
 * linear networks.
 */
@NullMarked
package dev.lowland.theory.claims.limit;

import org.jspecify.annotations.NullMarked;
