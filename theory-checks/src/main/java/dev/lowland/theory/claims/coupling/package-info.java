/**
 * How near a run stays to the slow flow, how fast the regularized loss falls along it, and how stationary its end is.
 */
@NullMarked
package dev.lowland.theory.claims.coupling;

import org.jspecify.annotations.NullMarked;
