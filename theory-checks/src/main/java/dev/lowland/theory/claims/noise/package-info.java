/**
 * What the noise of a step is, and what it makes of a run at rest: its covariance, that of the fluctuations, and the
 * loss they cost.
 */
@NullMarked
package dev.lowland.theory.claims.noise;

import org.jspecify.annotations.NullMarked;
