/**
 * What is so at every point, without a run: R and its gradient, its limits, the exponents of the loss near its minima,
 * and the bounds on its derivatives.
 */
@NullMarked
package dev.lowland.theory.claims.landscape;

import org.jspecify.annotations.NullMarked;
