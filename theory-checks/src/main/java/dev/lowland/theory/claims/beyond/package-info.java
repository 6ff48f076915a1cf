/**
 * Claims beyond the paper: other optimisers near the same valleys. Each says where its optimiser drifts, or whether it
 * stays, in the paper's terms: H, its eigenvalues, and ∇³L of a covariance.
 */
@NullMarked
package dev.lowland.theory.claims.beyond;

import org.jspecify.annotations.NullMarked;
